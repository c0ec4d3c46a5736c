import type { Edit, Span } from '../base/span';
import { attribute, type XmlDocument, type XmlElement, type XmlNode } from '../xml/syntax';

/** An element that is to be written. */
export interface Markup {
	readonly name: string;
	readonly attributes?: readonly (readonly [name: string, value: string])[];
	readonly children?: readonly Markup[];
	/** What stands between the tags of an element without children. */
	readonly text?: string;
}

/** How the author of a text writes: what is inserted looks the same. */
export interface MarkupStyle {
	readonly lineBreak: string;
	/** One level of indentation. */
	readonly indent: string;
	readonly quote: '"' | "'";
	/** What stands before `/>`: a blank or nothing. */
	readonly beforeSlash: string;
}

/** Where a new child goes: after a certain child, or before all others, or (the usual case) after all others. */
export type Position = { readonly after: XmlElement } | 'first' | 'last';

export function styleOf(document: XmlDocument): MarkupStyle {
	const { text } = document;
	const tag = /<[A-Za-z][^<>]*=\s*(['"])/.exec(text);
	const end = /(\s?)\/>/.exec(text);
	return {
		lineBreak: /\r\n|\r|\n/.exec(text)?.[0] ?? '\n',
		indent: indentUnit(document),
		quote: tag?.[1] === "'" ? "'" : '"',
		beforeSlash: end ? (end[1] ?? '') && ' ' : ' ',
	};
}

/** The text of an element whose first line stands at `indentation` already. */
export function render(markup: Markup, indentation: string, style: MarkupStyle): string {
	const attributes = (markup.attributes ?? []).map(([name, value]) => ` ${renderAttribute(name, value, style)}`);
	const open = `<${markup.name}${attributes.join('')}`;
	const { lineBreak, indent } = style;
	if (markup.text !== undefined) {
		return `${open}>${escapeValue(markup.text, '').replaceAll('>', '&gt;')}</${markup.name}>`;
	}
	if (!markup.children || markup.children.length === 0) {
		return `${open}${style.beforeSlash}/>`;
	}
	const inner = markup.children.map(child => {
		return `${lineBreak}${indentation}${indent}${render(child, indentation + indent, style)}`;
	});
	return `${open}>${inner.join('')}${lineBreak}${indentation}</${markup.name}>`;
}

export function renderAttribute(name: string, value: string, style: Pick<MarkupStyle, 'quote'>): string {
	return `${name}=${style.quote}${escapeValue(value, style.quote)}${style.quote}`;
}

/** The value as it may stand between these quotes. */
export function escapeValue(value: string, quote: string): string {
	const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };
	return value.replace(/[&<"'\t\n\r]/g, character => {
		const quoted = character === '"' ? '&quot;' : '&apos;';
		return escapes[character] ?? (character === quote ? quoted : character);
	});
}

/** The edit that gives `parent` new children, each on a line of its own unless its neighbours share one. */
export function insertElements(
	document: XmlDocument,
	parent: XmlElement,
	children: readonly Markup[],
	position: Position = 'last',
): Edit {
	const style = styleOf(document);
	const prefix = prefixOf(parent);
	const own = indentationAt(document.text, parent.start) ?? '';
	const neighbour = position === 'last' ? parent.children.at(-1) : position === 'first' ? undefined : position.after;
	const sample = neighbour ?? parent.children[0];
	const indentation = sample ? indentationAt(document.text, sample.start) : own + style.indent;
	const lead = indentation === undefined ? '' : style.lineBreak + indentation;
	const inserted = children.map(child => lead + render(withPrefix(child, prefix), indentation ?? own, style)).join('');
	if (neighbour) {
		const at = endOfLineComment(document.text, parent, neighbour);
		return { span: { start: at, end: at }, text: inserted };
	}
	return insertIntoOpen(document.text, parent, inserted, lead === '' ? '' : style.lineBreak + own);
}

/** Gives an element an attribute, in the place of an old value or behind the other attributes. */
export function setAttribute(document: XmlDocument, element: XmlElement, name: string, value: string): Edit {
	const existing = attribute(element, name);
	const at = element.attributes.at(-1)?.end ?? element.name?.end ?? element.start;
	const text = renderAttribute(name, value, styleOf(document));
	return existing
		? { span: { start: existing.start, end: existing.end }, text }
		: { span: { start: at, end: at }, text: ` ${text}` };
}

/** The edit that removes an element, and the line with it where it stands alone there. */
export function removeElement(document: XmlDocument, element: XmlElement): Edit {
	const lines = wholeLines(document.text, element);
	const siblings = element.parent?.children ?? [];
	const before = siblings[siblings.indexOf(element) - 1];
	// The blanks of the line may belong to an element before this one that nobody closed.
	const { start, end } = before && before.end > lines.start ? element : lines;
	return { span: { start, end }, text: '' };
}

/** The blanks before an offset where nothing else precedes it in its line. */
export function indentationAt(text: string, offset: number): string | undefined {
	const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
	const before = text.slice(start, offset).replace('\uFEFF', '');
	return /^[ \t]*$/.test(before) ? before : undefined;
}

function insertIntoOpen(text: string, parent: XmlElement, inserted: string, beforeClose: string): Edit {
	const name = parent.name?.text ?? '';
	if (text.charAt(parent.openTag.end - 1) !== '>') {
		return finishTag(text, parent, `${inserted}${beforeClose}</${name}>`);
	}
	if (parent.selfClosing) {
		let start = parent.end - 2;
		while (start > 0 && /\s/.test(text.charAt(start - 1))) {
			start--;
		}
		return { span: { start, end: parent.end }, text: `>${inserted}${beforeClose}</${name}>` };
	}
	const at = { start: parent.openTag.end, end: parent.openTag.end };
	if (!parent.closeTag) {
		return { span: at, text: inserted };
	}
	const onOwnLine = indentationAt(text, parent.closeTag.start) !== undefined || parent.content.some(isElement);
	return { span: at, text: onOwnLine ? inserted : inserted + beforeClose };
}

/** Ends a tag that was not typed to its end, with what is to stand behind it. */
function finishTag(text: string, parent: XmlElement, behind: string): Edit {
	const last = parent.attributes.at(-1);
	const at = last?.end ?? parent.name?.end ?? parent.start;
	const end = parent.selfClosing ? parent.openTag.end : at;
	const opening = last?.rawValue && text.charAt(last.rawValue.start - 1);
	const quote = opening && last.rawValue.end === last.end ? opening : '';
	const close = parent.closeTag || parent.content.some(isElement) ? behind.slice(0, behind.lastIndexOf('</')) : behind;
	return { span: { start: at, end }, text: `${quote}>${close}` };
}

/** After the comment that stands behind an element in the same line, which belongs to it. */
function endOfLineComment(text: string, parent: XmlElement, neighbour: XmlElement): number {
	const next = parent.content.slice(parent.content.indexOf(neighbour) + 1).find(node => node.kind !== 'text');
	const between = next?.kind === 'comment' ? text.slice(neighbour.end, next.start) : '\n';
	return next && /^[ \t]*$/.test(between) ? next.end : neighbour.end;
}

function wholeLines(text: string, span: Span): Span {
	const indentation = indentationAt(text, span.start);
	const rest = /^[ \t]*(\r\n|\r|\n)/.exec(text.slice(span.end, span.end + 200));
	if (indentation === undefined || !rest) {
		return { start: span.start, end: span.end };
	}
	return { start: span.start - indentation.length, end: span.end + rest[0].length };
}

/** The first step inward that the text shows; two blanks, as Visual Studio writes, where it shows none. */
function indentUnit({ text, root }: XmlDocument): string {
	const pending: XmlElement[] = root ? [root] : [];
	for (let element = pending.shift(); element; element = pending.shift()) {
		const own = indentationAt(text, element.start);
		const child = element.children[0] && indentationAt(text, element.children[0].start);
		if (own !== undefined && child?.startsWith(own) && child.length > own.length) {
			return child.slice(own.length);
		}
		pending.push(...element.children.slice(0, 20));
	}
	return '  ';
}

/** New elements wear the prefix of their parent, without which they would stand in no namespace. */
function prefixOf(parent: XmlElement): string {
	const name = parent.name?.text ?? '';
	return name.slice(0, name.indexOf(':') + 1);
}

function withPrefix(markup: Markup, prefix: string): Markup {
	if (prefix === '') {
		return markup;
	}
	const children = markup.children?.map(child => withPrefix(child, prefix));
	return { ...markup, name: prefix + markup.name, ...(children ? { children } : {}) };
}

function isElement(node: XmlNode): boolean {
	return node.kind === 'element';
}
