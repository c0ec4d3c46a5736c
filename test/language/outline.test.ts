import assert from 'node:assert/strict';
import { closingText } from '../../src/language/closeTag';
import { parseFile } from '../../src/language/documents';
import { folds } from '../../src/language/folding';
import { type DocumentSymbol, outline } from '../../src/language/symbols';
import { parse } from '../../src/xml/parser';
import { marked } from '../support/marked';

suite('closing tags', () => {
	const cases: readonly [source: string, expected: string | undefined][] = [
		['<Role>|', '</Role>'],
		['<Role name="A">|', '</Role>'],
		['<Role name="A">|</Role>', undefined],
		['<Role name="A"/>|', undefined],
		['<A><Role>|</A>', '</Role>'],
		['<Role><Role>|</Role>', '</Role>'],
		['<Role><Role></Role>|</Role>', undefined],
		['<A></A>|', undefined],
		['<p:Role>|', '</p:Role>'],
		['<A><B></|', 'B>'],
		['<A><B></|></A>', 'B'],
		['<A><B></B></|', 'A>'],
		['<A></A></|', undefined],
		['>|', undefined],
		['</|', undefined],
		['<!-- <A>| -->', undefined],
	];
	for (const [source, expected] of cases) {
		test(source, () => {
			const { text, offset } = marked(source);
			assert.equal(closingText(parse(text), offset), expected);
		});
	}
});

suite('outline', () => {
	const show = (symbols: readonly DocumentSymbol[]): unknown[] =>
		symbols.map(({ name, detail, kind, children }) => [
			kind,
			detail === '' ? name : `${name} (${detail})`,
			...show(children),
		]);

	test('shows elements by their names in the model', () => {
		const text =
			'<ServiceDefinition name="Shop"><WebRole name="Front"><Endpoints><InputEndpoint name="Http"/></Endpoints><Startup><Task commandLine="a.cmd"/></Startup></WebRole><';
		assert.deepEqual(show(outline(parseFile('a.csdef', 'csdef', text))), [
			[
				'file',
				'Shop (ServiceDefinition)',
				[
					'role',
					'Front (WebRole)',
					['group', 'Endpoints', ['endpoint', 'Http (InputEndpoint)']],
					['group', 'Startup', ['task', 'a.cmd (Task)']],
				],
			],
		]);
	});
	test('has nothing for an empty text', () => {
		assert.deepEqual(outline(parseFile('a.csdef', 'csdef', '')), []);
	});
});

suite('folding', () => {
	test('elements and comments of more than one line', () => {
		const text = '<A>\n<B/>\n<!-- a\nb -->\n<C>\n</C>\n</A>';
		const found = folds(parseFile('a.csdef', 'csdef', text)).map(({ span, kind }) => [
			kind,
			text.slice(span.start, span.end),
		]);
		assert.deepEqual(found, [
			['element', '<A>\n<B/>\n<!-- a\nb -->\n<C>\n</C>\n'],
			['comment', '<!-- a\nb -->'],
			['element', '<C>\n'],
		]);
	});
});
