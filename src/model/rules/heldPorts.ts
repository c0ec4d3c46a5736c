import type { Span, Token } from '../../base/span';
import { attribute } from '../../xml/syntax';
import type { Definition, Endpoint, PortRange } from '../definition';
import { modulesOf } from '../modules';

/** A port or a range of ports that something holds, with the words for it. */
export interface Held {
	readonly min: number;
	readonly max: number;
	readonly transport: 'tcp' | 'udp' | 'any';
	readonly what: string;
	readonly endpoint: Token | undefined;
	/** Where to report; `undefined` for what an import brings. */
	readonly span: Span | undefined;
	readonly range: boolean;
}

/** Every public port of a service, those of its imports included. */
export function publicPortsOf(definition: Definition): readonly Held[] {
	return definition.roles.flatMap(role => {
		const label = role.name?.text ?? '';
		const own = role.endpoints.flatMap(endpoint => publicPortOf(endpoint, label));
		const imported = modulesOf(role).flatMap(module =>
			module.endpoints.flatMap(({ kind, port }) => {
				if (kind !== 'input' || port === undefined) {
					return [];
				}
				const entry = role.imports.find(({ moduleName }) => moduleName.text === module.moduleName)?.moduleName;
				const what = `the module '${module.moduleName}' that the role '${label}' imports`;
				return [
					{ min: port, max: port, transport: 'tcp' as const, what, endpoint: entry, span: undefined, range: false },
				];
			}),
		);
		return [...own, ...imported];
	});
}

function publicPortOf(endpoint: Endpoint, role: string): readonly Held[] {
	const what = `the endpoint '${endpoint.name?.text ?? ''}' of the role '${role}'`;
	const transport = transportOf(endpoint);
	if (endpoint.kind === 'input' && endpoint.port !== undefined) {
		const span = attribute(endpoint.element, 'port')?.rawValue;
		return [{ min: endpoint.port, max: endpoint.port, transport, what, endpoint: endpoint.name, span, range: false }];
	}
	if (endpoint.kind === 'instanceInput' && endpoint.publicPorts) {
		return held(endpoint.publicPorts, transport, what, endpoint.name);
	}
	return [];
}

/** The ports on which an endpoint listens inside the instance; one that is allocated meets nothing. */
export function localPortsOf(endpoint: Endpoint): readonly Held[] {
	const transport = transportOf(endpoint);
	const what = endpoint.name?.text ?? '';
	if (endpoint.kind === 'internal') {
		const fixed = endpoint.fixedPorts.flatMap(range => held(range, transport, what, endpoint.name));
		return [...fixed, ...single(endpoint, endpoint.port, 'port')];
	}
	if (endpoint.kind === 'instanceInput') {
		return single(endpoint, endpoint.localPort, 'localPort');
	}
	return endpoint.localPort === undefined
		? single(endpoint, endpoint.port, 'port')
		: single(endpoint, endpoint.localPort, 'localPort');
}

function single(endpoint: Endpoint, port: number | '*' | undefined, name: string): readonly Held[] {
	const span = attribute(endpoint.element, name)?.rawValue;
	const what = endpoint.name?.text ?? '';
	return typeof port === 'number'
		? [{ min: port, max: port, transport: transportOf(endpoint), what, endpoint: endpoint.name, span, range: false }]
		: [];
}

function held(
	{ min, max, element }: PortRange,
	transport: Held['transport'],
	what: string,
	endpoint: Token | undefined,
): readonly Held[] {
	if (min === undefined || max === undefined || min > max) {
		return [];
	}
	return [{ min, max, transport, what, endpoint, span: element.openTag, range: true }];
}

export function rangesOf(endpoint: Endpoint): readonly PortRange[] {
	switch (endpoint.kind) {
		case 'internal':
			return endpoint.fixedPorts;
		case 'instanceInput':
			return endpoint.publicPorts ? [endpoint.publicPorts] : [];
		default:
			return [];
	}
}

function transportOf({ protocol }: Endpoint): Held['transport'] {
	return protocol === 'udp' || protocol === 'any' ? protocol : 'tcp';
}
