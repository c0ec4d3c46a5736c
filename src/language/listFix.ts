import { indentationAt, removeElement, styleOf } from '../model/markup';
import { childrenNamed, localName, prefixOf, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { draft, type FixDraft } from './fix';

/** Puts an element that stands beside its list, or without one, into it: as it is written. */
export function putIntoList(file: ParsedFile, element: XmlElement, list: string): readonly FixDraft[] {
	const [existing] = childrenNamed(element.parent, list);
	return existing ? moveInto(file, element, existing) : wrap(file, element, list);
}

function moveInto(file: ParsedFile, element: XmlElement, list: XmlElement): readonly FixDraft[] {
	const { document } = file;
	const { text } = document;
	if (!list.closeTag && !list.selfClosing) {
		return [];
	}
	const { lineBreak, indent } = styleOf(document);
	const own = indentationAt(text, list.start);
	const lead = own === undefined ? '' : lineBreak + own + indent;
	const written = lead + text.slice(element.start, element.end);
	const last = list.children.at(-1);
	const at = last?.end ?? list.openTag.end;
	const tagEnd = list.attributes.at(-1)?.end ?? list.name?.end ?? list.start;
	const opened = list.selfClosing
		? { span: { start: tagEnd, end: list.end }, text: `>${written}${lead && lineBreak + own}</${list.written}>` }
		: { span: { start: at, end: at }, text: written };
	const title = `Move it into '${localName(list)}'`;
	return [draft(title, file.path, [opened, removeElement(document, element)], true)];
}

/** Around this element and those after it that lack the same list. */
function wrap(file: ParsedFile, element: XmlElement, list: string): readonly FixDraft[] {
	const { document } = file;
	const siblings = element.parent?.children ?? [];
	const following = siblings.slice(siblings.indexOf(element));
	const others = following.findIndex(each => localName(each) !== localName(element));
	const last = following[(others < 0 ? following.length : others) - 1] ?? element;
	const { lineBreak, indent } = styleOf(document);
	const own = indentationAt(document.text, element.start);
	const prefix = prefixOf(element);
	const name = prefix === '' ? list : `${prefix}:${list}`;
	const opening = own === undefined ? `<${name}>` : `<${name}>${lineBreak}${own}${indent}`;
	const closing = own === undefined ? `</${name}>` : `${lineBreak}${own}</${name}>`;
	const edits = [
		{ span: { start: element.start, end: element.start }, text: opening },
		{ span: { start: last.end, end: last.end }, text: closing },
	];
	return [draft(`Put it into '${list}'`, file.path, edits, true)];
}
