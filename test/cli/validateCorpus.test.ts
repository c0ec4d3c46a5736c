import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';

corpusSuite('the verdict on the corpus', () => {
	test('each kind of problem occurs as often as docs/corpus-verdict.md says', async function () {
		this.timeout(60_000);
		const { files, counts, without } = await judge();
		assert.equal(files, corpusFiles().length);
		assert.deepEqual(counts, documented());
		assert.equal(without, 14);
	});
});

async function judge(): Promise<{ files: number; counts: Record<string, number>; without: number }> {
	let output = '';
	const stdout = { write: (text: string) => (output += text) };
	const io = {
		stdout,
		stderr: { write: () => 0 },
		stdin: Readable.from([]),
		env: {},
		cwd: corpus ?? '',
		isTerminal: false,
	};
	await main(['validate', '--format', 'json', '.'], io);
	const { files, problems, withoutDefinition } = JSON.parse(output) as {
		files: number;
		problems: { severity: string; layer: string; code: string }[];
		withoutDefinition: string[];
	};
	const counts: Record<string, number> = {};
	for (const { severity, layer, code } of problems) {
		const key = `${severity} ${layer} ${code}`;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return { files, counts, without: withoutDefinition.length };
}

/** The counts of the tables: rows that name a code have one. */
function documented(): Record<string, number> {
	const text = readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'corpus-verdict.md'), 'utf8');
	const counts: Record<string, number> = {};
	for (const [heading, severity] of [
		['## Errors', 'error'],
		['## Warnings', 'warning'],
		['## Information', 'information'],
		['## Hints', 'hint'],
	] as const) {
		const section = text.split(heading)[1]?.split('\n## ')[0] ?? '';
		for (const [, code, layer, count] of section.matchAll(/^\| `(\w+)` *\| (\w+) *\| (\d+)/gm)) {
			counts[`${severity} ${layer} ${code}`] = Number(count);
		}
	}
	return counts;
}
