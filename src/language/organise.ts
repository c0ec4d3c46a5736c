import { applyEdits, type Edit, type Span } from '../base/span';
import { grammarAt, rankOf } from '../schema/grammar';
import { misplacedIn } from '../schema/sequence';
import type { XmlElement, XmlNode } from '../xml/syntax';
import type { ParsedFile } from './documents';

/**
 * The edits that put the children of every element into the order of the schema where that matters. A comment before an
 * element, or behind it in the same line, moves with it; the blanks between stay. Elements with text in them, or that are
 * not finished, are left.
 */
export function organise(file: ParsedFile): readonly Edit[] {
	return file.document.root ? editsIn(file, file.document.root) : [];
}

function editsIn(file: ParsedFile, element: XmlElement): readonly Edit[] {
	const inner = element.children.flatMap(child => editsIn(file, child));
	const sequence = grammarAt(file.format, element)?.sequence;
	if (!sequence || !mayBeSorted(element) || misplacedIn(element.children, sequence).length === 0) {
		return inner;
	}
	const { text } = file.document;
	const blocks = blocksOf(text, element);
	let rank = -1;
	const sorted = blocks
		.map(block => {
			// What the schema does not know stays behind the one before it.
			rank = rankOf(sequence, block.name) ?? rank;
			return { block, rank };
		})
		.sort((a, b) => a.rank - b.rank);
	const start = blocks[0]?.start ?? element.end;
	const end = blocks.at(-1)?.end ?? start;
	const texts = textsOf(text, blocks, inner);
	const parts = sorted.map(({ block }, index) => {
		const gap = text.slice(blocks[index]?.end ?? end, blocks[index + 1]?.start ?? end);
		return (texts.get(block) ?? '') + gap;
	});
	return [{ span: { start, end }, text: parts.join('') }];
}

interface Block extends Span {
	readonly name: string;
}

/** Each child with the comments that belong to it. */
function blocksOf(text: string, element: XmlElement): readonly Block[] {
	const blocks: { start: number; end: number; name: string }[] = [];
	let start: number | undefined;
	for (const node of element.content) {
		const last = blocks.at(-1);
		if (node.kind === 'element') {
			blocks.push({ start: start ?? node.start, end: node.end, name: node.localName });
			start = undefined;
		} else if (node.kind !== 'text') {
			if (last && start === undefined && /^[ \t]*$/.test(text.slice(last.end, node.start))) {
				last.end = node.end;
			} else if (start !== undefined || last || !isBeside(text, element, node)) {
				start ??= node.start;
			}
		}
	}
	return blocks;
}

/** A comment in the line of the opening tag speaks of the parent. */
function isBeside(text: string, element: XmlElement, node: XmlNode): boolean {
	return !/[\r\n]/.test(text.slice(element.openTag.end, node.start));
}

/** The inner edits lie each in one block, in its order, and come along. */
function textsOf(text: string, blocks: readonly Block[], inner: readonly Edit[]): ReadonlyMap<Block, string> {
	const texts = new Map<Block, string>();
	let next = 0;
	for (const block of blocks) {
		const own: Edit[] = [];
		for (let edit = inner[next]; edit && edit.span.end <= block.end; edit = inner[++next]) {
			const span = { start: edit.span.start - block.start, end: edit.span.end - block.start };
			own.push({ span, text: edit.text });
		}
		texts.set(block, applyEdits(text.slice(block.start, block.end), own));
	}
	return texts;
}

function mayBeSorted(element: XmlElement): boolean {
	return element.content.every(
		node =>
			(node.kind !== 'text' || node.blank) &&
			(node.kind !== 'element' || (node.name !== undefined && (node.selfClosing || node.closeTag !== undefined))),
	);
}
