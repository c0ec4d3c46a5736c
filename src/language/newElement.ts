import { freePort, freeRange } from '../model/freePorts';
import { escapeValue, type Markup } from '../model/markup';
import { namedBy, numberedNames } from '../model/names';
import { networkOf } from '../model/network';
import type { Service } from '../model/service';
import { type AttributeGrammar, elementGrammar } from '../schema/grammar';
import { type RequiredParts, requiredParts } from '../schema/requiredParts';
import { attribute, localName, pathOf, prefixOf, type XmlAttribute, type XmlElement } from '../xml/syntax';
import { configuredParts } from './configuredParts';
import type { ParsedFile } from './documents';
import { namesFor } from './nameProposals';
import { partsBesideRequired, valueByNeighbours } from './optionalParts';
import { type SnippetWriter, writeValue } from './snippet';

/** An element that is to be written with all that the schema and the model ask of it. */
export interface NewElement {
	/** With the prefix of its parent. */
	readonly name: string;
	/** What the values start with is right as it is: accepting it makes no new problem. */
	readonly attributes: readonly {
		readonly name: string;
		readonly initial: string;
		readonly grammar: AttributeGrammar;
		/** True for a value that is no choice of the author's. */
		readonly fixed?: boolean;
	}[];
	readonly children: readonly NewElement[];
	readonly canHaveChildren: boolean;
}

/** `undefined` where the schema has no such child. */
export function newElement(
	file: ParsedFile,
	service: Service,
	parent: XmlElement | undefined,
	name: string,
): NewElement | undefined {
	const path = [...(parent ? pathOf(parent) : []), name];
	const parts = requiredParts(file.format, path);
	const prefix = parent ? prefixOf(parent) : '';
	return parts && plan({ file, service, prefix: prefix === '' ? '' : `${prefix}:` }, parts, path, parent);
}

/** For `insertElements`, which writes the prefix of the parent itself. */
export function toMarkup(element: NewElement): Markup {
	return {
		name: element.name.slice(element.name.indexOf(':') + 1),
		attributes: element.attributes.map(({ name, initial }) => [name, initial]),
		children: element.children.map(toMarkup),
	};
}

/** Writes the element from its name on (the `<` stands already), its lines indented by tabs as snippets are. */
export function writeElement(writer: SnippetWriter, element: NewElement, namespace?: string, indentation = ''): void {
	writer.plain(element.name);
	for (const { name, initial, grammar, fixed } of element.attributes) {
		writer.plain(` ${name}="`);
		if (fixed) {
			writer.plain(escapeValue(initial, '"'));
		} else {
			writeValue(writer, grammar, initial);
		}
		writer.plain('"');
	}
	writer.plain(namespace === undefined ? '' : ` xmlns="${namespace}"`);
	if (!element.canHaveChildren) {
		writer.plain(' />');
		return;
	}
	const inner = `${indentation}\t`;
	writer.plain('>');
	for (const child of element.children) {
		writer.plain(`\n${inner}<`);
		writeElement(writer, child, undefined, inner);
	}
	if (element.children.length === 0) {
		writer.plain(`\n${inner}`).stop();
	}
	writer.plain(`\n${indentation}</${element.name}>`);
}

interface Task {
	readonly file: ParsedFile;
	readonly service: Service;
	readonly prefix: string;
}

function plan(task: Task, parts: RequiredParts, path: readonly string[], parent: XmlElement | undefined): NewElement {
	const element = planned(parent, parts.name);
	const attributes = parts.attributes.map(({ name, value, grammar }) => {
		const initial = value === '' ? initialValue(task, element, grammar) : value;
		// A value may depend on one before it: an endpoint on its role.
		element.attributes.push(plannedAttribute(element, name, initial));
		return { name, initial, grammar };
	});
	for (const [name, initial] of partsBesideRequired(element)) {
		const grammar = elementGrammar(task.file.format, path)?.attributes.find(each => each.name === name);
		if (grammar && !attributes.some(each => each.name === name)) {
			attributes.push({ name, initial, grammar });
		}
	}
	const children = [...parts.children, ...chosen(task.file, path, parts)];
	const given =
		parts.name === 'Role' ? configuredParts(task.service, attribute(element, 'name')?.value ?? '', task.prefix) : [];
	return {
		name: task.prefix + parts.name,
		attributes,
		children: [...children.map(child => plan(task, child, [...path, child.name], element)), ...given],
		canHaveChildren: parts.canHaveChildren,
	};
}

