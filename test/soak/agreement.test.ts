import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../../src/xml/parser';
import { agreement } from '../support/agreement';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { anyChange, keystroke, random } from '../support/textChanges';

corpusSuite('agreement over 100,000 changed models', () => {
	test('the schemas say what the reference says in 99.5 of 100 at least', () => {
		const { cases, different } = agreement(100_000, 7);
		console.log(`      ${different.length} of ${cases} differ`);
		assert.ok(different.length <= cases * 0.005, JSON.stringify(different.slice(0, 3), undefined, 1));
	});

	test('a text is well-formed where libxml2 says so, in 99.5 of 100 at least', function () {
		if (spawnSync('xmllint', ['--version']).status !== 0) {
			this.skip();
		}
		const next = random(8);
		const files = corpusFiles();
		const different: string[] = [];
		const rounds = 3000;
		for (let round = 0; round < rounds; round++) {
			const text = readFileSync(path.join(corpus ?? '', files[Math.floor(next() * files.length)] ?? ''), 'utf8');
			// The label of the encoding is about bytes, and a half of a pair is no text to hand over.
			const changed = (next() < 0.3 ? keystroke : anyChange)(text, next)
				.replace(/[\ud800-\udfff]/g, '')
				.replace('utf-16', 'utf-8');
			// Encodings are about bytes, of which we see none; libxml2 says of a prefix without declaration only that it is odd.
			if (/^.{0,40}encoding="(?!utf-8")/i.test(changed)) {
				continue;
			}
			const own = parse(changed).problems.every(
				({ severity, code }) =>
					severity !== 'error' || ['undeclaredPrefix', 'colonInName', 'emptyNamespace'].includes(code),
			);
			const theirs = spawnSync('xmllint', ['--noout', '-'], { input: changed }).status === 0;
			if (own !== theirs) {
				different.push(changed);
			}
		}
		console.log(`      ${different.length} of ${rounds} differ`);
		assert.ok(different.length <= rounds * 0.005, different[0]);
	});
});
