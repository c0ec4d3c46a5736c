import type { Problem } from '../../src/base/problem';
import type { XmlDocument, XmlElement } from '../../src/xml/syntax';

/** The elements of a tree in one line: `A[name=x](B C)`; a nameless one is `?`, an attribute without value has no `=`. */
export function outline(document: XmlDocument): string {
	return document.content
		.filter(node => node.kind === 'element')
		.map(outlineElement)
		.join(' ');
}

function outlineElement({ name, attributes, children }: XmlElement): string {
	const written = attributes.map(each => (each.rawValue ? `${each.name.text}=${each.value}` : each.name.text));
	const list = written.length > 0 ? `[${written.join(' ')}]` : '';
	const inner = children.length > 0 ? `(${children.map(outlineElement).join(' ')})` : '';
	return (name?.text ?? '?') + list + inner;
}

/** Each problem as `code 'the text that it is about'`. */
export function problemsIn(text: string, problems: readonly Problem[]): readonly string[] {
	return problems.map(({ code, span }) => `${code} '${text.slice(span.start, span.end)}'`);
}
