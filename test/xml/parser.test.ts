import assert from 'node:assert/strict';
import { parse } from '../../src/xml/parser';
import { outline, problemsIn } from '../support/outline';

/** The tree that a text gives, and what is wrong with it, each as `code 'the text that it is about'`. */
function reads(text: string, tree: string, problems: readonly string[] = []): void {
	const document = parse(text);
	assert.equal(outline(document), tree);
	assert.deepEqual(problemsIn(text, document.problems), problems);
}

suite('parser: well-formed text', () => {
	test('elements, attributes and their values', () => {
		reads(`<A x="1" y='"2"'><B/><C z = "3"></C></A>`, 'A[x=1 y="2"](B C[z=3])');
	});
	test('references are resolved, white space in values becomes blanks', () => {
		reads('<A x="&lt;&amp;&#65;&#x42;&quot;" y="a\r\nb\tc"/>', 'A[x=<&AB" y=a b c]');
	});
	test('a byte order mark, a declaration, comments and instructions stand before the root', () => {
		reads('\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<!-- c --><?p q?>\r\n<A/>\r\n<!-- d -->', 'A');
	});
	test('character data, text and comments stand among the content', () => {
		const text = '<A>a &lt; b<![CDATA[<B/>]]><!-- c --><?p?></A>';
		reads(text, 'A');
		assert.deepEqual(
			parse(text).root?.content.map(node => node.kind),
			['text', 'text', 'comment', 'instruction'],
		);
	});
	test('names beyond ASCII, prefixes that are declared', () => {
		reads('<ü:Größe xmlns:ü="u" ü:a="1" xml:lang="de"/>', 'ü:Größe[xmlns:ü=u ü:a=1 xml:lang=de]');
	});
	test("'>' in a value, and '--' outside comments", () => {
		reads('<A x="a > b" y="--">-- ></A>', 'A[x=a > b y=--]');
	});
	test('the places of tags, names and values', () => {
		const root = parse('<A x="1">\n</A >').root;
		assert.deepEqual(root?.openTag, { start: 0, end: 9 });
		assert.deepEqual(root?.closeTag, { start: 10, end: 15 });
		assert.deepEqual(root?.closeName, { start: 12, end: 13, text: 'A' });
		const value = root?.attributes[0]?.rawValue;
		assert.deepEqual([value?.start, value?.end, value?.text], [6, 7, '1']);
		assert.equal(root?.end, 15);
	});
});

