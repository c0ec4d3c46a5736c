import { nearest } from '../../base/nearest';
import type { Token } from '../../base/span';
import { child, childrenNamed } from '../../xml/syntax';
import { allowedSettings, declaresSetting, endpointsOf } from '../declared';
import type { RoleDefinition } from '../definition';
import { listed, tokenOf } from '../elements';
import { mayComeFromUnknownModule } from '../modules';
import { problems } from '../problems';
import { aboutEachRole, type Report, type Rule } from './rule';

const instance = '/RoleEnvironment/CurrentInstance';

/** The documented paths into the role environment that name nothing (csdef.md 9.1). */
export const plainXPaths: readonly string[] = [
	'/RoleEnvironment/Deployment/@emulated',
	'/RoleEnvironment/Deployment/@id',
	`${instance}/@id`,
	`${instance}/@updateDomain`,
	`${instance}/@faultDomain`,
	`${instance}/@roleName`,
];

/** Every path that means something in a role: the plain ones, and those of its settings, local storage and endpoints. */
export function xpathsOf(role: RoleDefinition): readonly string[] {
	const within = (list: string, item: string, names: readonly string[], attributes: readonly string[]) =>
		names
			.filter(name => name !== '' && !name.includes("'"))
			.flatMap(name => attributes.map(each => `${instance}/${list}/${item}[@name='${name}']/@${each}`));
	const stores = role.localStorage.map(({ name }) => name.text);
	const endpoints = endpointsOf(role).map(({ name }) => name);
	return [
		...plainXPaths,
		...within('ConfigurationSettings', 'ConfigurationSetting', allowedSettings(role), ['value']),
		...within('LocalResources', 'LocalResource', stores, ['path', 'sizeInMB']),
		...within('Endpoints', 'Endpoint', endpoints, ['protocol', 'address', 'port']),
	];
}

const plain: ReadonlySet<string> = new Set(plainXPaths);

const named =
	/^\/RoleEnvironment\/CurrentInstance\/(?:ConfigurationSettings\/(ConfigurationSetting)|LocalResources\/(LocalResource)|Endpoints\/(Endpoint))\[\s*@name\s*=\s*(?:'([^']*)'|"([^"]*)")\s*\]\/@(value|path|sizeInMB|protocol|address|port)$/;

/** 12.2 */
const knownPaths: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const runtime = child(role.element, 'Runtime');
		for (const holder of [...(runtime ? [runtime] : []), ...listed(role.element, 'Startup', 'Task')]) {
			for (const variable of listed(holder, 'Environment', 'Variable')) {
				const xpath = tokenOf(childrenNamed(variable, 'RoleInstanceValue')[0], 'xpath');
				if (definition && xpath && xpath.text !== '') {
					checkPath(definition.path, role, xpath, report);
				}
			}
		}
	}
};

export const xpathRules: readonly Rule[] = [aboutEachRole(knownPaths)];

function checkPath(path: string, role: RoleDefinition, xpath: Token, report: Report): void {
	if (plain.has(xpath.text)) {
		return;
	}
	const match = named.exec(xpath.text);
	const [, setting, store, endpoint, single, double, attribute = ''] = match ?? [];
	const suits =
		(setting !== undefined && attribute === 'value') ||
		(store !== undefined && (attribute === 'path' || attribute === 'sizeInMB')) ||
		(endpoint !== undefined && ['protocol', 'address', 'port'].includes(attribute));
	const name = single ?? double;
	if (!suits || name === undefined) {
		const near = nearest(xpath.text, plainXPaths);
		report(path, problems.unknownXPath(xpath, xpath.text, near === undefined ? [] : [near]));
		return;
	}
	const unknown = setting ? unknownSetting(role, name) : store ? unknownStore(role, name) : unknownEndpoint(role, name);
	if (unknown) {
		const place = placeOfName(xpath, name);
		const known = place ? unknown.known : [];
		const label = role.name?.text ?? '';
		report(path, problems.unknownNameInXPath(place ?? xpath, unknown.what, name, label, known));
	}
}

interface UnknownName {
	readonly what: string;
	readonly known: readonly string[];
}

function unknownSetting(role: RoleDefinition, name: string): UnknownName | undefined {
	return declaresSetting(role, name) ? undefined : { what: 'setting', known: allowedSettings(role) };
}

/** The store of diagnostics is there whether it is declared or not (csdef.md 5.1). */
function unknownStore(role: RoleDefinition, name: string): UnknownName | undefined {
	const known = role.localStorage.map(store => store.name.text);
	const there = known.includes(name) || name === 'DiagnosticStore' || mayComeFromUnknownModule(role, name);
	return there ? undefined : { what: 'local storage', known };
}

function unknownEndpoint(role: RoleDefinition, name: string): UnknownName | undefined {
	const known = endpointsOf(role).map(endpoint => endpoint.name);
	const there = known.includes(name) || mayComeFromUnknownModule(role, name);
	return there ? undefined : { what: 'endpoint', known };
}

/** Where the name stands in the text; `undefined` where it is written with references. */
function placeOfName(xpath: Token, name: string): Token | undefined {
	const quoted = xpath.end - xpath.start === xpath.text.length ? /['"]/.exec(xpath.text) : null;
	if (!quoted) {
		return undefined;
	}
	const start = xpath.start + quoted.index + 1;
	return { start, end: start + name.length, text: name };
}
