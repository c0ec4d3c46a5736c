import assert from 'node:assert/strict';
import { corpusServices, scaffoldEverything } from '../scaffold/everyScaffold';
import { corpusSuite } from '../support/corpus';

corpusSuite('scaffolds in all real services', () => {
	test('each of them', () => {
		const done = corpusServices().reduce((sum, files) => sum + scaffoldEverything(files), 0);
		assert.ok(done > 3000, `only ${done} were done`);
	}).timeout(300_000);
});
