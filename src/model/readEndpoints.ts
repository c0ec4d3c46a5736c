import { child, childrenNamed, type XmlElement } from '../xml/syntax';
import type { Endpoint, InputEndpoint, InstanceInputEndpoint, InternalEndpoint, PortRange } from './definition';
import { attributeValue, booleanOf, choiceOf, integerOf, listed, portOf, portOrStarOf, tokenOf } from './elements';

/** The endpoints of a role in the order of the file, the two legacy forms of web roles after them (csdef.md 4.3). */
export function readEndpoints(role: XmlElement): readonly Endpoint[] {
	return [
		...listed(role, 'Endpoints', 'InputEndpoint', 'InternalEndpoint', 'InstanceInputEndpoint'),
		...listed(role, 'InputEndpoints', 'InputEndpoint'),
		...childrenNamed(role, 'InternalEndpoint'),
	].map(readEndpoint);
}

function readEndpoint(element: XmlElement): Endpoint {
	switch (element.localName) {
		case 'InputEndpoint':
			return readInput(element);
		case 'InternalEndpoint':
			return readInternal(element);
		default:
			return readInstanceInput(element);
	}
}

function readInput(element: XmlElement): InputEndpoint {
	return {
		kind: 'input',
		...nameAndProtocol(element),
		port: portOf(element, 'port'),
		localPort: portOrStarOf(element, 'localPort'),
		certificate: tokenOf(element, 'certificate'),
		loadBalancerProbe: tokenOf(element, 'loadBalancerProbe'),
		loadBalancer: tokenOf(element, 'loadBalancer'),
		ignoreRoleInstanceStatus: booleanOf(element, 'ignoreRoleInstanceStatus') ?? false,
		distribution: choiceOf(element, 'loadBalancerDistribution', ['none', 'sourceIP', 'sourceIPProtocol'], 'none'),
		idleTimeoutInMinutes: idleTimeoutOf(element),
	};
}

function readInternal(element: XmlElement): InternalEndpoint {
	return {
		kind: 'internal',
		...nameAndProtocol(element),
		port: portOrStarOf(element, 'port'),
		fixedPorts: childrenNamed(element, 'FixedPort', 'FixedPortRange').map(readRange),
	};
}

function readInstanceInput(element: XmlElement): InstanceInputEndpoint {
	const range = child(child(element, 'AllocatePublicPortFrom'), 'FixedPortRange');
	return {
		kind: 'instanceInput',
		...nameAndProtocol(element),
		localPort: portOf(element, 'localPort'),
		publicPorts: range && readRange(range),
		idleTimeoutInMinutes: idleTimeoutOf(element),
	};
}

function idleTimeoutOf(element: XmlElement): number | undefined {
	const minutes = integerOf(element, 'idleTimeoutInMinutes');
	return minutes !== undefined && minutes >= 1 ? minutes : undefined;
}

function nameAndProtocol(element: XmlElement) {
	return { element, name: tokenOf(element, 'name'), protocol: attributeValue(element, 'protocol') };
}

function readRange(element: XmlElement): PortRange {
	if (element.localName === 'FixedPort') {
		const port = portOf(element, 'port');
		return { element, min: port, max: port };
	}
	return { element, min: portOf(element, 'min'), max: portOf(element, 'max') };
}
