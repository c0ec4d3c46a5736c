import type { Problem } from '../base/problem';
import type { Span } from '../base/span';

type Code = keyof typeof problems;

/** Everything that can be wrong with a text as XML: one entry a code. Fixes are chosen by the code. */
export const problems = {
	noRoot: (span: Span) =>
		error('noRoot', span, 'The file has no element: it is neither a definition nor a configuration.'),
	secondRoot: (span: Span, name: string) =>
		error('secondRoot', span, `'${name}' stands after the end of the root element: a file has one root element.`),
	textOutsideRoot: (span: Span) => error('textOutsideRoot', span, 'Text is not allowed outside the root element.'),
	elementNameExpected: (span: Span) =>
		error('elementNameExpected', span, "The name of an element is expected after '<'; write it, or remove the '<'."),
	mergeConflict: (span: Span) =>
		error(
			'mergeConflict',
			span,
			'A merge left both versions here: keep one of them, and remove the other with the lines of <, = and >.',
		),
	tagNotClosed: (span: Span, name: string) => ({
		...error('tagNotClosed', span, `The tag of '${name}' is not closed: '>' or '/>' is missing.`),
		name,
	}),
	missingCloseTag: (span: Span, name: string) => ({
		...error('missingCloseTag', span, `'${name}' has no closing tag '</${name}>'.`),
		name,
	}),
	wrongCloseTag: (span: Span, found: string, expected: string) => ({
		...error(
			'wrongCloseTag',
			span,
			found === ''
				? `The closing tag '</${expected}>' is expected here.`
				: `'</${found}>' closes '${expected}': write '</${expected}>'.`,
		),
		expected,
	}),
	closeTagWithoutOpen: (span: Span, name: string) =>
		error('closeTagWithoutOpen', span, `'</${name}>' closes an element that is not open.`),
	closeTagNotClosed: (span: Span, name: string) =>
		error('closeTagNotClosed', span, `The closing tag of '${name}' is not closed: '>' is missing.`),
	unexpectedInTag: (span: Span, text: string) =>
		error('unexpectedInTag', span, `'${text}' is not expected here: a tag holds attributes of the form name="value".`),
	attributeWithoutValue: (span: Span, name: string) =>
		error('attributeWithoutValue', span, `Attribute '${name}' has no value: write ${name}="...".`),
	valueNotQuoted: (span: Span, name: string, typographic: boolean) => ({
		...error(
			'valueNotQuoted',
			span,
			typographic
				? `The quotes around the value of attribute '${name}' are typographic ones, as of a text: write straight ones (").`
				: `The value of attribute '${name}' has to stand in quotes.`,
		),
		typographic,
	}),
	valueNotClosed: (span: Span, name: string, quote: string) => ({
		...error('valueNotClosed', span, `The value of attribute '${name}' is not closed: ${quote} is missing.`),
		quote,
	}),
	blankMissing: (span: Span) => error('blankMissing', span, 'A blank is missing before this attribute.'),
	duplicateAttribute: (span: Span, name: string) =>
		error('duplicateAttribute', span, `Attribute '${name}' is given twice.`),
	lessThanInValue: (span: Span) =>
		error('lessThanInValue', span, "'<' is not allowed in the value of an attribute: write '&lt;'."),
	ampersand: (span: Span) =>
		error('ampersand', span, "'&' begins a reference such as '&lt;': write '&amp;' for the character itself."),
	undefinedEntity: (span: Span, name: string, declarable: boolean) => ({
		...error('undefinedEntity', span, `'&${name};' is not defined: only &amp; &lt; &gt; &quot; and &apos; are.`),
		severity: declarable ? ('warning' as const) : ('error' as const),
	}),
	badCharacterReference: (span: Span, reference: string) =>
		error('badCharacterReference', span, `'${reference}' is no character that a file may hold.`),
	illegalCharacter: (span: Span, hex: string) =>
		error('illegalCharacter', span, `The character U+${hex} is not allowed in a file of this kind.`),
	commentNotClosed: (span: Span) => error('commentNotClosed', span, "The comment is not closed: '-->' is missing."),
	doubleHyphen: (span: Span) => error('doubleHyphen', span, "'--' is not allowed inside a comment."),
	characterDataNotClosed: (span: Span) =>
		error('characterDataNotClosed', span, "The character data is not closed: ']]>' is missing."),
	characterDataOutsideRoot: (span: Span) =>
		error('characterDataOutsideRoot', span, 'Character data is not allowed outside the root element.'),
	characterDataEnd: (span: Span) => error('characterDataEnd', span, "']]>' is not allowed in text: write ']]&gt;'."),
	instructionNotClosed: (span: Span) =>
		error('instructionNotClosed', span, "The processing instruction is not closed: '?>' is missing."),
	instructionName: (span: Span) =>
		error('instructionName', span, "The name of a processing instruction is expected after '<?'."),
	declarationNotFirst: (span: Span) =>
		error(
			'declarationNotFirst',
			span,
			"The XML declaration '<?xml ... ?>' may stand only at the very beginning of the file.",
		),
	badDeclaration: (span: Span) =>
		error('badDeclaration', span, 'The XML declaration has the form <?xml version="1.0" encoding="utf-8"?>.'),
	doctype: (span: Span) => ({
		...error(
			'doctype',
			span,
			'A document type declaration is ignored here, and refused by the tools that read this file.',
		),
		severity: 'warning' as const,
	}),
	doctypeMisplaced: (span: Span) =>
		error('doctypeMisplaced', span, 'A document type declaration is allowed once, before the root element.'),
	doctypeNotClosed: (span: Span) =>
		error('doctypeNotClosed', span, "The document type declaration is not closed: '>' is missing."),
	unknownMarkup: (span: Span) =>
		error('unknownMarkup', span, "After '<!' only a comment, '<![CDATA[' or '<!DOCTYPE' may follow."),
	tooDeep: (span: Span, deepest: number) =>
		error('tooDeep', span, `Elements are nested more than ${deepest} deep: what is inside this one is not checked.`),
	colonInName: (span: Span, name: string) =>
		error('colonInName', span, `'${name}' is no name: a colon may stand only once, between a prefix and a name.`),
	emptyNamespace: (span: Span, declaration: string) =>
		error('emptyNamespace', span, `'${declaration}' has to name a namespace; write one, or remove the declaration.`),
	undeclaredPrefix: (span: Span, prefix: string) =>
		error('undeclaredPrefix', span, `The prefix '${prefix}' is not declared: xmlns:${prefix}="..." is missing.`),
};

export type XmlProblem = ReturnType<(typeof problems)[Code]>;

function error<C extends string>(code: C, { start, end }: Span, message: string) {
	return { code, severity: 'error', layer: 'syntax', message, span: { start, end } } as const satisfies Problem;
}
