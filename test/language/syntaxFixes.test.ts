import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { parseFile, serviceOf } from '../../src/language/documents';
import { fixesFor } from '../../src/language/quickFix';

const cases: readonly [code: string, before: string, title: string, after: string][] = [
	['valueNotClosed', '<a><b x="1></b></a>', 'Close the value', '<a><b x="1"></b></a>'],
	['valueNotClosed', "<a\n  x='1\n  y='2'/>", 'Close the value', "<a\n  x='1'\n  y='2'/>"],
	['valueNotQuoted', '<a><b x=1/></a>', 'Put the value in quotes', '<a><b x="1"/></a>'],
	['valueNotQuoted', '<a><b x=1"/></a>', 'Put the value in quotes', '<a><b x="1"/></a>'],
	['valueNotQuoted', '<a x=“1 2” y="3"/>', 'Write straight quotes', '<a x="1 2" y="3"/>'],
	['valueNotQuoted', '<a x=“1“ y="3"/>', 'Write straight quotes', '<a x="1" y="3"/>'],
	['elementNameExpected', '<a>\n <<b/>\n</a>', 'Remove it', '<a>\n <b/>\n</a>'],
	['attributeWithoutValue', '<a x/>', 'Give it an empty value', '<a x=""/>'],
	['attributeWithoutValue', '<a x= />', 'Give it an empty value', '<a x="" />'],
	['blankMissing', '<a x="1"y="2"/>', 'Insert a blank', '<a x="1" y="2"/>'],
	['duplicateAttribute', '<a x="1" x="2"/>', 'Remove the second one', '<a x="1"/>'],
	['tagNotClosed', '<a><b x="1" <c/></a>', "Close the element with '/>'", '<a><b x="1"/> <c/></a>'],
	['tagNotClosed', '<a><b x="1" <c/></b></a>', "Close the tag with '>'", '<a><b x="1"> <c/></b></a>'],
	['closeTagNotClosed', '<a><b/></a', "Close the tag with '>'", '<a><b/></a>'],
	['missingCloseTag', '<a><b x="1"><c/></a>', "Add the closing tag '</b>'", '<a><b x="1"><c/></b></a>'],
	['missingCloseTag', '<a>\n  <b>\n    <c/>\n</a>', "Add the closing tag '</b>'", '<a>\n  <b>\n    <c/>\n  </b>\n</a>'],
	['missingCloseTag', '<a>\n  <b>\n</a>', "Close the element with '/>'", '<a>\n  <b />\n</a>'],
	['wrongCloseTag', '<a><b></c></a>', "Change to '</b>'", '<a><b></b></a>'],
	['closeTagWithoutOpen', '<a></b></a>', 'Remove it', '<a></a>'],
	['textOutsideRoot', '<a/>x', 'Remove it', '<a/>'],
	['ampersand', '<a x="b & c"/>', "Write '&amp;'", '<a x="b &amp; c"/>'],
	['lessThanInValue', '<a x="b < c"/>', "Write '&lt;'", '<a x="b &lt; c"/>'],
	['undefinedEntity', '<a x="&nbsp;"/>', "Write '&amp;' for the character", '<a x="&amp;nbsp;"/>'],
	['badCharacterReference', '<a x="&#0;"/>', 'Remove it', '<a x=""/>'],
	['characterDataEnd', '<a>]]></a>', "Write ']]&gt;'", '<a>]]&gt;</a>'],
	['doubleHyphen', '<a><!-- x -- y --></a>', "Write '- -'", '<a><!-- x - - y --></a>'],
	['commentNotClosed', '<a><!-- x\n</a>', 'Close the comment at the end of the line', '<a><!-- x -->\n</a>'],
	['declarationNotFirst', '\n<?xml version="1.0"?><a/>', 'Move it to the beginning', '<?xml version="1.0"?><a/>'],
];

suite('quick fixes of texts that are not well-formed', () => {
	for (const [code, before, title, after] of cases) {
		test(`${code}: ${before.replace(/\n/g, ' ')}`, () => {
			const file = parseFile('/s/a.csdef', 'csdef', before);
			const service = serviceOf([file]);
			const problem = file.document.problems.find(each => each.code === code) ?? assert.fail(`no problem ${code}`);
			const fix =
				fixesFor(file, service, problem).find(each => each.title === title) ?? assert.fail(`no fix '${title}'`);
			assert.equal(applyEdits(before, fix.edits[0]?.edits ?? []), after);
			assert.deepEqual(parseFile('/s/a.csdef', 'csdef', after).document.problems, []);
		});
	}
});
