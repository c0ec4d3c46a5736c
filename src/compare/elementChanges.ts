import { attribute, type XmlElement } from '../xml/syntax';

/** One difference between two trees of the same format; comments, blanks and the order of attributes are none. */
export type ElementChange =
	| { readonly kind: 'added'; readonly element: XmlElement }
	| { readonly kind: 'removed'; readonly element: XmlElement }
	/** An attribute; `from` or `to` is missing where it is not written. */
	| {
			readonly kind: 'changed';
			readonly element: XmlElement;
			readonly before: XmlElement;
			readonly attribute: string;
			readonly from: string | undefined;
			readonly to: string | undefined;
	  }
	/** The same children in another order, where the order means something. */
	| { readonly kind: 'moved'; readonly element: XmlElement };

/** What must be done to `before` to get `after`, in the order of the latter; what is gone comes last. */
export function elementChanges(before: XmlElement, after: XmlElement): readonly ElementChange[] {
	const pairs = pairsOf(before.children, after.children);
	const matched = new Set(pairs.flatMap(({ old }) => (old ? [old] : [])));
	return [
		...attributeChanges(before, after),
		...pairs.flatMap(({ old, element }): readonly ElementChange[] =>
			old
				? elementChanges(old, element)
				: isGroup(element)
					? contentsOf(element, 'added')
					: [{ kind: 'added', element }],
		),
		...before.children
			.filter(element => !matched.has(element))
			.flatMap((element): readonly ElementChange[] =>
				isGroup(element) ? contentsOf(element, 'removed') : [{ kind: 'removed', element }],
			),
		...(isReordered(pairs, before) ? [{ kind: 'moved', element: after } as const] : []),
	];
}

/** What names an element among its siblings; of those that have none there is one, or they are told apart by their place. */
export function keyOf(element: XmlElement): string | undefined {
	const names = keys[element.localName] ?? ['name'];
	const found = names.map(name => attribute(element, name)?.value).filter(value => value !== undefined);
	return found.length === 0 ? undefined : found.join('/');
}

const keys: Readonly<Record<string, readonly string[]>> = {
	Task: ['commandLine'],
	Import: ['moduleName'],
	Content: ['destination'],
	FixedPort: ['port'],
	FixedPortRange: [],
	RoleEndpoint: ['roleName', 'endpointName'],
	FromRole: ['roleName'],
	InstanceAddress: ['roleName'],
	EndpointAcl: ['role', 'endPoint'],
	Rule: ['order'],
	NetworkSecurityGroupRef: ['roleName', 'name'],
	ProgramEntryPoint: [],
	NetFxEntryPoint: [],
	VirtualNetworkSite: [],
};

/** Lists: what is in them comes and goes, they themselves mean nothing. */
const groups: ReadonlySet<string> = new Set([
	'AccessControls',
	'AddressAssignments',
	'Bindings',
	'Certificates',
	'ConfigurationSettings',
	'Contents',
	'Destinations',
	'Dns',
	'DnsServers',
	'EndpointAcls',
	'Endpoints',
	'EntryPoint',
	'Environment',
	'Imports',
	'LoadBalancerProbes',
	'LoadBalancers',
	'LocalResources',
	'NetworkConfiguration',
	'NetworkTrafficRules',
	'ReservedIPs',
	'Runtime',
	'Sites',
	'Startup',
	'Subnets',
]);

function isGroup({ localName }: XmlElement): boolean {
	return groups.has(localName);
}

/** A list that comes or goes with what is in it; one that says something itself is a change of its own. */
function contentsOf(group: XmlElement, kind: 'added' | 'removed'): readonly ElementChange[] {
	const inside = group.children.flatMap((element): readonly ElementChange[] =>
		isGroup(element) ? contentsOf(element, kind) : [{ kind, element }],
	);
	const says = group.attributes.some(each => !isDefault(each.written, each.value));
	return says ? [{ kind, element: group }, ...inside] : inside;
}

/** What the tools take where an attribute is left out, so that writing it down changes nothing (csdef.md 2 to 10). */
const defaults: Readonly<Record<string, string>> = {
	cleanOnRoleRecycle: 'true',
	enableNativeCodeExecution: 'true',
	executionContext: 'limited',
	ignoreRoleInstanceStatus: 'false',
	permissionLevel: 'limitedOrElevated',
	sizeInMB: '1000',
	taskType: 'simple',
	topologyChangeDiscovery: 'UpgradeDomainWalk',
	upgradeDomainCount: '5',
};

function isDefault(name: string, value: string): boolean {
	return Object.hasOwn(defaults, name) && defaults[name] === canonical(name, value);
}

function attributeChanges(before: XmlElement, after: XmlElement): readonly ElementChange[] {
	const names = [...after.attributes, ...before.attributes].map(({ written }) => written);
	return [...new Set(names)]
		.filter(name => !/^xmlns(:|$)/.test(name) && !name.includes(':'))
		.map(name => ({ name, from: attribute(before, name)?.value, to: attribute(after, name)?.value }))
		.filter(({ name, from, to }) => effective(name, from) !== effective(name, to))
		.map(({ name, from, to }) => ({ kind: 'changed', element: after, before, attribute: name, from, to }));
}

function effective(name: string, value: string | undefined): string | undefined {
	return value === undefined ? (Object.hasOwn(defaults, name) ? defaults[name] : undefined) : canonical(name, value);
}

const booleans = /^(?:cleanOnRoleRecycle|enableNativeCodeExecution|ignoreRoleInstanceStatus|setReadyOnProcessStart)$/;

/** `xs:boolean` knows two spellings of each of its values. The value of a setting is a text, of which every blank counts. */
function canonical(name: string, value: string): string {
	if (name === 'value') {
		return value;
	}
	const text = value.trim();
	return booleans.test(name) ? text.replace(/^1$/, 'true').replace(/^0$/, 'false') : text;
}

interface Pair {
	readonly old: XmlElement | undefined;
	readonly element: XmlElement;
}

/** By their keys; what is left of a kind whose key is what it does, such as a startup task, by its place. */
function pairsOf(before: readonly XmlElement[], after: readonly XmlElement[]): readonly Pair[] {
	const byKey = matched(before, after, element => `${element.localName} ${keyOf(element) ?? ''}`);
	const used = new Set(byKey.map(({ old }) => old));
	const leftBefore = before.filter(element => keys[element.localName] && !used.has(element));
	const leftAfter = byKey.flatMap(({ old, element }) => (!old && keys[element.localName] ? [element] : []));
	const byPlace = new Map(
		matched(leftBefore, leftAfter, element => element.localName).map(({ element, old }) => [element, old]),
	);
	return byKey.map(({ element, old }) => ({ element, old: old ?? byPlace.get(element) }));
}

/** Each element with the first one of the same name that no other has taken. */
function matched(
	before: readonly XmlElement[],
	after: readonly XmlElement[],
	nameOf: (element: XmlElement) => string,
): readonly Pair[] {
	const free = new Map<string, XmlElement[]>();
	for (const element of before) {
		const same = free.get(nameOf(element));
		if (same) {
			same.push(element);
		} else {
			free.set(nameOf(element), [element]);
		}
	}
	return after.map(element => ({ element, old: free.get(nameOf(element))?.shift() }));
}

/** Startup tasks run in the order in which they are written (csdef.md 9). */
function isReordered(pairs: readonly Pair[], before: XmlElement): boolean {
	if (before.localName !== 'Startup') {
		return false;
	}
	const places = pairs.flatMap(({ old }) => (old ? [before.children.indexOf(old)] : []));
	return places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0));
}
