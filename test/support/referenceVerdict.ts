import { type Format, namespaceOfFormat } from '../../src/schema/catalog';
import type { SchemaProblem } from '../../src/schema/problems';
import { validateSchema } from '../../src/schema/validation';
import { elementAt } from '../../src/xml/spot';
import { attribute, namespaceOf, prefixOf, type XmlDocument, type XmlElement } from '../../src/xml/syntax';
import { type ReferenceType, referenceTypes, referenceValues } from './referenceSchema';

/**
 * The elements in which something is wrong by the statements of csdef.md and cscfg.md: each by what is wrong with its
 * attributes or its text (`tag`), or with which children it has (`children`), and where it begins.
 */
export function referenceVerdict({ root }: XmlDocument, format: Format): readonly string[] {
	const found = new Set<string>();
	const rootType = root && referenceTypes[format].get(root.localName);
	const isRoot = root?.localName === (format === 'csdef' ? 'ServiceDefinition' : 'ServiceConfiguration');
	if (root && rootType && isRoot) {
		const report = (what: 'tag' | 'children', element: XmlElement) => found.add(`${what} ${element.start}`);
		const version = attribute(root, 'schemaVersion')?.value ?? '';
		const namespace = namespaceOf(root, prefixOf(root)) ?? '';
		if (namespace !== namespaceOfFormat(format)) {
			// One error; what stands inside is compared as if it were right.
			report('tag', root);
		}
		check({ format, namespace, version: /^\d{4}-\d\d\./.test(version) ? version : undefined, report }, root, rootType);
	} else if (root) {
		found.add(`tag ${root.start}`);
	}
	return [...found].sort();
}

/** The same of what the product's own schemas find. */
export function ownVerdict(document: XmlDocument, format: Format): readonly string[] {
	const errors = validateSchema(document, format).filter(({ severity }) => severity === 'error');
	return [...new Set(errors.map(problem => placeOf(document, problem)))].sort();
}

interface Judge {
	readonly format: Format;
	readonly namespace: string;
	readonly version: string | undefined;
	readonly report: (what: 'tag' | 'children', element: XmlElement) => void;
}

function check(judge: Judge, element: XmlElement, type: ReferenceType): void {
	checkAttributes(judge, element, type);
	const isEmpty = type.children.length === 0;
	const text = element.content.some(node => node.kind === 'text' && (!node.blank || isEmpty));
	if (text && !(isEmpty && element.children.length > 0 && !element.hasText)) {
		judge.report('tag', element);
	}
	checkChildren(judge, element, type);
	for (const child of element.children) {
		const part = type.children.find(({ types }) => types.has(child.localName));
		const childType = referenceTypes[judge.format].get(part?.types.get(child.localName) ?? '');
		if (childType && isOwn(judge, child)) {
			check(judge, child, childType);
		}
	}
}

function checkAttributes({ format, version, report }: Judge, element: XmlElement, { attributes }: ReferenceType): void {
	const given = new Set(element.attributes.map(({ written }) => written));
	for (const [name, { required }] of attributes) {
		// The documentation's `endpoint` is worth a warning only.
		const documented = element.localName === 'EndpointAcl' && name === 'endPoint' && given.has('endpoint');
		if (required && !given.has(name) && !documented) {
			report('tag', element);
		}
	}
	for (const { written, value } of element.attributes) {
		const prefix = written.includes(':') ? written.slice(0, written.indexOf(':')) : '';
		if (written === 'xmlns' || prefix === 'xmlns' || /^xml:(lang|space|base)$/.test(written)) {
			continue;
		}
		if (prefix !== '' && namespaceOf(element, prefix) === 'http://www.w3.org/2001/XMLSchema-instance') {
			continue;
		}
		const documented = element.localName === 'EndpointAcl' && written === 'endpoint' && !given.has('endPoint');
		const known = attributes.get(written);
		const tooNew =
			format === 'cscfg' && written === 'virtualIpName' && version !== undefined && version < '2015-04.2.6';
		if (known ? !referenceValues[known.type]?.(value) || tooNew : !documented) {
			report('tag', element);
		}
	}
}

const documentedOrder = [
	'AccessControls',
	'EndpointAcls',
	'Dns',
	'VirtualNetworkSite',
	'AddressAssignments',
	'LoadBalancers',
	'NetworkSecurityGroupRefs',
];

function checkChildren(judge: Judge, element: XmlElement, { model, children }: ReferenceType): void {
	const { version, report } = judge;
	const names: string[] = [];
	for (const child of element.children) {
		if (!children.some(({ types }) => types.has(child.localName)) || !isOwn(judge, child)) {
			report('children', element);
		} else {
			names.push(child.localName);
		}
		if (child.localName === 'VirtualIPs' && version !== undefined && version < '2015-04.2.6') {
			report('children', element);
		}
	}
	const counts = children.map(({ types }) => names.filter(name => types.has(name)).length);
	if (model === 'one') {
		if (names.length !== 1) {
			report('children', element);
		}
		return;
	}
	const ranks = names.map(name => children.findIndex(({ types }) => types.has(name)));
	const inDocumentedOrder =
		element.localName === 'NetworkConfiguration' && isSorted(names.map(name => documentedOrder.indexOf(name)));
	const wrongOrder = model === 'seq' && !isSorted(ranks) && !inDocumentedOrder;
	const wrongCount = children.some(({ min, max }, index) => (counts[index] ?? 0) < min || (counts[index] ?? 0) > max);
	// Sites became mandatory with this schema (csdef.md 4.2).
	const noSites = element.localName === 'WebRole' && !names.includes('Sites') && (version ?? '') >= '2014-06.2.4';
	if (wrongOrder || wrongCount || noSites) {
		report('children', element);
	}
}

function isSorted(ranks: readonly number[]): boolean {
	return ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) <= rank);
}

function isOwn({ namespace }: Judge, element: XmlElement): boolean {
	return (namespaceOf(element, prefixOf(element)) ?? '') === namespace;
}

function placeOf(document: XmlDocument, problem: SchemaProblem): string {
	switch (problem.code) {
		case 'unknownElement':
		case 'foreignElement':
		case 'tooManyElements':
		case 'onlyOneOf':
		case 'elementOrder':
			return `children ${problem.element.parent?.start}`;
		case 'missingElement':
		case 'missingChoice':
			return `children ${problem.parent.start}`;
		case 'notInSchemaVersion': {
			const element = elementAt(document, problem.span.start + 1);
			const isName = element?.name?.start === problem.span.start;
			return isName ? `children ${element.parent?.start}` : `tag ${element?.start}`;
		}
		default:
			return `tag ${elementAt(document, problem.span.start + (problem.span.start === 0 ? 1 : 0))?.start ?? document.root?.start}`;
	}
}
