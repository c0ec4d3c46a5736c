import type { Span } from '../base/span';
import { checkCharacters } from './characters';
import { type ElementNode, type TreeNode, withBlanks } from './nodes';
import { parse, readerAt, readNode } from './parser';
import type { TreeReader } from './reader';
import { noteReparsable, takeReparsable } from './reparsable';
import type { XmlDocument } from './syntax';

/**
 * The tree of a text of which the former state is known: what `parse` gives for it, but only the children of the root
 * that the change touches are read again. The others move over to the new document, so the former one is used up: its
 * nodes say where they stand in the new text. Where a change reaches beyond the children of the root (an open comment,
 * an element that nobody closes), everything is read anew.
 */
export function reparse(former: XmlDocument, text: string): XmlDocument {
	const parts = takeReparsable(former);
	return (parts && readChanged(former, parts.root, parts.content, text)) ?? parse(text);
}

function readChanged(
	former: XmlDocument,
	root: ElementNode,
	content: readonly TreeNode[],
	text: string,
): XmlDocument | undefined {
	const change = changeBetween(former.text, text);
	const delta = text.length - former.text.length;
	// What was wrong is read again too: how it was understood may depend on what follows.
	const start = Math.min(change.start, ...former.problems.map(({ span }) => span.start));
	const end = Math.max(change.end, ...former.problems.map(({ span }) => span.end));
	if (start < root.openEnd || root.closeStart < end) {
		return undefined;
	}
	const nodes = root.nodes.filter(isSolid);
	const first = countWhile(nodes, node => node.end < start);
	const last = countWhile(nodes, node => node.start <= end);
	const from = nodes[first - 1]?.end ?? root.openEnd;
	const stop = (nodes[last]?.start ?? root.closeStart) + delta;
	const found = readPart(text, root.start, from, stop);
	if (!found) {
		return undefined;
	}
	const after = nodes.slice(last);
	const rest = content.slice(content.indexOf(root) + 1);
	for (const node of [...after, ...rest]) {
		node.anchor.shift += delta;
	}
	closeAs(found.root, root, delta);
	fill(found, nodes.slice(0, first), after, from, stop);
	const document: XmlDocument = {
		text,
		root: found.root,
		content: content.map(node => (node === root ? found.root : node)),
		problems: found.problems.sort((a, b) => a.span.start - b.span.start),
	};
	noteReparsable(document, found.root, [...content.slice(0, content.indexOf(root)), found.root, ...rest]);
	return document;
}

interface Part {
	readonly root: ElementNode;
	/** With the blanks between them where they were read twice. */
	readonly nodes: readonly TreeNode[];
	readonly whole: boolean;
	readonly problems: TreeReader['problems'];
}

/** Reads the tag of the root and a part of its content; `undefined` where that part does not end where it should. */
function readPart(text: string, rootStart: number, from: number, stop: number): Part | undefined {
	const first = readTo(text, rootStart, from, stop, undefined);
	const reader =
		!first || (first.unclosed.size === 0 && !first.stray) ? first : readTo(text, rootStart, from, stop, first.unclosed);
	const root = reader?.open.pop();
	if (!reader || !root) {
		return undefined;
	}
	const { problems } = reader;
	const before = problems.length;
	checkCharacters(text, from, stop, problems);
	return problems.length === before ? { root, nodes: root.nodes, whole: reader.open.whole, problems } : undefined;
}

function readTo(
	text: string,
	rootStart: number,
	from: number,
	stop: number,
	known: ReadonlySet<number> | undefined,
): TreeReader | undefined {
	const ofRoot = readerAt(text, rootStart, undefined);
	readNode(ofRoot);
	const root = ofRoot.open.innermost;
	if (!root) {
		return undefined;
	}
	const reader = readerAt(text, from, known);
	reader.root = root;
	reader.open.push(root);
	while (reader.at < stop && reader.open.depth > 0) {
		readNode(reader);
	}
	const whole = reader.at === stop && reader.open.depth === 1 && reader.open.innermost === root;
	return whole && !reader.names.prefixed && !reader.doctype && !reader.tooDeep ? reader : undefined;
}

/** Ends the root where the former one ended. */
function closeAs(root: ElementNode, former: ElementNode, delta: number): void {
	root.closeStart = former.closeStart + delta;
	root.closeText = former.closeText;
	root.end = former.end + delta;
}

/** Gives the root its content: what was read, and what stands before and after it. */
function fill(
	{ root, nodes, whole }: Part,
	before: readonly TreeNode[],
	after: readonly TreeNode[],
	from: number,
	stop: number,
): void {
	const all = whole
		? [...withBlanks(root, before, root.openEnd, from), ...nodes, ...withBlanks(root, after, stop, root.closeStart)]
		: [...before, ...nodes, ...after];
	for (const node of all) {
		node.parent = root;
	}
	root.hasText = all.some(node => node.kind === 'text' && !node.blank);
	const children = all.filter(node => node.kind === 'element');
	root.setContent(all, children, whole);
}

function isSolid(node: TreeNode): boolean {
	return node.kind !== 'text' || !node.blank;
}

const chunk = 4096;

/** The part of the former text that the new one replaces: what both begin and end with is left out. */
function changeBetween(former: string, text: string): Span {
	const most = Math.min(former.length, text.length);
	let start = 0;
	while (start < most && former.slice(start, start + chunk) === text.slice(start, start + chunk)) {
		start += chunk;
	}
	start = Math.min(start, most);
	while (start < most && former.charCodeAt(start) === text.charCodeAt(start)) {
		start++;
	}
	let same = 0;
	const room = most - start;
	const endOf = (whole: string, back: number) => whole.slice(whole.length - back - chunk, whole.length - back);
	while (same + chunk <= room && endOf(former, same) === endOf(text, same)) {
		same += chunk;
	}
	while (same < room && former.charCodeAt(former.length - same - 1) === text.charCodeAt(text.length - same - 1)) {
		same++;
	}
	return { start, end: former.length - same };
}

/** How many nodes at the beginning hold to a condition that the later ones don't. */
function countWhile(nodes: readonly TreeNode[], holds: (node: TreeNode) => boolean): number {
	let low = 0;
	let high = nodes.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const node = nodes[middle];
		if (node && holds(node)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}
