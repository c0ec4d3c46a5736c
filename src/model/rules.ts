import { type Platform, platformOf } from './platform';
import type { RuleProblem } from './problems';
import { bindingRules } from './rules/bindings';
import { certificateRules } from './rules/certificates';
import { configurationRules } from './rules/configurations';
import { endpointDetailRules } from './rules/endpointDetails';
import { endpointRules } from './rules/endpoints';
import { entryRules } from './rules/entries';
import { extendedNetworkRules } from './rules/extendedNetwork';
import { guestOsRules } from './rules/guestOs';
import { importRules } from './rules/imports';
import { instanceRules } from './rules/instances';
import { nameRules } from './rules/names';
import { networkRules } from './rules/network';
import { portRules } from './rules/ports';
import { probeRules } from './rules/probes';
import { configuredRolesToJudge, rolesToJudge } from './rules/rightRoles';
import type { Nearby, Rule, RuleContext } from './rules/rule';
import { siteRules } from './rules/sites';
import { sizeRules } from './rules/sizes';
import { startupRules } from './rules/startup';
import { trafficRules } from './rules/traffic';
import { valueRules } from './rules/values';
import { vmRoleRules } from './rules/vmRoles';
import { xpathRules } from './rules/xpaths';
import type { Service } from './service';

const rules: readonly Rule[] = [
	...nameRules,
	...entryRules,
	...configurationRules,
	...instanceRules,
	...endpointRules,
	...endpointDetailRules,
	...portRules,
	...probeRules,
	...bindingRules,
	...siteRules,
	...trafficRules,
	...sizeRules,
	...certificateRules,
	...importRules,
	...valueRules,
	...guestOsRules,
	...networkRules,
	...extendedNetworkRules,
	...startupRules,
	...xpathRules,
	...vmRoleRules,
];

/** What the edges know and the files of a service do not say. */
export interface RuleOptions {
	/** Left out or `auto`: guessed from the files (cross-file-rules.md 15). */
	readonly platform?: Platform | 'auto' | undefined;
	/** True where a template that deploys cloud services lies beside the files. */
	readonly hasDeploymentTemplate?: boolean | undefined;
	/** The day, as `2026-01-31`; left out, nothing has passed yet. */
	readonly today?: string | undefined;
	/** Left out, rules that look at other files say nothing. */
	readonly nearby?: Nearby | undefined;
}

/** The problems that no schema can say, by the path of the file they stand in (cross-file-rules.md). */
export function checkService(service: Service, options: RuleOptions = {}): ReadonlyMap<string, readonly RuleProblem[]> {
	const context: RuleContext = {
		platform: platformOf(service, options.platform, options.hasDeploymentTemplate),
		today: options.today,
		nearby: options.nearby,
	};
	const roles = rolesToJudge(service, context);
	const configured = configuredRolesToJudge(service, context);
	const found: Found = new Map();
	const inRoles: Found = new Map();
	const inConfigured: Found = new Map();
	for (const rule of rules) {
		const [part, own] =
			rule.about === 'role'
				? [roles.service, inRoles]
				: rule.about === 'configuredRole'
					? [configured.service, inConfigured]
					: [service, undefined];
		const report = (path: string, problem: RuleProblem) => {
			add(found, path, problem);
			if (own) {
				add(own, path, problem);
			}
		};
		rule(part, report, context);
	}
	roles.noteRight(inRoles);
	configured.noteRight(inConfigured);
	return found;
}

type Found = Map<string, RuleProblem[]>;

function add(found: Found, path: string, problem: RuleProblem): void {
	const list = found.get(path);
	if (list) {
		list.push(problem);
	} else {
		found.set(path, [problem]);
	}
}
