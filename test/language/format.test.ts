import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits } from '../../src/base/span';
import { format } from '../../src/language/format';
import { parse } from '../../src/xml/parser';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { formatBroken, formatHolds } from '../support/formatting';

function formatted(text: string, indent = '  '): string {
	return applyEdits(text, format(parse(text), indent));
}

const cases: readonly [title: string, before: string, after: string][] = [
	['gives each element a line at its depth', '<A><B><C/></B><D/></A>', '<A>\n  <B>\n    <C/>\n  </B>\n  <D/>\n</A>'],
	[
		'corrects depths and keeps one empty line',
		'<A>\n\n\n\n      <B />\n<C />\n    </A>',
		'<A>\n\n  <B />\n  <C />\n</A>',
	],
	['writes one blank between attributes and none around =', '<A  b = "1"\t\tc= "2"  />', '<A b="1" c="2" />'],
	[
		'puts attributes below the first one',
		'<A>\n<B a="1"\n b="2"\n\t\tc="3"/></A>',
		'<A>\n  <B a="1"\n     b="2"\n     c="3"/>\n</A>',
	],
	[
		'puts attributes below the name when the first one is',
		'<A>\n<B\na="1"\nb="2"\n/></A>',
		'<A>\n  <B\n    a="1"\n    b="2"\n  />\n</A>',
	],
	['keeps a blank before the end as the author does', '<A><B/><C /></A>', '<A>\n  <B/>\n  <C/>\n</A>'],
	[
		'keeps comments where they belong',
		'<A> <!-- of A -->\n<B/> <!-- of B -->\n<!-- of C\n  too --><C/></A>',
		'<A> <!-- of A -->\n  <B/> <!-- of B -->\n  <!-- of C\n  too -->\n  <C/>\n</A>',
	],
	['leaves text and what stands beside it', '<A>\n<B> a <C/>\n b</B></A>', '<A>\n  <B> a <C/>\n b</B>\n</A>'],
	['leaves CDATA sections', '<A><B><![CDATA[\n x ]]> </B></A>', '<A>\n  <B><![CDATA[\n x ]]> </B>\n</A>'],
	[
		'leaves blanks that are to be kept',
		'<A>\n<B xml:space="preserve"> <C/> </B></A>',
		'<A>\n  <B xml:space="preserve"> <C/> </B>\n</A>',
	],
	['keeps CRLF', '<A>\r\n<B/>\r\n\r\n\r\n<C/></A>\r\n', '<A>\r\n  <B/>\r\n\r\n  <C/>\r\n</A>\r\n'],
	[
		'keeps a mark of byte order and the declaration',
		'\uFEFF<?xml version="1.0"?><!-- a -->\n<A/>\n\n',
		'\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<A/>\n',
	],
	['keeps empty elements', '<A><B></B><C>\n\n</C></A >', '<A>\n  <B></B>\n  <C>\n  </C>\n</A>'],
	['keeps the blanks of values', '<A b=" 1\n2 "   c=\'\'/>', '<A b=" 1\n2 " c=\'\'/>'],
	['leaves an element that is not finished', '<A >\n<B>\n<C  d="1"/></A>', '<A>\n<B>\n<C  d="1"/></A>'],
	['leaves a tag without its end', '<A>\n<B  c="1"\n<D  e="1"/>\n</B></A>', '<A>\n<B  c="1"\n<D  e="1"/>\n</B></A>'],
	['leaves a tag that is broken', '<A>\n<B  c  d="1"/>\n<E  f="1"/></A>', '<A>\n<B  c  d="1"/>\n<E f="1"/>\n</A>'],
	['has nothing to do in an empty text', ' \n ', ' \n '],
];

suite('format', () => {
	for (const [title, before, after] of cases) {
		test(title, () => {
			assert.equal(formatted(before), after);
			assert.equal(formatted(after), after);
		});
	}
	test('indents by tabs where they are asked for', () => {
		assert.equal(formatted('<A><B a="1"\nb="2"/></A>', '\t'), '<A>\n\t<B a="1"\n\t   b="2"/>\n</A>');
	});
	test('a range alone', () => {
		const text = '<A>\n<B/>\n<C/>\n<D/>\n</A>';
		const at = text.indexOf('<C/>');
		assert.equal(
			applyEdits(text, format(parse(text), '  ', { start: at, end: at + 4 })),
			'<A>\n<B/>\n  <C/>\n<D/>\n</A>',
		);
	});
});

corpusSuite('format: the corpus', () => {
	test('twice is once, and nothing but blanks changes (every file: npm run soak)', () => {
		for (const file of corpusFiles().filter((_, index) => index % 16 === 0)) {
			formatHolds(readFileSync(path.join(corpus ?? '', file), 'utf8'));
		}
	});
	test('of broken texts too', () => formatBroken(60, 1));
});
