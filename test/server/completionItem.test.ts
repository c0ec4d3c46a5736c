import assert from 'node:assert/strict';
import { plainText } from '../../src/server/completionItem';

/** Snippets for a client that knows none. */

suite('the plain text of a snippet', () => {
	const cases: readonly [snippet: string, expected: string][] = [
		['WorkerRole', 'WorkerRole'],
		['<Role name="$1">$0</Role>', '<Role name=""></Role>'],
		['count="${1:2}"', 'count="2"'],
		['protocol="${2|http,https,tcp|}"', 'protocol="http"'],
		['${1}${2:}', ''],
		['a \\$ b \\} c \\\\', 'a $ b } c \\'],
		['${1:a\\}b}', 'a}b'],
		['${1|a\\,b,c|}', 'a,b'],
		['<A>\n\t<B x="${1:y}"/>\n</A>', '<A>\n\t<B x="y"/>\n</A>'],
	];
	for (const [snippet, expected] of cases) {
		test(JSON.stringify(snippet), () => assert.equal(plainText(snippet), expected));
	}
});
