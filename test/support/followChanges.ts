import assert from 'node:assert/strict';
import { parse } from '../../src/xml/parser';
import { reparse } from '../../src/xml/reparse';
import type { XmlDocument, XmlNode } from '../../src/xml/syntax';
import type { Change } from './textChanges';

/** Everything that a tree says, its places included. */
function told(document: XmlDocument): unknown {
	const tell = (node: XmlNode, parent: XmlNode | undefined): unknown => {
		assert.equal(node.parent, parent);
		const place = `${node.kind} ${node.start}-${node.end}`;
		if (node.kind !== 'element') {
			return node.kind === 'comment'
				? `${place} ${node.text}`
				: node.kind === 'text'
					? `${place} ${node.blank}`
					: place;
		}
		const { written, localName, openTag, closeTag, closeName, selfClosing, hasText, attributes, children } = node;
		const values = attributes.map(each => {
			const { name, rawValue, value, start, end } = each;
			assert.equal(each.element, node);
			return [name.start, name.text, rawValue?.start, rawValue?.end, rawValue?.text, value, start, end].join(' ');
		});
		assert.deepEqual(
			children,
			node.content.filter(each => each.kind === 'element'),
		);
		const inner = node.content.map(each => tell(each, node));
		return [place, written, localName, openTag, closeTag, closeName, selfClosing, hasText, values, inner];
	};
	return [document.text, document.problems, document.content.map(each => tell(each, undefined)), document.root?.start];
}

/** Changes a text again and again; each time the tree is the one that a full reading gives. Says how often parts were kept. */
export function followChanges(text: string, change: Change, times: number, next: () => number): number {
	let document = parse(text);
	let kept = 0;
	for (let round = 0; round < times; round++) {
		const before = document.root?.children ?? [];
		const changed = change(document.text, next);
		document = reparse(document, changed);
		assert.deepEqual(told(document), told(parse(changed)));
		kept += before.some(child => document.root?.children.includes(child)) ? 1 : 0;
	}
	return kept;
}
