import type { ErrorObject } from 'ajv/dist/2020';
import { nearest } from '../base/nearest';
import type { Span } from '../base/span';
import {
	attribute,
	childrenNamed,
	localName,
	type XmlAttribute,
	type XmlDocument,
	type XmlElement,
} from '../xml/syntax';
import { type Format, schemaFileOf } from './catalog';
import { versionOf } from './checks';
import { placeInOtherFile } from './otherFile';
import { problems, type SchemaProblem } from './problems';
import type { Projection } from './projection';
import type { ElementSchema, PropertySchema, SchemaFile, ValueSchema } from './schemaFile';
import type { Misplaced } from './sequence';

/** One error of ajv as problems of the text. A `switch` over the keyword; each case names what it needs of the error. */
export function translate(
	error: ErrorObject,
	document: XmlDocument,
	projection: Projection,
	format: Format,
): SchemaProblem[] {
	const node = projection.nodeAt(error.instancePath);
	if (!node) {
		return [];
	}
	if (node.kind === 'attribute') {
		return aboutValue(error, node);
	}
	const schema = (error.parentSchema ?? {}) as ElementSchema & PropertySchema;
	switch (error.keyword) {
		case 'additionalProperties':
			return unknownIn(document, node, String(error.params.additionalProperty), schema, format);
		case 'required':
			return [missing(node, String(error.params.missingProperty))];
		case 'requiredSince':
			return missingSince(node, error.params.missing as string[], schema, projection);
		case 'minItems':
			return node.parent ? [problems.missingElement(nameSpan(node.parent), node.parent, localName(node), 'error')] : [];
		case 'maxItems':
			return tooMany(node, Number(error.params.limit));
		case 'choice':
			return choice(node, error.params.present as string[], schema.choice ?? []);
		case 'sequence':
			return misplaced(error.params.misplaced as Misplaced[], error.params.documented === true);
		case 'allowedSince':
			return [notInVersion(error, localName(node), nameSpan(node))];
		default:
			return [];
	}
}

function unknownIn(
	document: XmlDocument,
	element: XmlElement,
	key: string,
	schema: ElementSchema,
	format: Format,
): SchemaProblem[] {
	const name = localName(element);
	if (key === '#text') {
		return [problems.textNotAllowed(textSpan(document, element, false), name)];
	}
	if (key === '#blank') {
		return [problems.blankNotAllowed(textSpan(document, element, true), name)];
	}
	const allowed = Object.keys(schema.properties ?? {});
	if (key.startsWith('@')) {
		return unknownAttribute(element, key, allowed, schema, format);
	}
	const children = allowed.filter(other => !other.startsWith('@') && !other.startsWith('#'));
	return unknownElements(element, key, children, format, name => listOf(name, schema, schemaFileOf(format)));
}

function unknownAttribute(
	element: XmlElement,
	key: string,
	allowed: readonly string[],
	schema: ElementSchema,
	format: Format,
): SchemaProblem[] {
	const local = key.slice(key.indexOf('}') + 1).replace(/^@/, '');
	const foreign = key.startsWith('@{');
	const found = element.attributes.find(
		({ name }) => name.text === local || (foreign && name.text.endsWith(`:${local}`)),
	);
	if (!found) {
		return [];
	}
	const expected = schema.documentedNames?.[key]?.slice(1);
	if (expected !== undefined && !attribute(element, expected)) {
		return [problems.documentedName(found.name, element, found.name.text, expected)];
	}
	const names = allowed.filter(other => other.startsWith('@')).map(other => other.slice(1));
	const free = names.filter(name => !attribute(element, name));
	const elsewhere = foreign ? undefined : placeInOtherFile(format, localName(element), key);
	const near = foreign || elsewhere !== undefined ? undefined : nearest(local, free);
	return [problems.unknownAttribute(found.name, found, element, names, near, elsewhere)];
}

function unknownElements(
	parent: XmlElement,
	key: string,
	allowed: readonly string[],
	format: Format,
	listOf: (name: string) => string | undefined,
): SchemaProblem[] {
	const end = key.lastIndexOf('}');
	const local = key.slice(end + 1);
	const namespace = key.slice(1, Math.max(end, 1));
	const foreign = end >= 0 && local !== '__proto__';
	const list = listOf(local);
	const elsewhere = placeInOtherFile(format, localName(parent), local);
	const near = elsewhere === undefined ? nearest(local, allowed) : undefined;
	return childrenNamed(parent, local).map(element => {
		if (foreign) {
			return problems.foreignElement(nameSpan(element), element, namespace);
		}
		// What holds others of its name is the list, misspelt, and no entry of it.
		const meant = list !== undefined && childrenNamed(element, local).length === 0 ? { list } : { near, elsewhere };
		return problems.unknownElement(nameSpan(element), element, localName(parent), allowed, meant);
	});
}

