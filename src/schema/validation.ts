import type { ErrorObject } from 'ajv/dist/2020';
import { localName, namespaceOf, prefixOf, type XmlDocument, type XmlElement } from '../xml/syntax';
import { isTransform } from '../xml/transform';
import { type Format, schemaFileOf } from './catalog';
import { withoutConsequences } from './consequences';
import { problems, type SchemaProblem } from './problems';
import { type Projection, project } from './projection';
import type { SchemaFile } from './schemaFile';
import { translate } from './translate';
import { validatorOf } from './validators';

/**
 * What the schema of its format finds wrong with a document, in the order of the text. Text that is not well-formed is
 * judged as far as it goes. A transform file is not judged at all (cscfg.md 7.1).
 */
export function validateSchema(document: XmlDocument, format: Format): SchemaProblem[] {
	const { root } = document;
	if (!root?.name || isTransform(document)) {
		return [];
	}
	const file = schemaFileOf(format);
	if (!Object.hasOwn(file.properties, localName(root))) {
		return [problems.unknownRoot(root.name, root.name.text, Object.keys(file.properties))];
	}
	const namespace = namespaceOf(root, prefixOf(root)) ?? '';
	const projection = project(root, namespace, child => right.get(child) === format);
	const found = namespaceProblems(document, namespace, file.targetNamespace);
	const validate = validatorOf(format);
	if (!validate(projection.value)) {
		found.push(...translateAll(validate.errors ?? [], document, projection, format));
	}
	found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
	noteRight(root, file, found, format);
	return found;
}

/**
 * The children of a root in which nothing was wrong by the schema of a format. Most of them outlive a change of the text
 * (`xml/reparse.ts`) and are not judged again; where the tag of the root changes, every element is a new one.
 */
const right = new WeakMap<XmlElement, Format>();

/** A child of which there may be only so many counts for its siblings too, so that one is judged each time. */
function noteRight(root: XmlElement, file: SchemaFile, found: readonly SchemaProblem[], format: Format): void {
	const reference = file.properties[root.localName]?.items?.$ref ?? '';
	const { properties = {} } = file.$defs[reference.slice('#/$defs/'.length)] ?? {};
	let next = 0;
	for (const child of root.children) {
		while ((found[next]?.span.start ?? Number.POSITIVE_INFINITY) < child.start) {
			next++;
		}
		const isWrong = (found[next]?.span.start ?? Number.POSITIVE_INFINITY) < child.end;
		const property = Object.hasOwn(properties, child.localName) ? properties[child.localName] : undefined;
		if (!isWrong && property && property.maxItems === undefined) {
			right.set(child, format);
		}
	}
}

function translateAll(
	errors: readonly ErrorObject[],
	document: XmlDocument,
	projection: Projection,
	format: Format,
): SchemaProblem[] {
	return withoutConsequences(
		document,
		errors.flatMap(error => translate(error, document, projection, format)),
	);
}

/** The elements are judged as if they had the right namespace, so that a wrong one is one problem. */
function namespaceProblems(document: XmlDocument, namespace: string, expected: string): SchemaProblem[] {
	const { root } = document;
	if (!root?.name || namespace === expected) {
		return [];
	}
	const prefix = prefixOf(root);
	const declaration = root.attributes.find(({ name }) => name.text === (prefix === '' ? 'xmlns' : `xmlns:${prefix}`));
	if (!declaration) {
		return [problems.missingNamespace(root.name, root, expected)];
	}
	// Without quotes it is no value at all, which is reported of the syntax.
	return declaration.rawValue ? [problems.wrongNamespace(declaration.rawValue, namespace, expected)] : [];
}
