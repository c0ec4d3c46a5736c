import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ruleCodes } from '../../src/model/problems';

const folder = path.resolve(__dirname, '../../docs/problems');

suite('pages of the problems', () => {
	test('every rule has one, with its name, reason and remedy', () => {
		for (const code of ruleCodes) {
			const text = readFileSync(path.join(folder, `${code}.md`), 'utf8');
			assert.match(
				text,
				new RegExp(
					`^# ${code}\n\n(Error|Warning|Information|Hint)\\. [\\s\\S]+\\*\\*Why\\.\\*\\*[\\s\\S]+\\*\\*How to mend it\\.\\*\\*`,
				),
			);
		}
	});
	test('no page is about a code that is gone', () => {
		const sources = ['model', 'schema', 'xml'].map(layer =>
			readFileSync(path.resolve(__dirname, `../../src/${layer}/problems.ts`), 'utf8'),
		);
		const gone = readdirSync(folder).filter(
			file => !sources.some(source => source.includes(`'${path.parse(file).name}'`)),
		);
		assert.deepEqual(gone, []);
	});
});
