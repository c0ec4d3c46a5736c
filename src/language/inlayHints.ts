import type { Span } from '../base/span';
import { grammarAt } from '../schema/grammar';
import type { XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';

/** Text that an editor shows at a place without its being there. */
export interface InlayHint {
	readonly offset: number;
	readonly text: string;
}

/** The attributes that are left out and have a default, behind the attributes of each element in a part of the text. */
export function defaultHints({ format, document }: ParsedFile, range: Span): readonly InlayHint[] {
	const hints: InlayHint[] = [];
	const visit = (element: XmlElement): void => {
		if (element.end < range.start || range.end < element.start) {
			return;
		}
		const offset = element.attributes.at(-1)?.end ?? element.name?.end ?? element.start;
		const text = offset >= range.start && offset <= range.end ? defaultsOf(format, element) : '';
		if (text !== '') {
			hints.push({ offset, text });
		}
		element.children.forEach(visit);
	};
	if (document.root) {
		visit(document.root);
	}
	return hints;
}

function defaultsOf(format: ParsedFile['format'], element: XmlElement): string {
	const present = new Set(element.attributes.map(({ written }) => written));
	return (grammarAt(format, element)?.attributes ?? [])
		.filter(({ name, default: usual }) => !present.has(name) && usual !== undefined && usual !== '')
		.map(({ name, default: usual }) => `${name}="${usual}"`)
		.join(' ');
}
