import { certificatesProblems } from './problems/certificates';
import { commentsProblems } from './problems/comments';
import { endpointsProblems } from './problems/endpoints';
import { entriesProblems } from './problems/entries';
import { guestOsProblems } from './problems/guestOs';
import { instancesProblems } from './problems/instances';
import { modulesProblems } from './problems/modules';
import { namesProblems } from './problems/names';
import { networkProblems } from './problems/network';
import { probesProblems } from './problems/probes';
import { sitesProblems } from './problems/sites';
import { sizesProblems } from './problems/sizes';
import { startupProblems } from './problems/startup';
import { trafficProblems } from './problems/traffic';
import { valuesProblems } from './problems/values';
import { vmRolesProblems } from './problems/vmRoles';

export type { EntryKind, Unknown } from './problems/rule';

/**
 * Every rule problem (cross-file-rules.md): code, severity, message, and what a fix needs. The page of a code is
 * `docs/problems/CODE.md`; `docs/rules.md` says which rule each belongs to.
 */
export const problems = {
	...namesProblems,
	...entriesProblems,
	...instancesProblems,
	...endpointsProblems,
	...probesProblems,
	...sitesProblems,
	...trafficProblems,
	...sizesProblems,
	...certificatesProblems,
	...modulesProblems,
	...valuesProblems,
	...guestOsProblems,
	...networkProblems,
	...startupProblems,
	...vmRolesProblems,
	...commentsProblems,
};

export type RuleProblem = ReturnType<(typeof problems)[keyof typeof problems]>;
export type RuleCode = RuleProblem['code'];
export const ruleCodes: readonly string[] = Object.keys(problems);
