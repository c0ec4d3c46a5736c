import { endpointsOf } from '../declared';
import { mayComeFromUnknownModule } from '../modules';
import { problems } from '../problems';
import { aboutEachRole, type Rule } from './rule';

/** 4.1. That the name exists is certain; which kinds a site may be bound to is less so, hence a warning. */
const boundEndpoints: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const path = definition?.path ?? '';
		const inputs = new Set(role.endpoints.map(({ kind, name }) => (kind === 'input' ? name?.text : undefined)));
		// Nearly all are bound so.
		if (role.sites.every(site => site.bindings.every(({ endpointName }) => inputs.has(endpointName.text)))) {
			continue;
		}
		const endpoints = endpointsOf(role);
		const suitable = endpoints.filter(({ kind, protocol }) => {
			return kind === 'input' || (kind === 'internal' && (protocol === 'http' || protocol === undefined));
		});
		const known = suitable.map(endpoint => endpoint.name);
		for (const { endpointName } of role.sites.flatMap(site => site.bindings)) {
			const name = endpointName.text;
			const bound = endpoints.find(endpoint => endpoint.name === name);
			if (bound && !known.includes(name)) {
				const what = bound.kind === 'internal' ? 'not an http endpoint' : 'an instance input endpoint';
				report(path, problems.unsuitableBinding(endpointName, name, what, known));
			} else if (!bound && name !== '' && !mayComeFromUnknownModule(role, name)) {
				report(path, problems.unknownEndpoint(endpointName, name, role.name?.text ?? '', known));
			}
		}
	}
};

export const bindingRules: readonly Rule[] = [aboutEachRole(boundEndpoints)];