/** The child of an element that is nothing but a list and may hold what this name stands for: `Sites` for `Site`. */
function listOf(name: string, { properties = {} }: ElementSchema, file: SchemaFile): string | undefined {
	return Object.keys(properties).find(key => {
		const list = file.$defs[properties[key]?.items?.$ref?.slice('#/$defs/'.length) ?? ''];
		const entry = list?.properties && Object.hasOwn(list.properties, name) ? list.properties[name] : undefined;
		// The lists of old SDKs hold a certain number.
		const holds = entry?.items !== undefined && (entry.maxItems ?? 1) === 1;
		return holds && !list?.required?.some(each => each.startsWith('@'));
	});
}

function missing(element: XmlElement, key: string): SchemaProblem {
	return key.startsWith('@')
		? problems.missingAttribute(nameSpan(element), element, key.slice(1))
		: problems.missingElement(nameSpan(element), element, key, 'error');
}

function missingSince(
	element: XmlElement,
	names: readonly string[],
	schema: ElementSchema,
	projection: Projection,
): SchemaProblem[] {
	const version = versionOf(projection.value) ?? '';
	return names.map(name => {
		const needed = version >= (schema.requiredSince?.[name] ?? '');
		return problems.missingElement(nameSpan(element), element, name, needed ? 'error' : 'warning');
	});
}

/** `first` is the first of the list; the ones beyond the limit are the problem, and the first of them stands for all. */
function tooMany(first: XmlElement, limit: number): SchemaProblem[] {
	const extra = first.parent && childrenNamed(first.parent, localName(first))[limit];
	return extra?.parent ? [problems.tooManyElements(nameSpan(extra), extra, localName(extra.parent), limit)] : [];
}

function choice(element: XmlElement, present: readonly string[], allowed: readonly string[]): SchemaProblem[] {
	if (present.length === 0) {
		return [problems.missingChoice(nameSpan(element), element, allowed)];
	}
	const second = element.children.filter(child => present.includes(localName(child)))[1];
	return second ? [problems.onlyOneOf(nameSpan(second), second, allowed)] : [];
}

function misplaced(found: readonly Misplaced[], documented: boolean): SchemaProblem[] {
	return found.map(({ element, before, after }) =>
		problems.elementOrder(nameSpan(element), element, before, after, documented ? 'warning' : 'error'),
	);
}

function notInVersion(error: ErrorObject, name: string, span: Span): SchemaProblem {
	return problems.notInSchemaVersion(span, name, String(error.params.since), String(error.params.version));
}

/** A value that was not typed yet is no wrong value. */
function aboutValue(error: ErrorObject, node: XmlAttribute): SchemaProblem[] {
	const { name, value, rawValue } = node;
	if (!rawValue) {
		return [];
	}
	const schema = (error.parentSchema ?? {}) as ValueSchema;
	const span = rawValue.end > rawValue.start ? rawValue : node;
	switch (error.keyword) {
		case 'enum':
			return [notAllowed(span, value, name.text, schema.enum ?? [], schema)];
		case 'pattern':
			return [problems.valueForm(span, value, name.text, schema.patternDescription ?? `of the form ${schema.pattern}`)];
		case 'minLength':
		case 'maxLength':
			return [problems.valueLength(span, name.text, schema.minLength ?? 0, schema.maxLength ?? 0)];
		case 'lexical':
			return [wrongNumber(span, value, name.text, schema, error.params.verdict === 'range')];
		case 'allowedSince':
			return [notInVersion(error, name.text, name)];
		default:
			return [];
	}
}

function notAllowed(
	span: Span,
	value: string,
	name: string,
	allowed: readonly string[],
	schema: ValueSchema,
): SchemaProblem {
	const severity = schema.valueSeverity === 'warning' ? 'warning' : 'error';
	return problems.valueNotAllowed(span, value, name, allowed, nearest(value, allowed), severity);
}

function wrongNumber(span: Span, value: string, name: string, schema: ValueSchema, range: boolean): SchemaProblem {
	if (schema.lexical === 'boolean') {
		return notAllowed(span, value, name, schema.examples ?? [], schema);
	}
	const { minimum, maximum } = schema;
	const star = schema.lexical === 'integerOrStar' ? ', or *' : '';
	if (!range) {
		const sign = schema.lexical === 'unsignedInteger' ? ' without a sign' : '';
		return problems.valueForm(span, value, name, `a whole number${sign}${star}`);
	}
	const bounds = maximum === undefined ? `${minimum ?? 'a whole number'} or more` : `${minimum ?? 0} to ${maximum}`;
	return problems.valueRange(span, value.trim(), name, bounds + star);
}

function nameSpan(element: XmlElement): Span {
	return element.name ?? element.openTag;
}

function textSpan(document: XmlDocument, element: XmlElement, blank: boolean): Span {
	const text = element.content.find(node => node.kind === 'text' && node.blank === blank) ?? element;
	if (blank) {
		return text;
	}
	const raw = document.text.slice(text.start, text.end);
	const start = text.start + raw.length - raw.trimStart().length;
	return { start, end: start + raw.trim().length };
}
