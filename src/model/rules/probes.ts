import type { Token } from '../../base/span';
import { attribute } from '../../xml/syntax';
import { labelOf } from '../configuration';
import { hasPlaceholder } from '../connectionString';
import { attributeValue, integerOf } from '../elements';
import { networkOf } from '../network';
import { problems } from '../problems';
import type { Rule } from './rule';
import { eachRepeated, placeOfRole, seeAlso, valueSpan } from './rule';

/** 3.8 and 3.12 */
const probesInUse: Rule = ({ definition }, report) => {
	if (!definition) {
		return;
	}
	const known = new Set(definition.probes.map(probe => probe.name.text));
	const used = new Set<string>();
	for (const endpoint of definition.roles.flatMap(role => role.endpoints)) {
		const probe = endpoint.kind === 'input' ? endpoint.loadBalancerProbe : undefined;
		if (probe && probe.text !== '') {
			used.add(probe.text);
			if (!known.has(probe.text)) {
				report(definition.path, problems.unknownProbe(probe, probe.text, [...known]));
			}
		}
	}
	for (const { name } of definition.probes) {
		if (name.text !== '' && !used.has(name.text)) {
			report(definition.path, problems.unusedProbe(name, name.text));
		}
	}
};

/** 3.9 */
const loadBalancers: Rule = ({ definition, configurations }, report) => {
	const used = new Map<string, Token>();
	for (const endpoint of definition?.roles.flatMap(role => role.endpoints) ?? []) {
		if (endpoint.kind === 'input' && endpoint.loadBalancer?.text) {
			used.set(endpoint.loadBalancer.text, endpoint.loadBalancer);
		}
	}
	for (const configuration of definition ? configurations : []) {
		const balancers = networkOf(configuration).loadBalancers.flatMap(({ name }) => (name?.text ? [name] : []));
		// Which one a name is that a deployment fills in, no file tells.
		if (balancers.some(({ text }) => hasPlaceholder(text))) {
			continue;
		}
		for (const balancer of balancers) {
			if (!used.has(balancer.text)) {
				report(configuration.path, problems.unusedLoadBalancer(balancer, balancer.text));
			}
		}
		const known = new Set(balancers.map(({ text }) => text));
		for (const [name, token] of used) {
			if (definition && !known.has(name) && !hasPlaceholder(name)) {
				const related = seeAlso(configuration.path, configuration.element?.name, 'The configuration without it.');
				const label = labelOf(configuration);
				report(definition.path, problems.unknownLoadBalancer(token, name, label, [...known], related));
			}
		}
	}
};

/** 3.10 and 3.11 */
const probeParts: Rule = ({ definition }, report) => {
	if (!definition) {
		return;
	}
	const names = definition.probes.map(probe => probe.name);
	eachRepeated(names, (repeated, first) => {
		const related = seeAlso(definition.path, first, 'The first probe of this name.');
		report(definition.path, problems.duplicateProbe(repeated, repeated.text, related));
	});
	for (const probe of definition.probes) {
		const { element, name } = probe;
		const protocol = attributeValue(element, 'protocol');
		if (protocol === 'http' && !attributeValue(element, 'path')) {
			report(definition.path, problems.probeWithoutPath(placeOfRole(probe), name.text));
		} else if (protocol === 'tcp' && attribute(element, 'path')) {
			report(definition.path, problems.pathOfTcpProbe(valueSpan(element, 'path'), name.text));
		}
		const interval = integerOf(element, 'intervalInSeconds') ?? 15;
		const timeout = integerOf(element, 'timeoutInSeconds') ?? 31;
		if (timeout <= interval) {
			const given = attribute(element, 'timeoutInSeconds') ? 'timeoutInSeconds' : 'intervalInSeconds';
			report(definition.path, problems.probeTimeout(valueSpan(element, given), name.text, timeout, interval));
		}
	}
};

export const probeRules: readonly Rule[] = [probesInUse, loadBalancers, probeParts];
