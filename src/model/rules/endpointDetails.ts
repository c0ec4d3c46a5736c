import type { Span } from '../../base/span';
import { child } from '../../xml/syntax';
import type { Endpoint, RoleDefinition } from '../definition';
import { integerOf } from '../elements';
import { importsModule, isPublishedEndpoint, modulesOf } from '../modules';
import { problems } from '../problems';
import { localPortsOf } from './heldPorts';
import { aboutEachRole, placeOfRole, type Rule, valueSpan } from './rule';

/** 3.7. On `tcp` the documentation's samples show it. */
const certificatesWithoutEffect: Rule = ({ definition }, report) => {
	for (const endpoint of definition?.roles.flatMap(role => role.endpoints) ?? []) {
		const { protocol, element } = endpoint;
		if (endpoint.kind === 'input' && endpoint.certificate && (protocol === 'http' || protocol === 'udp')) {
			const span = valueSpan(element, 'certificate');
			report(definition?.path ?? '', problems.certificateWithoutEffect(span, endpoint.name?.text ?? '', protocol));
		}
	}
};

/** 3.13 for endpoints; public addresses have the same limits in the configuration. */
const idleTimeouts: Rule = ({ definition }, report) => {
	for (const { element, protocol, name } of definition?.roles.flatMap(role => role.endpoints) ?? []) {
		const minutes = integerOf(element, 'idleTimeoutInMinutes');
		if (!definition || minutes === undefined) {
			continue;
		}
		const span = valueSpan(element, 'idleTimeoutInMinutes');
		if (minutes < 4 || minutes > 30) {
			report(definition.path, problems.idleTimeoutRange(span, minutes));
		}
		if (protocol === 'udp') {
			report(definition.path, problems.idleTimeoutWithoutTcp(span, name?.text ?? ''));
		}
	}
};

/** 3.14. Services that answer https only exist, and are right. */
const webRolesAnswer: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const answers = role.endpoints.some(
			({ kind, protocol }) => kind === 'input' && (protocol === 'http' || protocol === 'https'),
		);
		if (definition && role.kind === 'WebRole' && !answers) {
			report(definition.path, problems.webRoleWithoutHttp(placeOfRole(role), role.name?.text ?? ''));
		}
	}
};

/** 3.15 */
const hostedWebCore: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const internal = role.endpoints.filter(({ kind }) => kind === 'internal');
		const second = internal[1];
		if (definition && second && role.kind === 'WebRole' && !child(role.element, 'Sites')) {
			report(definition.path, problems.internalEndpointsWithoutSites(placeOfRole(second), role.name?.text ?? ''));
		}
	}
};

/** 3.16. The public port of RemoteForwarder is among those that 3.2 compares. */
const reservedPorts: Rule = ({ definition }, report) => {
	const webDeploy = definition?.roles.some(role => importsModule(role, 'WebDeploy'));
	for (const role of definition?.roles ?? []) {
		const reserved = reservedIn(role);
		for (const endpoint of role.endpoints.filter(({ name }) => !isPublishedEndpoint(name?.text ?? ''))) {
			for (const { min, max, span } of reserved.length > 0 ? localPortsOf(endpoint) : []) {
				const meets = reserved.find(({ port }) => min <= port && port <= max);
				if (definition && meets && span) {
					report(definition.path, problems.reservedPort(span, meets.port, meets.user));
				}
			}
			const isPublic = endpoint.kind === 'input' && endpoint.port === webDeployPort && endpoint.localPort !== undefined;
			if (definition && webDeploy && isPublic && endpoint.localPort !== webDeployPort) {
				const span = valueSpan(endpoint.element, 'port');
				report(definition.path, problems.reservedPort(span, webDeployPort, "the module 'WebDeploy'"));
			}
		}
	}
};

/** 3.17 */
const unknownToEmulator: Rule = ({ definition }, report) => {
	for (const endpoint of definition?.roles.flatMap(role => role.endpoints) ?? []) {
		if (definition && endpoint.kind === 'instanceInput') {
			report(definition.path, problems.ignoredInEmulator(placeOfRole(endpoint), endpoint.name?.text ?? ''));
		}
	}
};

const mostEndpoints = 25;

/** 3.a, endpoints: so many of each kind, those of imports included. */
const endpointLimits: Rule = ({ definition }, report) => {
	const kinds: Record<Endpoint['kind'], { readonly words: string; readonly found: Counted[] }> = {
		input: { words: 'input', found: [] },
		internal: { words: 'internal', found: [] },
		instanceInput: { words: 'instance input', found: [] },
	};
	for (const role of definition?.roles ?? []) {
		for (const endpoint of role.endpoints) {
			kinds[endpoint.kind].found.push({ name: endpoint.name?.text ?? '', span: placeOfRole(endpoint) });
		}
		for (const module of modulesOf(role)) {
			const entry = role.imports.find(({ moduleName }) => moduleName.text === module.moduleName);
			const written = new Set(role.endpoints.map(({ name }) => name?.text));
			for (const { kind, name } of module.endpoints.filter(each => !written.has(each.name))) {
				kinds[kind].found.push({ name, span: entry?.moduleName ?? placeOfRole(role) });
			}
		}
	}
	for (const { words, found } of Object.values(kinds)) {
		const first = found[mostEndpoints];
		if (definition && first) {
			report(definition.path, problems.tooManyEndpoints(first.span, words, first.name, mostEndpoints));
		}
	}
};

export const endpointDetailRules: readonly Rule[] = [
	aboutEachRole(certificatesWithoutEffect),
	aboutEachRole(idleTimeouts),
	aboutEachRole(webRolesAnswer),
	aboutEachRole(hostedWebCore),
	reservedPorts,
	aboutEachRole(unknownToEmulator),
	endpointLimits,
];

interface Counted {
	readonly name: string;
	readonly span: Span;
}

const webDeployPort = 8172;

/** The ports that the modules of a role take inside its instances. */
function reservedIn(role: RoleDefinition): readonly { readonly port: number; readonly user: string }[] {
	const access = importsModule(role, 'RemoteAccess');
	const remoteDesktop = access || importsModule(role, 'RemoteForwarder');
	return [
		...(access ? [{ port: 3389, user: 'remote desktop' }] : []),
		...(remoteDesktop ? [{ port: 20000, user: 'the agents of remote desktop' }] : []),
		...(importsModule(role, 'WebDeploy') ? [{ port: webDeployPort, user: "the module 'WebDeploy'" }] : []),
	];
}