suite('parser: one mistake, one problem', () => {
	const cases: readonly [what: string, text: string, tree: string, problems: readonly string[]][] = [
		['nothing', '', '', ["noRoot ''"]],
		['only a comment', '<!-- x -->', '', ["noRoot '<!-- x -->'"]],
		['a lone <', '<A>\n <\n <B/>\n</A>', 'A(? B)', ["elementNameExpected '<'"]],
		['a lone < before the root', '<\n<A/>', '? A', ["elementNameExpected '<'"]],
		['a tag without name', '<A><></A>', 'A(?)', ["elementNameExpected '<>'"]],
		['a begun name', '<A>\n <B\n <C/>\n</A>', 'A(B C)', ["tagNotClosed 'B'"]],
		['a begun attribute', '<A>\n <B na\n <C/>\n</A>', 'A(B[na] C)', ["tagNotClosed 'B'"]],
		['an equals sign without value', '<A>\n <B n=\n <C/>\n</A>', 'A(B[n] C)', ["tagNotClosed 'B'"]],
		['a tag without >', '<A>\n <B n="1"\n <C/>\n</A>', 'A(B[n=1] C)', ["tagNotClosed 'B'"]],
		['a tag without >, closed later', '<A>\n <B n="1"\n <C/>\n </B>\n</A>', 'A(B[n=1](C))', ["tagNotClosed 'B'"]],
		['a slash without >', '<A>\n <B n="1" /\n <C/>\n</A>', 'A(B[n=1] C)', ["tagNotClosed 'B'"]],
		['an open quote', '<A>\n <B n="1\n <C m="2"/>\n</A>', 'A(B[n=1] C[m=2])', [`valueNotClosed '"1'`]],
		['an open quote before />', '<A>\n <B n="1 />\n <C m="2"/>\n</A>', 'A(B[n=1] C[m=2])', [`valueNotClosed '"1'`]],
		[
			'an open quote before >',
			'<A>\n <B n="1>\n <C m="2"/>\n </B>\n</A>',
			'A(B[n=1](C[m=2]))',
			[`valueNotClosed '"1'`],
		],
		['an open quote before an attribute', '<A n="1 m="2"/>', 'A[n=1 m=2]', [`valueNotClosed '"1'`]],
		['an open quote at the end', '<A n="1', 'A[n=1]', [`valueNotClosed '"1'`]],
		['an attribute without value', '<A n m="2"/>', 'A[n m=2]', ["attributeWithoutValue 'n'"]],
		['an attribute without value, with =', '<A n= m="2"/>', 'A[n m=2]', ["attributeWithoutValue 'n'"]],
		['typographic quotes', '<A n=“1 2”>\n</A>', 'A[n]', ["valueNotQuoted '“1 2”'"]],
		['one typographic quote', '<A n=“1>\n</A>', 'A[n]', ["valueNotQuoted '“1'"]],
		['a merge without decision', '<A>\n<<<<<<< HEAD\n</A>', 'A(?)', ["mergeConflict '<<<<<<< HEAD'"]],
		['a value without quotes', '<A n=1/>', 'A[n]', ["valueNotQuoted '1'"]],
		['no blank between attributes', '<A n="1"m="2"/>', 'A[n=1 m=2]', ["blankMissing 'm'"]],
		['an attribute twice', '<A n="1" n="2"/>', 'A[n=1 n=2]', ["duplicateAttribute 'n'"]],
		['something strange in a tag', '<A n="1" % m="2"/>', 'A[n=1 m=2]', ["unexpectedInTag '%'"]],
		['< in a value', '<A n="a < b"/>', 'A[n=a < b]', ["lessThanInValue '<'"]],
		['& alone', '<A n="a & b"/>', 'A[n=a & b]', ["ampersand '&'"]],
		['& in text', '<A>a & b</A>', 'A', ["ampersand '&'"]],
		['an unknown entity', '<A n="&nbsp;"/>', 'A[n=&nbsp;]', ["undefinedEntity '&nbsp;'"]],
		['a character that may not be', '<A n="&#0;"/>', 'A[n=&#0;]', ["badCharacterReference '&#0;'"]],
		['a control character', '<A n="\u0001"/>', 'A[n=\u0001]', ["illegalCharacter '\u0001'"]],
		['half a surrogate pair', '<A n="\uD800"/>', 'A[n=\uD800]', ["illegalCharacter '\uD800'"]],
		['no closing tag', '<A>\n <B>\n  <C/>\n <B/>\n</A>', 'A(B(C) B)', ["missingCloseTag 'B'"]],
		['no closing tag in one line', '<A><B><C/><B/></A>', 'A(B(C) B)', ["missingCloseTag 'B'"]],
		['no closing tag without indentation', '<A>\n<B>\n<C/>\n</A>', 'A(B(C))', ["missingCloseTag 'B'"]],
		['no closing tag of the root', '<A>\n<B/>', 'A(B)', ["missingCloseTag 'A'"]],
		['a misspelt closing tag', '<A>\n <B>\n </C>\n <B/>\n</A>', 'A(B B)', ["wrongCloseTag 'C'"]],
		['a closing tag in another case', '<A><B></b></A>', 'A(B)', ["wrongCloseTag 'b'"]],
		['a begun closing tag', '<A>\n <B>\n </\n <C/>\n</A>', 'A(B C)', ["wrongCloseTag '</'"]],
		['a closing tag without >', '<A>\n <B>\n </B\n <C/>\n</A>', 'A(B C)', ["closeTagNotClosed '</B'"]],
		['something in a closing tag', '<A></A b>', 'A', ["unexpectedInTag 'b>'"]],
		['a closing tag too many', '<A><B/></B><C/></A>', 'A(B C)', ["closeTagWithoutOpen '</B>'"]],
		['a second root', '<A/><B/><C/>', 'A B C', ["secondRoot 'B'"]],
		['text before the root', 'abc <A/>', 'A', ["textOutsideRoot 'abc'"]],
		['an open comment', '<A>\n <!-- c\n <B/>\n</A>', 'A(B)', ["commentNotClosed '<!--'"]],
		['-- in a comment', '<A><!-- a -- b --></A>', 'A', ["doubleHyphen '--'"]],
		['a comment in a comment', '<A><!-- a <!-- b --></A>', 'A', ["doubleHyphen '--'"]],
		['a comment that ends with --->', '<A><!-- a ---></A>', 'A', ["doubleHyphen '--'"]],
		['open character data', '<A>\n <![CDATA[ c\n <B/>\n</A>', 'A(B)', ["characterDataNotClosed '<![CDATA['"]],
		[']]> in text', '<A>a ]]> b</A>', 'A', ["characterDataEnd ']]>'"]],
		['an open instruction', '<A>\n <?p q\n <B/>\n</A>', 'A(B)', ["instructionNotClosed '<?p q'"]],
		['an instruction without name', '<A><? p?></A>', 'A', ["instructionName '<?'"]],
		['a declaration after a blank', ' <?xml version="1.0"?><A/>', 'A', [`declarationNotFirst '<?xml version="1.0"?>'`]],
		[
			'a declaration without version',
			'<?xml encoding="utf-8"?><A/>',
			'A',
			[`badDeclaration '<?xml encoding="utf-8"?>'`],
		],
		['a document type', '<!DOCTYPE A [<!ENTITY e "<B/>">]><A/>', 'A', ["doctype '<!DOCTYPE'"]],
		['an open document type', '<!DOCTYPE A [\n<A/>', 'A', ["doctypeNotClosed '<!DOCTYPE'"]],
		['a document type after the root', '<A/><!DOCTYPE A>', 'A', ["doctypeMisplaced '<!DOCTYPE'"]],
		['unknown markup', '<A><!x></A>', 'A', ["unknownMarkup '<!x>'"]],
		['a colon before a name', '<A><:B/></A>', 'A(:B)', ["colonInName ':B'"]],
		[
			'a colon after a name, and two of them',
			'<A><B: x:y:z="1"/></A>',
			'A(B:[x:y:z=1])',
			["colonInName 'B:'", "colonInName 'x:y:z'"],
		],
		['a prefix for no namespace', '<A><B xmlns:p=""/></A>', 'A(B[xmlns:p=])', ["emptyNamespace 'xmlns:p'"]],
		['a prefix that is not declared', '<A><x:B x:c="1"/></A>', 'A(x:B[x:c=1])', ["undeclaredPrefix 'x'"]],
	];
	for (const [what, text, tree, problems] of cases) {
		test(what, () => reads(text, tree, problems));
	}

	test('several mistakes, in the order of the text', () => {
		reads('<A>\n <B n="1>\n <C>\n <D m=2/>\n</A>', 'A(B[n=1] C D[m])', [
			"missingCloseTag 'B'",
			`valueNotClosed '"1'`,
			"missingCloseTag 'C'",
			"valueNotQuoted '2'",
		]);
	});

	test('a document type is read over: its entities stay unresolved, and that is a warning', () => {
		const { problems } = parse('<!DOCTYPE A [<!ENTITY e "x">]><A n="&e;"/>');
		assert.deepEqual(
			problems.map(({ code, severity }) => `${severity} ${code}`),
			['warning doctype', 'warning undefinedEntity'],
		);
	});
});

