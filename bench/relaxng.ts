import { type Format, schemaFileOf } from '../src/schema/catalog';
import type { ElementSchema, PropertySchema, SchemaFile, ValueSchema } from '../src/schema/schemaFile';

/**
 * The schema of a format as RELAX NG, for libxml2: the peer of our own validation. It says the same about elements,
 * attributes, order, counts and values; what depends on the schemaVersion is left out.
 */
export function relaxNg(format: Format): string {
	const file = schemaFileOf(format);
	const definitions = Object.entries(file.$defs).map(([name, schema]) => {
		const isElement = Object.keys(schema.properties ?? {}).length > 0;
		return `<define name="${name}">${isElement ? contentOf(file, schema) : patternOf(file, schema)}</define>`;
	});
	const roots = Object.keys(file.properties).map(name => element(name, file.properties[name] ?? {}));
	return `<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" ns="${file.targetNamespace}"><start><choice>${roots.join('')}</choice></start>${definitions.join('')}</grammar>`;
}

function contentOf(file: SchemaFile, schema: ElementSchema): string {
	const required = new Set(schema.required);
	const properties = Object.entries(schema.properties ?? {});
	const attributes = properties
		.filter(([key]) => key.startsWith('@'))
		.map(([key, property]) => {
			const attribute = `<attribute name="${key.slice(1)}" ns="">${patternOf(file, property)}</attribute>`;
			return required.has(key) ? attribute : `<optional>${attribute}</optional>`;
		});
	const children = new Map(
		properties.filter(([, { items }]) => items).map(([name, each]) => [name, [each, required.has(name)] as const]),
	);
	return attributes.join('') + childrenOf(schema, children) || '<empty/>';
}

type Children = ReadonlyMap<string, readonly [PropertySchema, boolean]>;

function childrenOf({ sequence, choice }: ElementSchema, children: Children): string {
	if (choice) {
		const chosen = choice.map(name => element(name, children.get(name)?.[0] ?? {}));
		const others = [...children].filter(([name]) => !choice.includes(name));
		return `${others.map(each => repeated(...each)).join('')}<choice>${chosen.join('')}</choice>`;
	}
	if (sequence) {
		return sequence
			.map(group =>
				typeof group === 'string'
					? repeated(group, children.get(group) ?? [{}, false])
					: `<zeroOrMore><choice>${group.map(name => element(name, children.get(name)?.[0] ?? {})).join('')}</choice></zeroOrMore>`,
			)
			.join('');
	}
	const parts = [...children].map(each => repeated(...each));
	return parts.length > 1 ? `<interleave>${parts.join('')}</interleave>` : parts.join('');
}

function repeated(name: string, [property, required]: readonly [PropertySchema, boolean]): string {
	const once = property.maxItems === 1;
	const tag = required ? (once ? 'group' : 'oneOrMore') : once ? 'optional' : 'zeroOrMore';
	return `<${tag}>${element(name, property)}</${tag}>`;
}

function element(name: string, { items }: PropertySchema): string {
	return `<element name="${name}"><ref name="${definitionName(items?.$ref ?? '')}"/></element>`;
}

function patternOf(file: SchemaFile, schema: ValueSchema): string {
	const {
		enum: values,
		pattern,
		minLength,
		maxLength,
		lexical,
	} = {
		...(schema.$ref === undefined ? {} : file.$defs[definitionName(schema.$ref)]),
		...schema,
	};
	if (values) {
		return `<choice>${values.map(value => `<value>${escaped(value)}</value>`).join('')}</choice>`;
	}
	if (lexical === 'boolean') {
		return '<data type="boolean"/>';
	}
	if (lexical !== undefined) {
		return lexical === 'integerOrStar'
			? '<choice><data type="int"/><value>*</value></choice>'
			: `<data type="${lexical === 'integer' ? 'int' : 'unsignedShort'}"/>`;
	}
	const facets = [
		pattern === undefined ? '' : parameter('pattern', portable(pattern)),
		minLength === undefined ? '' : parameter('minLength', String(minLength)),
		maxLength === undefined ? '' : parameter('maxLength', String(maxLength)),
	].join('');
	return facets === '' ? '<text/>' : `<data type="string">${facets}</data>`;
}

function parameter(name: string, value: string): string {
	return `<param name="${name}">${escaped(value)}</param>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function definitionName(reference: string): string {
	return reference.slice('#/$defs/'.length);
}

/** The pattern as XML Schema writes it: always about the whole value, without escapes of characters. */
function portable(pattern: string): string {
	return pattern
		.replace(/^\^|(?:\\n\?)?\$$/g, '')
		.replaceAll('(?:', '(')
		.replaceAll('\\t-\\r ', '\\s')
		.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}
