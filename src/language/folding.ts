import type { Span } from '../base/span';
import type { XmlNode } from '../xml/syntax';
import type { ParsedFile } from './documents';

export interface Fold {
	readonly span: Span;
	readonly kind: 'element' | 'comment';
}

/** What can be folded: the elements and comments that go over more than one line, down to their last line but the closing tag. */
export function folds({ document }: ParsedFile): readonly Fold[] {
	const fold = (node: XmlNode): readonly Fold[] => {
		const inner = node.kind === 'element' ? node.content.flatMap(fold) : [];
		if (node.kind !== 'element' && node.kind !== 'comment') {
			return inner;
		}
		const end = node.kind === 'element' ? (node.closeTag?.start ?? node.end) : node.end;
		const span = { start: node.start, end };
		return /[\r\n]/.test(document.text.slice(span.start, span.end)) ? [{ span, kind: node.kind }, ...inner] : inner;
	};
	return document.content.flatMap(fold);
}
