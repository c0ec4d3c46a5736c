import type { ElementNode, TreeNode } from './nodes';
import type { XmlDocument } from './syntax';

/** The nodes of a document whose parts can be read again one by one. */
export interface Reparsable {
	readonly root: ElementNode;
	readonly content: readonly TreeNode[];
}

const known = new WeakMap<XmlDocument, Reparsable>();

/** Notes that the parts of a document are read independently of each other: no prefix, no document type, no limit met. */
export function noteReparsable(document: XmlDocument, root: ElementNode, content: readonly TreeNode[]): void {
	known.set(document, { root, content });
}

/** The nodes of such a document, once: they move to the document that is made of them. */
export function takeReparsable(document: XmlDocument): Reparsable | undefined {
	const found = known.get(document);
	known.delete(document);
	return found;
}
