import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { insertElements, type Position, removeElement, setAttribute } from '../../src/model/markup';
import { parse } from '../../src/xml/parser';
import { localName, type XmlDocument, type XmlElement } from '../../src/xml/syntax';

/** Inserts `<New a="1"><In/></New>` or `<New/>` into the element `P`. */
function inserted(text: string, position: Position | 'afterB' = 'last', deep = false): string {
	const document = parse(text);
	const at = position === 'afterB' ? { after: find(document, 'B') } : position;
	const markup = deep
		? { name: 'New', attributes: [['a', '<"\'&\n']] as const, children: [{ name: 'In' }] }
		: { name: 'New' };
	return applyEdits(text, [insertElements(document, find(document, 'P'), [markup], at)]);
}

function removed(text: string): string {
	const document = parse(text);
	return applyEdits(text, [removeElement(document, find(document, 'B'))]);
}

function find(document: XmlDocument, name: string): XmlElement {
	const pending = document.root ? [document.root] : [];
	for (const element of pending) {
		if (localName(element) === name) {
			return element;
		}
		pending.push(...element.children);
	}
	return assert.fail(`no element ${name}`);
}

suite('markup', () => {
	test('two that are removed at once stay apart, whatever nobody closed', () => {
		const document = parse('<P>\n  <B v=]]>"" />\n  <B/>\n  <B/>\n</P>');
		const spans = document.root?.children.map(each => removeElement(document, each).span) ?? [];
		assert.equal(spans.length, 3);
		assert.ok(spans.every((span, index) => index === 0 || (spans[index - 1]?.end ?? 0) <= span.start));
	});
	const insertions: readonly [before: string, after: string, position?: Position | 'afterB', deep?: boolean][] = [
		['<P/>', '<P>\n  <New/>\n</P>'],
		['<P />', '<P>\n  <New />\n</P>'],
		['<P></P>', '<P>\n  <New />\n</P>'],
		['<P>\n</P>', '<P>\n  <New />\n</P>'],
		['<P>\r\n\t<A/>\r\n</P>', '<P>\r\n\t<A/>\r\n\t<New/>\r\n</P>'],
		['<P><A/></P>', '<P><A/><New/></P>'],
		['<P>\n    <A/> <!-- of A -->\n</P>', '<P>\n    <A/> <!-- of A -->\n    <New/>\n</P>'],
		['<P>\n    <A/>\n    <!-- last -->\n</P>', '<P>\n    <A/>\n    <New/>\n    <!-- last -->\n</P>'],
		['<P>\n  <A/>\n</P>', '<P>\n  <New/>\n  <A/>\n</P>', 'first'],
		['<P>\n  <B/>\n  <C/>\n</P>', '<P>\n  <B/>\n  <New/>\n  <C/>\n</P>', 'afterB'],
		['<R>\n <P>\n </P>\n</R>', '<R>\n <P>\n  <New />\n </P>\n</R>'],
		[
			"<P>\n   <A x='1'/>\n</P>",
			"<P>\n   <A x='1'/>\n   <New a='&lt;\"&apos;&amp;&#10;'>\n      <In/>\n   </New>\n</P>",
			'last',
			true,
		],
		[
			'<n:P xmlns:n="x"></n:P>',
			'<n:P xmlns:n="x">\n  <n:New a="&lt;&quot;\'&amp;&#10;">\n    <n:In />\n  </n:New>\n</n:P>',
			'last',
			true,
		],
		['<P>\n  <A/>', '<P>\n  <A/>\n  <New/>'],
		['<P>', '<P>\n  <New />'],
	];
	for (const [before, after, position, deep] of insertions) {
		test(`inserts into ${JSON.stringify(before)}`, () => assert.equal(inserted(before, position, deep), after));
	}

	const removals: readonly [before: string, after: string][] = [
		['<P>\n  <A/>\n  <B/>\n</P>', '<P>\n  <A/>\n</P>'],
		['<P>\r\n  <B>\r\n    <C/>\r\n  </B>  \r\n  <D/>\r\n</P>', '<P>\r\n  <D/>\r\n</P>'],
		['<P><A/><B/><C/></P>', '<P><A/><C/></P>'],
		['<P>\n  <B/> <C/>\n</P>', '<P>\n   <C/>\n</P>'],
	];
	for (const [before, after] of removals) {
		test(`removes from ${JSON.stringify(before)}`, () => assert.equal(removed(before), after));
	}

	const settings: readonly [before: string, after: string][] = [
		['<P><B/></P>', '<P><B a="&lt;\'"/></P>'],
		["<P><B a = 'old' b='1'/></P>", "<P><B a='&lt;&apos;' b='1'/></P>"],
		['<P>\n  <B\n    b="1">\n  </B>\n</P>', '<P>\n  <B\n    b="1" a="&lt;\'">\n  </B>\n</P>'],
	];
	for (const [before, after] of settings) {
		test(`sets an attribute in ${JSON.stringify(before)}`, () => {
			const document = parse(before);
			assert.equal(applyEdits(before, [setAttribute(document, find(document, 'B'), 'a', "<'")]), after);
		});
	}

	test('writes the text of an element', () => {
		const document = parse('<P/>');
		const markup = { name: 'New', text: '<a> & "b"' };
		assert.equal(
			applyEdits('<P/>', [insertElements(document, find(document, 'P'), [markup])]),
			'<P>\n  <New>&lt;a&gt; &amp; "b"</New>\n</P>',
		);
	});
});
