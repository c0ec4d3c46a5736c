import { listed } from '../base/listed';
import type { Problem, Severity } from '../base/problem';
import type { Span } from '../base/span';
import type { XmlAttribute, XmlElement } from '../xml/syntax';

/** Everything that a schema can find wrong: one entry a code, each with what a quick fix needs. */
export const problems = {
	unknownRoot: (span: Span, name: string, allowed: readonly string[]) => ({
		...problem('unknownRoot', span, `The root element has to be '${allowed[0] ?? ''}', not '${name}'.`),
		allowed,
	}),
	missingNamespace: (span: Span, element: XmlElement, expected: string) => ({
		...problem('missingNamespace', span, `The root element has no namespace: xmlns="${expected}" is missing.`),
		element,
		expected,
	}),
	wrongNamespace: (span: Span, found: string, expected: string) => ({
		...problem('wrongNamespace', span, `The namespace is '${found}', but has to be '${expected}'.`),
		expected,
	}),
	unknownElement: (
		span: Span,
		element: XmlElement,
		parent: string,
		allowed: readonly string[],
		/** What it may have been: a name near it, an entry of a list that may stand in `parent`, a part of the other file. */
		{ near, list, elsewhere }: Partial<Record<'near' | 'list' | 'elsewhere', string | undefined>>,
	) => ({
		...problem(
			'unknownElement',
			span,
			list !== undefined
				? `Element '${nameOf(element)}' is not allowed in '${parent}' itself: it belongs in '${list}'.`
				: elsewhere !== undefined
					? `Element '${nameOf(element)}' is not allowed in '${parent}': it belongs in ${elsewhere}.`
					: `Element '${nameOf(element)}' is not allowed in '${parent}'.${hint(allowed, near, `'${parent}' holds no elements.`)}`,
		),
		element,
		allowed,
		nearest: near,
		list,
	}),
	foreignElement: (span: Span, element: XmlElement, namespace: string) => ({
		...problem(
			'foreignElement',
			span,
			namespace === ''
				? `Element '${nameOf(element)}' has no namespace, so it is not allowed here.`
				: `Element '${nameOf(element)}' belongs to the namespace '${namespace}', which is not allowed here.`,
		),
		element,
	}),
	unknownAttribute: (
		span: Span,
		attribute: XmlAttribute,
		element: XmlElement,
		allowed: readonly string[],
		nearest: string | undefined,
		/** The other file, where this one would be allowed. */
		elsewhere: string | undefined,
	) => ({
		...problem(
			'unknownAttribute',
			span,
			elsewhere === undefined
				? `Attribute '${attribute.name.text}' is not allowed on '${nameOf(element)}'.${hint(allowed, nearest, `'${nameOf(element)}' has no attributes.`)}`
				: `Attribute '${attribute.name.text}' is not allowed on '${nameOf(element)}' here: it belongs in ${elsewhere}.`,
		),
		attribute,
		element,
		allowed,
		nearest,
	}),
	documentedName: (span: Span, element: XmlElement, name: string, expected: string) => ({
		...problem(
			'documentedName',
			span,
			`The documentation writes '${name}', but the platform's schema has '${expected}'.`,
			'warning',
		),
		element,
		expected,
	}),
	missingAttribute: (span: Span, element: XmlElement, name: string) => ({
		...problem('missingAttribute', span, `Attribute '${name}' is missing on '${nameOf(element)}'.`),
		element,
		name,
	}),
	missingElement: (span: Span, parent: XmlElement, name: string, severity: Severity) => ({
		...problem('missingElement', span, `'${nameOf(parent)}' needs an element '${name}'.`, severity),
		parent,
		name,
	}),
	missingChoice: (span: Span, parent: XmlElement, allowed: readonly string[]) => ({
		...problem('missingChoice', span, `'${nameOf(parent)}' needs ${list(allowed, 'or')}.`),
		parent,
		allowed,
	}),
	onlyOneOf: (span: Span, element: XmlElement, allowed: readonly string[]) => ({
		...problem('onlyOneOf', span, `Only one of ${list(allowed, 'and')} is allowed.`),
		element,
	}),
	tooManyElements: (span: Span, element: XmlElement, parent: string, most: number) => ({
		...problem(
			'tooManyElements',
			span,
			`'${parent}' allows ${most === 1 ? 'only one' : `at most ${most}`} '${nameOf(element)}'.`,
		),
		element,
		most,
	}),
	/** `before` is the sibling that it has to stand before, otherwise `after` the one that it has to stand after. */
	elementOrder: (
		span: Span,
		element: XmlElement,
		before: XmlElement | undefined,
		after: XmlElement | undefined,
		severity: Severity,
	) => ({
		...problem('elementOrder', span, orderMessage(element, before, after), severity),
		element,
		before,
		after,
	}),
	textNotAllowed: (span: Span, element: string) =>
		problem('textNotAllowed', span, `Text is not allowed in '${element}'.`),
	blankNotAllowed: (span: Span, element: string) =>
		problem('blankNotAllowed', span, `'${element}' has to be empty: not even blanks or line breaks may stand in it.`),
	valueNotAllowed: (
		span: Span,
		value: string,
		attribute: string,
		allowed: readonly string[],
		nearest: string | undefined,
		severity: Severity,
	) => ({
		...problem(
			'valueNotAllowed',
			span,
			`'${value}' is not a value of '${attribute}'.${hint(allowed, nearest, '')}`,
			severity,
		),
		allowed,
		nearest,
	}),
	valueForm: (span: Span, value: string, attribute: string, form: string) =>
		problem('valueForm', span, formMessage(value, attribute, form)),
	valueRange: (span: Span, value: string, attribute: string, range: string) =>
		problem('valueRange', span, `${value} is out of range: '${attribute}' has to be ${range}.`),
	valueLength: (span: Span, attribute: string, least: number, most: number) =>
		problem('valueLength', span, `The value of '${attribute}' has to be ${least} to ${most} characters long.`),
	notInSchemaVersion: (span: Span, name: string, since: string, version: string) => ({
		...problem(
			'notInSchemaVersion',
			span,
			`'${name}' needs schemaVersion '${since}' or later; this file says '${version}'.`,
		),
		since,
	}),
};

