import type { Token } from '../../base/span';
import { endpointsOf } from '../declared';
import type { Definition } from '../definition';
import { mayComeFromUnknownModule } from '../modules';
import { problems } from '../problems';
import type { Report, Rule } from './rule';
import { roleNamed, roleNames } from './rule';

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

export const trafficRules: readonly Rule[] = [destinations, sources];

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
