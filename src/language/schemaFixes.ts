import type { Edit, Span } from '../base/span';
import {
	escapeValue,
	indentationAt,
	insertElements,
	type Position,
	removeElement,
	renderAttribute,
	styleOf,
} from '../model/markup';
import type { Service } from '../model/service';
import { isTagClosed } from '../schema/consequences';
import { attributeGrammar, grammarAt, rankOf } from '../schema/grammar';
import { hiddenCharacter, type SchemaProblem } from '../schema/problems';
import { localName, prefixOf, type XmlAttribute, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { draft, type FixDraft } from './fix';
import { putIntoList } from './listFix';
import { initialValue, newElement, toMarkup } from './newElement';

export function schemaFixes(file: ParsedFile, service: Service, problem: SchemaProblem): readonly FixDraft[] {
	switch (problem.code) {
		case 'unknownElement':
			return [
				...(problem.list === undefined ? [] : putIntoList(file, problem.element, problem.list)),
				...renameElement(file, problem.element, problem.nearest),
				remove(file, problem.element),
			];
		case 'foreignElement':
		case 'onlyOneOf':
		case 'tooManyElements':
			return [remove(file, problem.element)];
		case 'unknownAttribute':
			return [
				...(problem.nearest === undefined ? [] : [replaceText(file, problem.attribute.name, problem.nearest)]),
				draft(`Remove '${problem.attribute.name.text}'`, file.path, [removeAttribute(file, problem.attribute)]),
			];
		case 'documentedName':
			return [replaceText(file, problem.span, problem.expected)];
		case 'valueNotAllowed':
			return valueFixes(file, problem.span, problem.allowed, problem.nearest);
		case 'missingAttribute':
			return addAttribute(file, service, problem.element, problem.name);
		case 'missingElement':
			return addElement(file, service, problem.parent, problem.name, true);
		case 'missingChoice':
			return problem.allowed.flatMap(name => addElement(file, service, problem.parent, name, false));
		case 'elementOrder':
			return move(file, problem.element, problem.before, problem.after);
		case 'blankNotAllowed':
			return [draft('Remove the blanks', file.path, [{ span: problem.span, text: '' }], true)];
		case 'wrongNamespace':
			return [draft('Set the namespace', file.path, [{ span: problem.span, text: problem.expected }], true)];
		case 'missingNamespace':
			return isTagClosed(file.document, problem.element)
				? [insertAttribute(file, problem.element, 'xmlns', problem.expected, 'Add the namespace')]
				: [];
		case 'unknownRoot':
		case 'textNotAllowed':
		case 'valueForm':
			return showValue(file, problem.span);
		case 'valueRange':
		case 'valueLength':
		case 'notInSchemaVersion':
			return [];
	}
}

/** Takes out of a value what was pasted with it and nobody sees. */
function showValue(file: ParsedFile, { start, end }: Span): FixDraft[] {
	const value = file.document.text.slice(start, end);
	const edits = [...value.matchAll(new RegExp(hiddenCharacter, 'gu'))].map(({ index, 0: { length } }) => ({
		span: { start: start + index, end: start + index + length },
		text: '',
	}));
	return edits.length === 0 ? [] : [draft('Remove the characters that nobody sees', file.path, edits, true)];
}

function replaceText(file: ParsedFile, span: Span, text: string): FixDraft {
	return draft(`Change to '${text}'`, file.path, [{ span: { start: span.start, end: span.end }, text }], true);
}

function renameElement(file: ParsedFile, element: XmlElement, nearest: string | undefined): readonly FixDraft[] {
	if (nearest === undefined) {
		return [];
	}
	const prefix = prefixOf(element);
	const text = prefix === '' ? nearest : `${prefix}:${nearest}`;
	const edits = [element.name, element.closeName].flatMap(span => (span ? [{ span, text }] : []));
	return [draft(`Change to '${nearest}'`, file.path, edits, true)];
}

function remove(file: ParsedFile, element: XmlElement): FixDraft {
	return draft(`Remove '${localName(element)}'`, file.path, [removeElement(file.document, element)]);
}

/** With the blanks before it, which separated it from its neighbour. */
export function removeAttribute(file: ParsedFile, attribute: XmlAttribute): Edit {
	let { start } = attribute;
	while (/\s/.test(file.document.text.charAt(start - 1))) {
		start--;
	}
	return { span: { start, end: attribute.end }, text: '' };
}

/** The nearest value, or all where there are few. */
function valueFixes(
	file: ParsedFile,
	span: Span,
	allowed: readonly string[],
	nearest: string | undefined,
): readonly FixDraft[] {
	const values = nearest !== undefined ? [nearest] : allowed.length <= 4 ? allowed : [];
	const quote = file.document.text.charAt(span.start - 1);
	return values.map(value => {
		return draft(`Change to '${value}'`, file.path, [{ span, text: escapeValue(value, quote) }], values.length === 1);
	});
}

function addAttribute(file: ParsedFile, service: Service, element: XmlElement, name: string): readonly FixDraft[] {
	const grammar = attributeGrammar(file.format, element, name);
	const initial = grammar ? initialValue({ file, service }, element, grammar) : '';
	return [insertAttribute(file, element, name, initial, `Add the attribute '${name}'`)];
}

function insertAttribute(file: ParsedFile, element: XmlElement, name: string, value: string, title: string): FixDraft {
	const at = element.attributes.at(-1)?.end ?? element.name?.end ?? element.start;
	const text = ` ${renderAttribute(name, value, styleOf(file.document))}`;
	return draft(title, file.path, [{ span: { start: at, end: at }, text }], true);
}

function addElement(
	file: ParsedFile,
	service: Service,
	parent: XmlElement,
	name: string,
	preferred: boolean,
): readonly FixDraft[] {
	const element = newElement(file, service, parent, name);
	if (!element) {
		return [];
	}
	const edit = insertElements(file.document, parent, [toMarkup(element)], placeOf(file, parent, name));
	return [draft(`Add the element '${name}'`, file.path, [edit], preferred)];
}

/** After the last sibling that has to stand before it; where any order is right, at the end. */
function placeOf(file: ParsedFile, parent: XmlElement, name: string): Position {
	const sequence = grammarAt(file.format, parent)?.sequence;
	const rank = rankOf(sequence, name);
	if (rank === undefined) {
		return 'last';
	}
	const before = parent.children.findLast(child => (rankOf(sequence, localName(child)) ?? rank + 1) <= rank);
	return before ? { after: before } : 'first';
}

/** Takes the element as it is written, with its line, to the other side of its sibling. */
function move(
	file: ParsedFile,
	element: XmlElement,
	before: XmlElement | undefined,
	after: XmlElement | undefined,
): readonly FixDraft[] {
	const { text } = file.document;
	const written = text.slice(element.start, element.end);
	const removal = removeElement(file.document, element);
	const { lineBreak } = styleOf(file.document);
	const target = before ?? after;
	if (!target) {
		return [];
	}
	const indentation = indentationAt(text, target.start);
	const between = indentation === undefined ? '' : lineBreak + indentation;
	const at = before ? before.start : target.end;
	const inserted = before ? written + between : between + written;
	const title = `Move '${localName(element)}' ${before ? 'before' : 'after'} '${localName(target)}'`;
	return [draft(title, file.path, [{ span: { start: at, end: at }, text: inserted }, removal], true)];
}