export type SchemaProblem = ReturnType<(typeof problems)[keyof typeof problems]>;

function problem<C extends string>(code: C, { start, end }: Span, message: string, severity: Severity = 'error') {
	return { code, severity, layer: 'schema', message, span: { start, end } } as const satisfies Problem;
}

function hint(allowed: readonly string[], nearest: string | undefined, none: string): string {
	if (nearest !== undefined) {
		return ` Did you mean '${nearest}'?`;
	}
	if (allowed.length === 0) {
		return none && ` ${none}`;
	}
	return allowed.length <= 10 ? ` Allowed: ${allowed.join(', ')}.` : '';
}

function list(names: readonly string[], last: 'and' | 'or'): string {
	return listed(
		names.map(name => `'${name}'`),
		last,
	);
}

function orderMessage(element: XmlElement, before: XmlElement | undefined, after: XmlElement | undefined): string {
	const name = nameOf(element);
	return before
		? `'${name}' has to stand before '${nameOf(before)}'.`
		: `'${name}' has to stand after '${after ? nameOf(after) : ''}'.`;
}

function nameOf(element: XmlElement): string {
	return element.name?.text ?? '';
}

/** Marks of direction, blanks without width and control characters, which come along when a value is pasted (cscfg.md 3). */
export const hiddenCharacter = /[\p{Cc}\p{Cf}]/u;

function formMessage(value: string, attribute: string, form: string): string {
	const hidden = hiddenCharacter.exec(value)?.[0].codePointAt(0);
	if (hidden !== undefined) {
		const code = hidden.toString(16).toUpperCase().padStart(4, '0');
		return `The value of '${attribute}' holds the character U+${code}, which nobody sees; remove it: the value has to be ${form}.`;
	}
	return value === ''
		? `The value of '${attribute}' is empty: it has to be ${form}.`
		: `'${value}' is not a value of '${attribute}': it has to be ${form}.`;
}
