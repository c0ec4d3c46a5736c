import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { removeAttribute, setAttributeValue } from '../../src/model/attributeEdits';
import { parse } from '../../src/xml/parser';

/** The root, and its attribute `a` set to a value, or taken out for `undefined`. */
function edited(text: string, value: string | undefined): string {
	const document = parse(text);
	const root = document.root ?? assert.fail('no root');
	const edits =
		value === undefined ? removeAttribute(document, root, 'a') : [setAttributeValue(document, root, 'a', value)];
	return applyEdits(text, edits);
}

suite('edits of attributes', () => {
	const cases: readonly [what: string, before: string, value: string | undefined, after: string][] = [
		[
			'nothing but the value',
			`<x b = "1"\r\n\ta =\t'old'  /><!-- a="c" -->`,
			'new',
			`<x b = "1"\r\n\ta =\t'new'  /><!-- a="c" -->`,
		],
		['escaped for its quotes', `<x a='1'/>`, `it's "<&>"`, `<x a='it&apos;s "&lt;&amp;>"'/>`],
		['an empty one', '<x a=""/>', 'v', '<x a="v"/>'],
		['one with entity references', '<x a="&amp;&#65;"/>', 'v', '<x a="v"/>'],
		['added behind the others', `<x b='1'>`, 'v', `<x b='1' a='v'>`],
		['added to none', '<p:x/>', 'v', '<p:x a="v"/>'],
		['begun and without a value', '<x a b="1"/>', 'v', '<x a="v" b="1"/>'],
		['begun and without its quotes', '<x a= b="1"/>', 'v', '<x a="v" b="1"/>'],
		['taken out with the blanks before it', '<x b="1"\r\n\ta="2"\r\n\tc="3"/>', undefined, '<x b="1"\r\n\tc="3"/>'],
		['nothing to take out', '<x b="1"/>', undefined, '<x b="1"/>'],
	];
	for (const [what, before, value, after] of cases) {
		test(what, () => assert.equal(edited(before, value), after));
	}
});