/** What has to be there without being required: one of a choice (the first), and what makes a web role serve something. */
function chosen(file: ParsedFile, path: readonly string[], parts: RequiredParts): readonly RequiredParts[] {
	const child = (...names: readonly string[]) => requiredParts(file.format, [...path, ...names]);
	if (parts.name === 'WebRole') {
		const endpoints = child('Endpoints');
		const input = child('Endpoints', 'InputEndpoint');
		const sites = child('Sites');
		return [...(endpoints && input ? [{ ...endpoints, children: [input] }] : []), ...(sites ? [sites] : [])];
	}
	const source = parts.name === 'WhenSource' ? child('FromRole') : undefined;
	if (source) {
		return [source];
	}
	const choice = elementGrammar(file.format, path)?.choice ?? [];
	const first = choice[0] === undefined ? undefined : child(choice[0]);
	return first && !parts.children.some(({ name }) => choice.includes(name)) ? [first] : [];
}

/** Values that no grammar can tell, by the name of the attribute. */
const samples: Record<string, string> = {
	assemblyName: 'Role.dll',
	commandLine: 'startup.cmd',
	IPAddress: '10.0.0.4',
	remoteSubnet: '0.0.0.0/0',
	thumbprint: '0'.repeat(40),
	xpath: '/RoleEnvironment/Deployment/@id',
};

/** The value that a new attribute starts with. */
export function initialValue(
	{ file, service }: Pick<Task, 'file' | 'service'>,
	element: XmlElement,
	{ name, value, default: usual }: AttributeGrammar,
): string {
	const place = namedBy(element, name);
	const names = namesFor(file, service, element, name);
	const known = names.find(each => place?.kind !== 'loadBalancer' || isBalancerEverywhere(service, each));
	if (known !== undefined) {
		return known;
	}
	if (place && !place.declares) {
		// The site of a new web role is bound to the endpoint that is written with it; that of another waits for a name.
		return localName(element) === 'Binding' && isInNewRole(element)
			? freeName(service, planned(element.parent, 'InputEndpoint'), 'name')
			: '';
	}
	const neighbour = valueByNeighbours(element, name);
	if (neighbour !== undefined) {
		return neighbour;
	}
	const sample = samples[name] ?? usual ?? '';
	if (sample !== '') {
		return sample;
	}
	if (value.kind === 'name' || place) {
		return freeName(service, element, name);
	}
	if (value.kind === 'integer' || value.kind === 'integerOrStar') {
		return numberFor(service, element, name) ?? String(Math.max(1, value.minimum ?? 1));
	}
	return value.values[0]?.value ?? (value.form === '' ? '' : name);
}

/** A load balancer that one configuration lacks would make an endpoint wrong there. */
function isBalancerEverywhere({ configurations }: Service, name: string): boolean {
	return configurations.every(each => networkOf(each).loadBalancers.some(balancer => balancer.name?.text === name));
}

function isInNewRole(element: XmlElement): boolean {
	return localName(element) === 'WebRole' ? element.openTag.end === 0 : !!element.parent && isInNewRole(element.parent);
}

function numberFor(service: Service, element: XmlElement, name: string): string | undefined {
	if (
		localName(element) === 'FixedPortRange' &&
		element.parent?.parent &&
		localName(element.parent) !== 'InternalEndpoint'
	) {
		return String(freeRange(service)[name === 'max' ? 1 : 0]);
	}
	if (name === 'max') {
		return attribute(element, 'min')?.value;
	}
	return /port$|^min$/i.test(name) ? String(freePort(service)) : undefined;
}

/** `Endpoint2` where `Endpoint1` is taken. */
function freeName(service: Service, element: XmlElement, name: string): string {
	const taken = numberedNames(service);
	const beside = new Set(element.parent?.children.map(each => attribute(each, name)?.value));
	const base = localName(element).replace(/^.*(?=Endpoint$)/, '');
	for (let number = 1; ; number++) {
		const free = `${base}${number}`;
		if (!taken.has(free) && !beside.has(free)) {
			return free;
		}
	}
}

/** An element that is not in the text yet, so that what asks for an element can be asked about it. */
export function planned(parent: XmlElement | undefined, name: string): XmlElement & { attributes: XmlAttribute[] } {
	const nowhere = { start: 0, end: 0 };
	return {
		...nowhere,
		kind: 'element',
		parent,
		name: { ...nowhere, text: name },
		written: name,
		localName: name,
		attributes: [],
		content: [],
		children: [],
		hasText: false,
		openTag: nowhere,
		selfClosing: true,
		closeTag: undefined,
		closeName: undefined,
	};
}

function plannedAttribute(element: XmlElement, name: string, value: string): XmlAttribute {
	const nowhere = { start: 0, end: 0 };
	return {
		...nowhere,
		kind: 'attribute',
		element,
		name: { ...nowhere, text: name },
		written: name,
		rawValue: { ...nowhere, text: value },
		value,
	};
}
