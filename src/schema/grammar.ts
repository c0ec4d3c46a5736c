import { pathOf, type XmlElement } from '../xml/syntax';
import { type Format, schemaFileOf } from './catalog';
import type { ElementSchema, PropertySchema, SchemaFile, ValueSchema } from './schemaFile';

/**
 * What may stand where, and what it means: the reader of the schema files for completion and hover. Everything comes
 * from the same files that the validation checks.
 */
export interface ElementGrammar {
	readonly name: string;
	/** In Markdown, one to three sentences. */
	readonly description: string;
	/** The SDK that introduced it, for example `1.3`. */
	readonly since: string | undefined;
	/** Required ones first, otherwise in the order of the schema. */
	readonly attributes: readonly AttributeGrammar[];
	/** In the order in which they have to stand where the order matters. */
	readonly children: readonly ChildGrammar[];
	/** Groups of names in their order; `undefined` where any order is right. */
	readonly sequence: readonly (readonly string[])[] | undefined;
	/** Exactly one of these children has to be there. */
	readonly choice: readonly string[] | undefined;
}

export interface ChildGrammar {
	readonly name: string;
	readonly min: number;
	/** `Infinity` for any number. */
	readonly max: number;
	/** The description of the element itself. */
	readonly description: string;
	readonly since: string | undefined;
}

export interface AttributeGrammar {
	readonly name: string;
	readonly description: string;
	readonly required: boolean;
	readonly default: string | undefined;
	readonly since: string | undefined;
	readonly value: ValueGrammar;
}

export interface ValueGrammar {
	/** `open`: the listed values are proposals, others are allowed too. */
	readonly kind: 'text' | 'name' | 'integer' | 'integerOrStar' | 'boolean' | 'enumeration' | 'open';
	/** The values to propose; empty for `text` and `name`. */
	readonly values: readonly { readonly value: string; readonly description: string }[];
	readonly minimum: number | undefined;
	readonly maximum: number | undefined;
	/** The allowed form in words, for example `1 to 65535`; empty where anything goes. */
	readonly form: string;
	/** What a value has to match, where a pattern says it; `form` is its meaning. */
	readonly pattern: RegExp | undefined;
}

/** The root elements of a format, the usual one first. */
export function rootGrammars(format: Format): readonly ElementGrammar[] {
	return Object.keys(schemaFileOf(format).properties)
		.map(name => elementGrammar(format, [name]))
		.filter(grammar => grammar !== undefined);
}

/** The grammar of the element at this path of local names from the root; `undefined` where the schema has none there. */
export function elementGrammar(format: Format, path: readonly string[]): ElementGrammar | undefined {
	const file = schemaFileOf(format);
	let properties: ElementSchema['properties'] = file.properties;
	let schema: ElementSchema | undefined;
	for (const name of path) {
		schema = childSchema(file, properties, name);
		properties = schema?.properties;
	}
	const name = path.at(-1);
	return schema && name !== undefined ? grammarOf(file, name, schema) : undefined;
}

/** The grammar of an element of a tree. */
export function grammarAt(format: Format, element: XmlElement): ElementGrammar | undefined {
	return elementGrammar(format, pathOf(element));
}

/** The grammar of an attribute of a tree, by its name. */
export function attributeGrammar(format: Format, element: XmlElement, name: string): AttributeGrammar | undefined {
	return grammarAt(format, element)?.attributes.find(attribute => attribute.name === name);
}

/** The place of a name in the order of its parent; `undefined` where any order is right. */
export function rankOf(sequence: ElementGrammar['sequence'], name: string): number | undefined {
	const rank = sequence?.findIndex(group => group.includes(name)) ?? -1;
	return rank < 0 ? undefined : rank;
}

function childSchema(
	file: SchemaFile,
	properties: ElementSchema['properties'],
	name: string,
): ElementSchema | undefined {
	const reference = properties && Object.hasOwn(properties, name) ? properties[name]?.items?.$ref : undefined;
	return reference === undefined ? undefined : file.$defs[definitionName(reference)];
}

function definitionName(reference: string): string {
	return reference.slice('#/$defs/'.length);
}

const grammars = new WeakMap<ElementSchema, ElementGrammar>();

function grammarOf(file: SchemaFile, name: string, schema: ElementSchema): ElementGrammar {
	const known = grammars.get(schema);
	if (known) {
		return known;
	}
	const properties = Object.entries(schema.properties ?? {});
	const required = new Set(schema.required);
	const attributes = properties
		.filter(([key]) => key.startsWith('@'))
		.map(([key, property]) => attributeOf(file, key.slice(1), property, required.has(key)));
	const sequence = schema.sequence?.map(group => (typeof group === 'string' ? [group] : group));
	const children = properties
		.filter(([, property]) => property.items)
		.map(([key, property]) => childOf(file, key, property, required.has(key)));
	const grammar: ElementGrammar = {
		name,
		description: schema.description ?? '',
		since: schema.since,
		attributes: [...attributes.filter(each => each.required), ...attributes.filter(each => !each.required)],
		children: sequence
			? [...children].sort((a, b) => (rankOf(sequence, a.name) ?? 0) - (rankOf(sequence, b.name) ?? 0))
			: children,
		sequence,
		choice: schema.choice,
	};
	grammars.set(schema, grammar);
	return grammar;
}

function childOf(file: SchemaFile, name: string, property: PropertySchema, required: boolean): ChildGrammar {
	const schema = file.$defs[definitionName(property.items?.$ref ?? '')];
	return {
		name,
		min: required ? (property.minItems ?? 1) : 0,
		max: property.maxItems ?? Number.POSITIVE_INFINITY,
		description: schema?.description ?? '',
		since: schema?.since,
	};
}

function attributeOf(file: SchemaFile, name: string, property: PropertySchema, required: boolean): AttributeGrammar {
	const referenced = property.$ref === undefined ? undefined : file.$defs[definitionName(property.$ref)];
	const schema: ValueSchema = { ...referenced, ...property };
	return {
		name,
		description: schema.description ?? '',
		required,
		default: schema.default,
		since: schema.since,
		value: valueGrammar(schema),
	};
}

function valueGrammar(schema: ValueSchema): ValueGrammar {
	const { minimum, maximum } = schema;
	const listed = (schema.enum ?? schema.examples ?? []).map((value, index) => ({
		value,
		description: schema.enumDescriptions?.[index] ?? '',
	}));
	const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u');
	return { kind: kindOf(schema), values: listed, minimum, maximum, form: formOf(schema), pattern };
}

function kindOf(schema: ValueSchema): ValueGrammar['kind'] {
	if (schema.enum) {
		return 'enumeration';
	}
	switch (schema.lexical) {
		case 'boolean':
			return 'boolean';
		case 'integer':
		case 'unsignedInteger':
			return 'integer';
		case 'integerOrStar':
			return 'integerOrStar';
	}
	if (schema.examples) {
		return 'open';
	}
	return schema.patternDescription === undefined ? 'text' : 'name';
}

function formOf(schema: ValueSchema): string {
	const { minimum, maximum } = schema;
	if (minimum !== undefined && maximum !== undefined) {
		return schema.lexical === 'integerOrStar' ? `${minimum} to ${maximum}, or *` : `${minimum} to ${maximum}`;
	}
	if (minimum !== undefined) {
		return `${minimum} or more`;
	}
	if (schema.maxLength !== undefined) {
		return `${schema.minLength ?? 0} to ${schema.maxLength} characters`;
	}
	return schema.patternDescription ?? '';
}
