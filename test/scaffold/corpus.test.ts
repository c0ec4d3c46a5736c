import assert from 'node:assert/strict';
import { corpusSuite } from '../support/corpus';
import { corpusServices, scaffoldEverything } from './everyScaffold';

corpusSuite('scaffolds in real services', () => {
	test('each of them, in every hundred and sixtieth service (all of them: npm run soak)', () => {
		const some = corpusServices().filter((_, index) => index % 160 === 0);
		const done = some.reduce((sum, files) => sum + scaffoldEverything(files), 0);
		assert.ok(done > 12, `only ${done} were done`);
	});
});
