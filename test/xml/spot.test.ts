import assert from 'node:assert/strict';
import { parse } from '../../src/xml/parser';
import { spotAt } from '../../src/xml/spot';
import { marked } from '../support/marked';

/** Where the cursor `|` stands: the kind of place, whose it is, and the text that a proposal would replace. */
function stands(source: string, expected: string): void {
	const { text, offset } = marked(source);
	const spot = spotAt(parse(text), offset);
	if (spot.at === 'elsewhere') {
		assert.equal('elsewhere', expected);
		return;
	}
	const whose = 'element' in spot && spot.at !== 'elementName' ? spot.element : spot.parent;
	const attribute = spot.at === 'attributeValue' ? `/${spot.attribute.name.text}` : '';
	const replaced = text.slice(spot.replace.start, spot.replace.end);
	assert.equal(`${spot.at} of ${whose?.name?.text ?? 'nothing'}${attribute} '${replaced}'`, expected);
}

suite('spot', () => {
	const cases: readonly [source: string, expected: string][] = [
		['|', "content of nothing ''"],
		['<|', "elementName of nothing ''"],
		['<A|', "elementName of nothing 'A'"],
		['<A>|', "content of A ''"],
		['<A>|</A>', "content of A ''"],
		['<A>\n  |\n</A>', "content of A ''"],
		['<A>\n  <|\n</A>', "elementName of A ''"],
		['<A>\n  <B|\n</A>', "elementName of A 'B'"],
		['<A>\n  <Bc|d x="1"/>\n</A>', "elementName of A 'Bcd'"],
		['<A>\n  Bc|\n</A>', "content of A 'Bc'"],
		['<A>|<B/></A>', "content of A ''"],
		['<A><B/>|</A>', "content of A ''"],
		['<A><B></B>|</A>', "content of A ''"],
		['<A |', "attributeName of A ''"],
		['<A |/>', "attributeName of A ''"],
		['<A n|', "attributeName of A 'n'"],
		['<A x="1" | y="2"/>', "attributeName of A ''"],
		['<A x="1" |\n<B/></A>', "attributeName of A ''"],
		['<A\n  x="1"\n  |>', "attributeName of A ''"],
		['<A x=|', "attributeValue of A/x ''"],
		['<A x=|/>', "attributeValue of A/x ''"],
		['<A x=a|b/>', "attributeValue of A/x 'ab'"],
		['<A x="|"/>', "attributeValue of A/x ''"],
		['<A x="a|b"/>', "attributeValue of A/x 'ab'"],
		['<A x="ab|"/>', "attributeValue of A/x 'ab'"],
		['<A x="|', "attributeValue of A/x ''"],
		['<A x="a|\n<B/></A>', "attributeValue of A/x 'a'"],
		['<A x="a"|/>', 'elsewhere'],
		['<A x="a"/|>', 'elsewhere'],
		['<A x="a"/>|', "content of nothing ''"],
		['<A></|', "closeName of A ''"],
		['<A></|A>', "closeName of A 'A'"],
		['<A></A|>', "closeName of A 'A'"],
		['<A><B></|</A>', "closeName of B ''"],
		['<A><B></B></|B></A>', "closeName of A 'B'"],
		['<A><!-- | --></A>', 'elsewhere'],
		['<A><![CDATA[ | ]]></A>', 'elsewhere'],
		['<?xml | ?><A/>', 'elsewhere'],
		['<A>\n  <B x="1">\n    |\n  <B/>\n</A>', "content of B ''"],
	];
	for (const [source, expected] of cases) {
		test(JSON.stringify(source), () => stands(source, expected));
	}
});
