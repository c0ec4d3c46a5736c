import type { Span } from '../base/span';
import { indentationAt, styleOf } from '../model/markup';
import type { XmlProblem } from '../xml/problems';
import { elementAt } from '../xml/spot';
import type { XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { draft, type FixDraft } from './fix';

/** The ways to mend a text that is not well-formed: the small slips that have one obvious remedy. */
export function syntaxFixes(file: ParsedFile, problem: XmlProblem): readonly FixDraft[] {
	const { span } = problem;
	const { text } = file.document;
	switch (problem.code) {
		case 'valueNotClosed':
			return [insert(file, span.end, problem.quote, 'Close the value')];
		case 'valueNotQuoted':
			return [quote(file, span, problem.typographic)];
		case 'attributeWithoutValue':
			return [giveValue(file, span)];
		case 'blankMissing':
			return [insert(file, span.start, ' ', 'Insert a blank')];
		case 'duplicateAttribute':
			return removeDuplicate(file, span);
		case 'tagNotClosed':
			return closeOpenTag(file, span);
		case 'closeTagNotClosed':
			return [insert(file, span.end, '>', "Close the tag with '>'")];
		case 'missingCloseTag':
			return addCloseTag(file, span, problem.name);
		case 'wrongCloseTag':
			return /^[^<>/]+$/.test(text.slice(span.start, span.end))
				? [replace(file, span, problem.expected, `Change to '</${problem.expected}>'`)]
				: [];
		case 'closeTagWithoutOpen':
		case 'textOutsideRoot':
		case 'illegalCharacter':
		case 'badCharacterReference':
			return [replace(file, span, '', 'Remove it')];
		case 'ampersand':
			return [replace(file, span, '&amp;', "Write '&amp;'")];
		case 'undefinedEntity':
			return [replace(file, { start: span.start, end: span.start + 1 }, '&amp;', "Write '&amp;' for the character")];
		case 'elementNameExpected':
			// Neither format allows text, so that it can't stand for the character.
			return [replace(file, span, '', 'Remove it')];
		case 'lessThanInValue':
			return [replace(file, { start: span.start, end: span.start + 1 }, '&lt;', "Write '&lt;'")];
		case 'characterDataEnd':
			return [replace(file, span, ']]&gt;', "Write ']]&gt;'")];
		case 'doubleHyphen':
			return [replace(file, span, '- -', "Write '- -'")];
		case 'commentNotClosed':
			return [insert(file, endOfLine(text, span.end), ' -->', 'Close the comment at the end of the line')];
		case 'declarationNotFirst':
			return text.slice(0, span.start).trim() === ''
				? [replace(file, { start: text.startsWith('\uFEFF') ? 1 : 0, end: span.start }, '', 'Move it to the beginning')]
				: [];
		default:
			return [];
	}
}

/** The quotes that are there already, typographic ones or one of two, give way to straight ones. */
function quote(file: ParsedFile, { start, end }: Span, typographic: boolean): FixDraft {
	const written = file.document.text.slice(start, end);
	const value = typographic ? written.slice(1, -1) : written.replace(/["']$/, '');
	const title = typographic ? 'Write straight quotes' : 'Put the value in quotes';
	return replace(file, { start, end }, `"${value.replaceAll('"', '&quot;')}"`, title);
}

function insert(file: ParsedFile, at: number, text: string, title: string): FixDraft {
	return draft(title, file.path, [{ span: { start: at, end: at }, text }], true);
}

function replace(file: ParsedFile, { start, end }: Span, text: string, title: string): FixDraft {
	return draft(title, file.path, [{ span: { start, end }, text }], true);
}

function giveValue(file: ParsedFile, span: Span): FixDraft {
	const equals = /^\s*=/.exec(file.document.text.slice(span.end, span.end + 100))?.[0];
	const at = span.end + (equals?.length ?? 0);
	return insert(file, at, equals === undefined ? '=""' : '""', 'Give it an empty value');
}

function removeDuplicate(file: ParsedFile, span: Span): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	const found = element?.attributes.find(each => each.start <= span.start && span.start < each.end);
	if (!found) {
		return [];
	}
	const before = file.document.text.slice(0, found.start);
	const start = found.start - (before.length - before.trimEnd().length);
	return [replace(file, { start, end: found.end }, '', 'Remove the second one')];
}

/** An element with a closing tag, or with something inside, is opened; another one is an empty element. */
function closeOpenTag(file: ParsedFile, span: Span): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	const at = element?.attributes.at(-1)?.end ?? span.end;
	if (!element) {
		return [];
	}
	const opens = element.closeTag !== undefined || element.children.length > 0;
	const asOpen = { ...insert(file, at, '>', "Close the tag with '>'"), preferred: opens };
	const asEmpty = {
		...insert(file, at, `${styleOf(file.document).beforeSlash}/>`, "Close the element with '/>'"),
		preferred: !opens,
	};
	return opens ? [asOpen] : [asEmpty, asOpen];
}

/** Behind the last thing inside; on a line of its own where that stands on another line than the element begins. */
function addCloseTag(file: ParsedFile, span: Span, name: string): readonly FixDraft[] {
	const { document } = file;
	const element = elementAt(document, span.start);
	if (!element) {
		return [];
	}
	const last = element.content.findLast(node => !(node.kind === 'text' && node.blank));
	const at = last?.end ?? element.openTag.end;
	const severalLines = /[\r\n]/.test(document.text.slice(element.start, at));
	const lead = severalLines ? styleOf(document).lineBreak + (indentationAt(document.text, element.start) ?? '') : '';
	const close = insert(file, at, `${lead}</${name}>`, `Add the closing tag '</${name}>'`);
	return isEmpty(element) ? [close, selfClose(file, element)] : [close];
}

function isEmpty({ content }: XmlElement): boolean {
	return content.every(node => node.kind === 'text' && node.blank);
}

function selfClose(file: ParsedFile, { openTag }: XmlElement): FixDraft {
	const slash = `${styleOf(file.document).beforeSlash}/>`;
	return {
		...replace(file, { start: openTag.end - 1, end: openTag.end }, slash, "Close the element with '/>'"),
		preferred: false,
	};
}

function endOfLine(text: string, from: number): number {
	const found = /\r\n|\r|\n|$/g;
	found.lastIndex = from;
	return found.exec(text)?.index ?? text.length;
}
