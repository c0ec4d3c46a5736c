import { applyEdits, type Edit, type Span } from '../base/span';
import { type MarkupStyle, styleOf } from '../model/markup';
import { parse } from '../xml/parser';
import { attribute, type XmlDocument, type XmlElement, type XmlNode } from '../xml/syntax';

/**
 * The edits that give every element and comment a line of its own at its depth, and one blank between attributes. Only
 * blanks are changed: text, CDATA sections, comments, values and the kind of line end stay as they are. Elements that
 * hold text, or that are not finished, are left as they stand. `indent` is one level; `range` limits the edits.
 */
export function format(document: XmlDocument, indent: string, range?: Span): readonly Edit[] {
	const writer = new BlankWriter(document, indent);
	writer.topLevel();
	// Blanks belong to what follows them.
	const edits = writer.edits.filter(({ span }) => !range || (range.start <= span.end && span.end < range.end));
	return document.problems.length === 0 || meansTheSame(document, edits) ? edits : [];
}

const onlyBlanks = /^[ \t\r\n]*$/;
const lineEnd = /\r\n|\r|\n/;
const lineEnds = /\r\n|\r|\n/g;

class BlankWriter {
	readonly edits: Edit[] = [];
	private readonly text: string;
	private readonly style: MarkupStyle;

	constructor(
		private readonly document: XmlDocument,
		private readonly indent: string,
	) {
		this.text = document.text;
		this.style = styleOf(document);
	}

	topLevel(): void {
		const nodes = solid(this.document.content);
		let at = this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
		for (const [index, node] of nodes.entries()) {
			const gap = { start: at, end: node.start };
			if (index === 0) {
				this.fill(gap, '');
			} else {
				this.between(nodes[index - 1], gap, node, '');
			}
			this.node(node, '');
			at = node.end;
		}
		const rest = this.text.slice(at);
		this.fill({ start: at, end: this.text.length }, nodes.length > 0 ? (lineEnd.exec(rest)?.[0] ?? '') : rest);
	}

	private node(node: XmlNode, indentation: string): void {
		if (node.kind === 'element' && !this.isUnfinished(node)) {
			this.openTag(node, indentation);
			this.content(node, indentation);
			if (node.closeName && node.closeTag) {
				this.fill({ start: node.closeName.end, end: node.closeTag.end - 1 }, '');
			}
		}
	}

	/** Attributes keep to the line on which they stand; those on further lines stand below the first one. */
	private openTag(element: XmlElement, indentation: string): void {
		const { name, attributes, openTag, selfClosing } = element;
		let at = name?.end ?? element.start;
		const below = this.hasLineEnd({ start: at, end: attributes[0]?.start ?? at })
			? indentation + this.indent
			: indentation + ' '.repeat(element.written.length + 2);
		for (const each of attributes) {
			this.fill({ start: at, end: each.start }, this.line({ start: at, end: each.start }, below) ?? ' ');
			const value = each.rawValue;
			const equals = this.text.indexOf('=', each.name.end);
			if (value) {
				this.fill({ start: each.name.end, end: equals }, '');
				this.fill({ start: equals + 1, end: value.start - 1 }, '');
			}
			at = each.end;
		}
		const end = { start: at, end: openTag.end - (selfClosing ? 2 : 1) };
		const onOneLine = selfClosing ? this.style.beforeSlash : '';
		this.fill(end, this.line(end, indentation) ?? onOneLine);
	}

	private content(element: XmlElement, indentation: string): void {
		const { closeTag, openTag } = element;
		if (!closeTag || holdsText(element)) {
			return;
		}
		const nodes = solid(element.content);
		const whole = { start: openTag.end, end: closeTag.start };
		// A comment beside its tags stays there, and so does nothing at all.
		if (element.children.length === 0 && !this.gapsOf(nodes, whole).some(gap => this.hasLineEnd(gap))) {
			return;
		}
		const inner = indentation + this.indent;
		let at = openTag.end;
		for (const [index, node] of nodes.entries()) {
			const gap = { start: at, end: node.start };
			this.between(nodes[index - 1] ?? element, gap, node, inner);
			this.node(node, inner);
			at = node.end;
		}
		const last = { start: at, end: closeTag.start };
		if (this.isUnfinished(nodes.at(-1))) {
			return;
		}
		this.fill(last, (lineEnd.exec(this.textOf(last))?.[0] ?? this.style.lineBreak) + indentation);
	}

