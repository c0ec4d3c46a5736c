import type { RuleProblem } from './problems';
import { bindingRules } from './rules/bindings';
import { endpointRules } from './rules/endpoints';
import { entryRules } from './rules/entries';
import { instanceRules } from './rules/instances';
import { nameRules } from './rules/names';
import { portRules } from './rules/ports';
import type { Rule } from './rules/rule';
import { trafficRules } from './rules/traffic';
import type { Service } from './service';

const rules: readonly Rule[] = [
	...nameRules,
	...entryRules,
	...instanceRules,
	...endpointRules,
	...portRules,
	...bindingRules,
	...trafficRules,
];

/** The problems that no schema can say, by the path of the file they stand in (cross-file-rules.md). */
export function checkService(service: Service): ReadonlyMap<string, readonly RuleProblem[]> {
	const found = new Map<string, RuleProblem[]>();
	for (const rule of rules) {
		rule(service, (path, problem) => {
			const list = found.get(path);
			if (list) {
				list.push(problem);
			} else {
				found.set(path, [problem]);
			}
		});
	}
	return found;
}
