import type { Token } from '../../base/span';
import { child, childrenNamed } from '../../xml/syntax';
import { endpointsOf } from '../declared';
import type { Definition, TrafficRule } from '../definition';
import { mayComeFromUnknownModule } from '../modules';
import { problems } from '../problems';
import type { Report, Rule } from './rule';
import { roleNamed, roleNames, seeAlso } from './rule';

/** 5.1 */
const destinations: Rule = ({ definition }, report) => {
	for (const { destinations } of definition?.trafficRules ?? []) {
		for (const { roleName, endpointName } of destinations) {
			if (definition && roleName?.text && !roleNamed(definition, roleName.text)) {
				report(definition.path, problems.unknownRole(roleName, roleName.text, roleNames(definition)));
			} else if (definition && roleName?.text && endpointName?.text) {
				checkDestination(definition, roleName.text, endpointName, report);
			}
		}
	}
};

/** 5.2 */
const sources: Rule = ({ definition }, report) => {
	for (const { fromRoles } of definition?.trafficRules ?? []) {
		for (const from of fromRoles) {
			if (definition && from.text !== '' && !roleNamed(definition, from.text)) {
				report(definition.path, problems.unknownRole(from, from.text, roleNames(definition)));
			}
		}
	}
};

/** 5.4 */
const repeatedDestinations: Rule = ({ definition }, report) => {
	const first = new Map<string, { readonly rule: TrafficRule; readonly token: Token }>();
	for (const rule of definition?.trafficRules ?? []) {
		for (const { roleName, endpointName } of rule.destinations) {
			if (!definition || !roleName?.text || !endpointName?.text) {
				continue;
			}
			const key = `${roleName.text}\n${endpointName.text}`;
			const earlier = first.get(key);
			if (earlier && earlier.rule !== rule) {
				const related = seeAlso(definition.path, earlier.token, 'The first rule about it.');
				const problem = problems.repeatedDestination(endpointName, endpointName.text, roleName.text, related);
				report(definition.path, problem);
			}
			first.set(key, earlier ?? { rule, token: endpointName });
		}
	}
};

/** 5.5 */
const someSource: Rule = ({ definition }, report) => {
	for (const { element } of definition?.trafficRules ?? []) {
		const source = child(element, 'WhenSource');
		if (definition && source?.name && childrenNamed(source, 'FromRole').length === 0) {
			report(definition.path, problems.noTrafficSource(source.name));
		}
	}
};

/** 5.6 */
const severalRoles: Rule = ({ definition }, report) => {
	const rules = child(definition?.element, 'NetworkTrafficRules');
	if (definition && rules?.name && definition.roles.length < 2) {
		report(definition.path, problems.pointlessTrafficRules(rules.name));
	}
};

export const trafficRules: readonly Rule[] = [destinations, sources, repeatedDestinations, someSource, severalRoles];

function checkDestination(definition: Definition, roleName: string, endpointName: Token, report: Report): void {
	const role = roleNamed(definition, roleName);
	if (!role) {
		return;
	}
	const endpoints = endpointsOf(role);
	const known = endpoints.filter(({ kind }) => kind === 'internal').map(({ name }) => name);
	const endpoint = endpoints.find(({ name }) => name === endpointName.text);
	if (endpoint && endpoint.kind !== 'internal') {
		report(definition.path, problems.notInternalEndpoint(endpointName, endpointName.text, roleName, known));
	} else if (!endpoint && !mayComeFromUnknownModule(role, endpointName.text)) {
		report(definition.path, problems.unknownEndpoint(endpointName, endpointName.text, roleName, known));
	}
}
