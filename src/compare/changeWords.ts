import { isSecret, maskSecret } from '../base/secrets';
import { attribute, type XmlElement } from '../xml/syntax';
import { type ElementChange, keyOf } from './elementChanges';

/** A change as a sentence without its subject's role: "endpoint 'HttpIn': port 80 becomes 8080". Secrets are masked. */
export function wordsFor(change: ElementChange): string {
	const thing = change.kind === 'changed' && isRole(change.element) ? '' : thingWords(change.element);
	switch (change.kind) {
		case 'added':
			return `${thing} is added`;
		case 'removed':
			return `${thing} is removed`;
		case 'moved':
			return 'the startup tasks run in another order';
		case 'changed':
			return changedWords(change, thing);
	}
}

/** The role that an element stands in, by its name; `undefined` for what concerns the whole service. */
export function roleOf(element: XmlElement): string | undefined {
	for (let at: XmlElement | undefined = element; at; at = at.parent) {
		if (isRole(at)) {
			return attribute(at, 'name')?.value;
		}
	}
	return undefined;
}

/** A value as it may be shown; `name` is what it is the value of. */
export function shownValue(name: string, value: string): string {
	return isSecret(name, value) ? maskSecret(value) : value;
}

export function isRole({ localName }: XmlElement): boolean {
	return /^(Web|Worker|VirtualMachine)?Role$/.test(localName);
}

function changedWords(change: ElementChange & { readonly kind: 'changed' }, thing: string): string {
	const { attribute: name, from, to, element } = change;
	const of = name === 'value' ? (keyOf(element) ?? name) : name;
	const quoted = (value: string) => `'${shownValue(of, value)}'`;
	const values =
		from === undefined
			? `${name} is now ${quoted(to ?? '')}`
			: to === undefined
				? `${name} ${quoted(from)} is left out`
				: sameWhenShown(of, from, to)
					? `${name} changes`
					: `${name} ${quoted(from)} becomes ${quoted(to)}`;
	return thing === '' ? values : `${thing}: ${values}`;
}

/** Two secrets look alike when they are masked, and are said to differ all the same. */
function sameWhenShown(name: string, from: string, to: string): boolean {
	return shownValue(name, from) === shownValue(name, to);
}

/** The domain's words for what an element declares; the element's own name where there are none. */
const things: Readonly<Record<string, string>> = {
	AccessControl: 'access control',
	Binding: 'binding',
	Certificate: 'certificate',
	Content: 'content',
	DnsServer: 'DNS server',
	EndpointAcl: 'access control list of endpoint',
	FixedPort: 'fixed port',
	FixedPortRange: 'port range',
	FromRole: 'traffic from role',
	Import: 'import',
	InputEndpoint: 'input endpoint',
	InstanceAddress: 'addresses of role',
	InstanceInputEndpoint: 'instance input endpoint',
	InternalEndpoint: 'internal endpoint',
	LoadBalancer: 'load balancer',
	LoadBalancerProbe: 'probe',
	LocalStorage: 'local storage',
	NetFxEntryPoint: 'entry point',
	OnlyAllowTrafficTo: 'traffic rule',
	OsImage: 'operating system image',
	ProgramEntryPoint: 'program entry point',
	ReservedIP: 'reserved IP address',
	Role: 'role',
	RoleEndpoint: 'destination',
	Runtime: 'runtime',
	Setting: 'setting',
	Site: 'site',
	Startup: 'startup',
	Subnet: 'subnet',
	Task: 'startup task',
	Variable: 'environment variable',
	VirtualApplication: 'virtual application',
	VirtualDirectory: 'virtual directory',
	VirtualMachineRole: 'VM role',
	VirtualNetworkSite: 'virtual network',
	WebRole: 'web role',
	WorkerRole: 'worker role',
};

/** The thing with what it stands in, where its own name does not say it: a binding is one of its site. */
function thingWords(element: XmlElement): string {
	const { localName, parent } = element;
	if (localName === 'ServiceDefinition' || localName === 'ServiceConfiguration') {
		return '';
	}
	const role = isRole(element) ? '' : undefined;
	const key = keyOf(element);
	const own = `${things[localName] ?? localName}${key === undefined ? '' : ` '${key}'`}`;
	const outer = role === undefined && parent ? outerWords(parent) : '';
	return outer === '' ? own : `${own} of ${outer}`;
}

/** Lists and roles are not named: a role is said by whoever shows the change. */
function outerWords(element: XmlElement): string {
	const { localName, parent } = element;
	if (isRole(element) || !parent) {
		return '';
	}
	return keyOf(element) !== undefined && things[localName] ? thingWords(element) : outerWords(parent);
}