	/** A comment in the same line as what it follows belongs to that; everything else begins a line. */
	private between(before: XmlNode | undefined, gap: Span, node: XmlNode, indentation: string): void {
		if (this.isUnfinished(before) || this.isUnfinished(node)) {
			return;
		}
		const beside = node.kind === 'comment' && before?.kind !== 'instruction';
		this.fill(gap, this.line(gap, indentation) ?? (beside ? ' ' : this.style.lineBreak + indentation));
	}

	/** The beginning of a line, with at most one empty line before it; `undefined` where the blanks hold no line end. */
	private line(gap: Span, indentation: string): string | undefined {
		const ends = this.textOf(gap).match(lineEnds);
		return ends ? ends.slice(0, 2).join('') + indentation : undefined;
	}

	/** Puts `blanks` where there are blanks or nothing; what is not blank is never touched. */
	private fill(gap: Span, blanks: string): void {
		const present = this.textOf(gap);
		if (gap.start <= gap.end && present !== blanks && onlyBlanks.test(present)) {
			this.edits.push({ span: gap, text: blanks });
		}
	}

	private isUnfinished(node: XmlNode | undefined): boolean {
		if (node?.kind !== 'element') {
			return false;
		}
		const { name, selfClosing, closeName, attributes, written, openTag, end } = node;
		const isClosed = selfClosing || closeName?.text === written;
		const hasEnds = this.text.charAt(openTag.end - 1) === '>' && this.text.charAt(end - 1) === '>';
		return !name || !isClosed || !hasEnds || attributes.some(({ rawValue }) => rawValue === undefined);
	}

	private gapsOf(nodes: readonly XmlNode[], { start, end }: Span): readonly Span[] {
		const starts = [start, ...nodes.map(node => node.end)];
		return starts.map((from, index) => ({ start: from, end: nodes[index]?.start ?? end }));
	}

	private hasLineEnd(gap: Span): boolean {
		return lineEnd.test(this.textOf(gap));
	}

	private textOf({ start, end }: Span): string {
		return this.text.slice(start, end);
	}
}

function solid(content: readonly XmlNode[]): readonly XmlNode[] {
	return content.filter(node => node.kind !== 'text' || !node.blank);
}

/** Text, or a wish that blanks be kept (XML 1.0, 2.10). */
function holdsText(element: XmlElement): boolean {
	return (
		attribute(element, 'xml:space')?.value === 'preserve' ||
		element.content.some(node => node.kind === 'text' && !node.blank)
	);
}

/** How broken text is read depends on its lines, so there it has to be seen that the tree stays what it was. */
function meansTheSame(document: XmlDocument, edits: readonly Edit[]): boolean {
	const after = parse(applyEdits(document.text, edits));
	return (
		after.problems.length === document.problems.length &&
		after.problems.every(({ code }, index) => code === document.problems[index]?.code) &&
		shapeOf(after) === shapeOf(document)
	);
}

/** The tree without its blanks, to be compared. */
export function shapeOf(document: XmlDocument): string {
	const parts: string[] = [];
	const visit = (node: XmlNode): void => {
		if (node.kind !== 'element') {
			parts.push(node.kind === 'text' && node.blank ? '' : document.text.slice(node.start, node.end));
			return;
		}
		parts.push('<', node.written);
		for (const { written, rawValue } of node.attributes) {
			parts.push(' ', written, '=', rawValue?.text ?? '');
		}
		parts.push(node.selfClosing ? '/>' : '>');
		node.content.forEach(visit);
		parts.push('</', node.closeName?.text ?? '');
	};
	document.content.forEach(visit);
	return parts.join('');
}
