import { problems } from '../problems';
import type { Rule } from './rule';
import { roleNamed, seeAlso } from './rule';

/** 2.3 */
const onePortPerInstance: Rule = ({ definition, configurations }, report) => {
	if (!definition) {
		return;
	}
	for (const { path, roles } of configurations) {
		for (const { name, instances } of roles) {
			const role = name && roleNamed(definition, name.text);
			const { count, countToken } = instances ?? {};
			for (const endpoint of role?.endpoints ?? []) {
				const range = endpoint.kind === 'instanceInput' ? endpoint.publicPorts : undefined;
				if (count === undefined || !countToken || range?.min === undefined || range.max === undefined) {
					continue;
				}
				const ports = range.max - range.min + 1;
				if (ports > 0 && count > ports) {
					const related = seeAlso(definition.path, endpoint.name, 'The instance input endpoint.');
					const label = endpoint.name?.text ?? '';
					report(path, problems.tooManyInstances(countToken, name?.text ?? '', count, label, ports, related));
				}
			}
		}
	}
};

export const instanceRules: readonly Rule[] = [onePortPerInstance];
