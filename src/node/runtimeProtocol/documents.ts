import type { EndpointView, RoleEnvironment } from '../../lifecycle/roleEnvironment';

/** The documents of the open runtime protocol, version 2011-03-08 (runtime-protocol.md 2). */

export interface GoalState {
	readonly incarnation: number;
	readonly expectedState: 'Started' | 'Stopped';
	readonly environmentFile: string;
	readonly currentStateEndpoint: string;
	/** ISO 8601; "for ever" while started. No client acts on it, but some parse it. */
	readonly deadline: string;
}

export const forEver = '9999-12-31T23:59:59.9999999';

export function discoveryDocument(goalStateEndpoint: string): string {
	const endpoint = element('RuntimeServerEndpoint', { version: '2011-03-08', path: goalStateEndpoint });
	return element('RuntimeServerDiscovery', {}, element('RuntimeServerEndpoints', {}, endpoint));
}

/** Length in hexadecimal, CRLF, document, CRLF. The document is ASCII, so that bytes and characters count the same. */
export function goalStateFrame(goal: GoalState): string {
	const document = element(
		'GoalState',
		{},
		element('Incarnation', {}, String(goal.incarnation)),
		element('ExpectedState', {}, goal.expectedState),
		element('RoleEnvironmentPath', {}, escaped(goal.environmentFile)),
		element('CurrentStateEndpoint', {}, escaped(goal.currentStateEndpoint)),
		element('Deadline', {}, goal.deadline),
	);
	return `${document.length.toString(16)}\r\n${document}\r\n`;
}

/**
 * The role environment file. Every section is written, be it empty, and an instance without endpoints is left out of
 * `Roles`: each known client stumbles over one or the other (runtime-protocol.md 2.3).
 */
export function roleEnvironmentDocument(environment: RoleEnvironment): string {
	const own = environment.roles
		.find(role => role.name === environment.roleName)
		?.instances.find(instance => instance.id === environment.instanceId);
	const settings = Object.entries(environment.settings).map(([name, value]) =>
		element('ConfigurationSetting', { name, value }),
	);
	const resources = environment.localResources.map(({ name, path, sizeInMB }) =>
		element('LocalResource', { name, path, sizeInMB }),
	);
	const roles = environment.roles.map(role =>
		element(
			'Role',
			{ name: role.name },
			element(
				'Instances',
				{},
				...role.instances
					.filter(instance => instance.endpoints.length > 0)
					.map(({ id, faultDomain, updateDomain, endpoints }) =>
						element('Instance', { id, faultDomain, updateDomain }, endpointsElement(endpoints)),
					),
			),
		),
	);
	return element(
		'RoleEnvironment',
		{},
		element('Deployment', { id: environment.deploymentId, emulated: environment.emulated }),
		element(
			'CurrentInstance',
			{
				id: environment.instanceId,
				roleName: environment.roleName,
				faultDomain: environment.faultDomain,
				updateDomain: environment.updateDomain,
			},
			element('ConfigurationSettings', {}, ...settings),
			element('LocalResources', {}, ...resources),
			endpointsElement(own?.endpoints ?? []),
		),
		element('Roles', {}, ...roles),
	);
}

function endpointsElement(endpoints: readonly EndpointView[]): string {
	const each = endpoints.map(({ name, address, port, protocol }) =>
		// No client knows `any`.
		element('Endpoint', { name, address, port, protocol: protocol === 'any' ? 'tcp' : protocol }),
	);
	return element('Endpoints', {}, ...each);
}

function element(
	name: string,
	attributes: Readonly<Record<string, string | number | boolean>>,
	...content: readonly string[]
): string {
	const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
	return `<${name}${written.join('')}>${content.join('')}</${name}>`;
}

/** ASCII only; line breaks as references too, or a reader would make blanks of them. What XML cannot hold at all is left out. */
function escaped(text: string): string {
	return [...text]
		.map(character => {
			const code = character.codePointAt(0) ?? 0;
			if (/[&<>"']/.test(character) || code > 126 || (code < 32 && isXml(code))) {
				return isXml(code) ? `&#x${code.toString(16)};` : '';
			}
			return code < 32 ? '' : character;
		})
		.join('');
}

function isXml(code: number): boolean {
	return (
		code === 9 ||
		code === 10 ||
		code === 13 ||
		(code >= 0x20 && code <= 0xd7ff) ||
		(code >= 0xe000 && code <= 0xfffd) ||
		code >= 0x10000
	);
}
