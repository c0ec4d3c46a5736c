import assert from 'node:assert/strict';
import { formatOf } from '../../src/schema/catalog';
import { validateSchema } from '../../src/schema/validation';
import { parse } from '../../src/xml/parser';
import { spotAt } from '../../src/xml/spot';
import type { XmlDocument, XmlNode } from '../../src/xml/syntax';

/** Every place where a text can be cut, but for those deep inside a word or a run of blanks: they are all alike. */
export function cutsOf(text: string): readonly number[] {
	const alike = /^(?:\w{4}|\s{4})$/;
	return Array.from({ length: text.length + 1 }, (_, at) => at).filter(
		at => !alike.test(text.slice(Math.max(0, at - 2), at + 2)),
	);
}

/** Checks what holds for any text; answers with the number of its syntax problems. */
export function checkPrefix(text: string, file: string, withSchema: boolean): number {
	const document = parse(text);
	const problems = [...document.problems, ...(withSchema ? validateSchema(document, formatOf(file) ?? 'csdef') : [])];
	for (const { span, message } of problems) {
		assert.ok(
			0 <= span.start && span.start <= span.end && span.end <= text.length,
			`${file} ${text.length}: ${message}`,
		);
	}
	checkNesting(document, document.content, 0, text.length);
	const { replace } = { replace: { start: text.length, end: text.length }, ...spotAt(document, text.length) };
	assert.ok(replace.start <= text.length && replace.end >= text.length, `${file} ${text.length}: spot`);
	return document.problems.length;
}

/** Nodes stand one after the other inside their parent. */
function checkNesting(document: XmlDocument, content: readonly XmlNode[], start: number, end: number): void {
	let at = start;
	for (const node of content) {
		assert.ok(
			at <= node.start && node.start <= node.end && node.end <= end,
			`a node leaves its parent at ${node.start}`,
		);
		at = node.end;
		if (node.kind === 'element') {
			checkNesting(document, node.content, node.openTag.end, node.closeTag?.start ?? node.end);
		}
	}
}