suite('parser: hostile text is looked at a few times, however long it is', () => {
	const pieces = [
		'<a ',
		'<a>',
		'<a\n',
		'</a>',
		'<!-- ',
		'<!--\n<a/>\n',
		'<![CDATA[\n<a/>\n',
		'<!DOCTYPE [\n<a>\n',
		'<?p\n',
		'<a b="',
		`<a b="<a b='`,
		'&a',
		'<a b="&',
		'<a b="c>',
		'\n<a>',
		'<x:a>',
		'<a>x',
		'<a>x</a>',
		'<a>\n</b>\n',
		' ="',
		']]>',
		'<a>]',
	];
	for (const piece of pieces) {
		test(JSON.stringify(piece), () => {
			const short = looksPerCharacter(piece.repeat(500));
			const long = looksPerCharacter(piece.repeat(2000));
			assert.ok(long < short * 1.5 + 1, `${short} times each when short, ${long} times when long`);
		});
	}
});

/** How often the parser looks at each character of a text, on average; a search counts as far as it reaches. */
function looksPerCharacter(text: string): number {
	let looks = 0;
	const watched = {
		length: text.length,
		toString: () => text,
		charCodeAt(at: number) {
			looks++;
			return text.charCodeAt(at);
		},
		charAt(at: number) {
			looks++;
			return text.charAt(at);
		},
		slice(start: number, end: number) {
			looks += end - start;
			return text.slice(start, end);
		},
		startsWith(part: string, at: number) {
			looks += part.length;
			return text.startsWith(part, at);
		},
		indexOf(part: string, from: number) {
			const found = text.indexOf(part, from);
			looks += (found < 0 ? text.length : found) - from;
			return found;
		},
	};
	// It has what the parser asks of a string; anything else it would ask for throws.
	parse(watched as unknown as string);
	return looks / text.length;
}
