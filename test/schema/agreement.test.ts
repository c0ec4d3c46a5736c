import assert from 'node:assert/strict';
import { agreement } from '../support/agreement';
import { corpusSuite } from '../support/corpus';

corpusSuite('the schemas agree with the reference', () => {
	test('on whether there is an error in a changed model, and where', function () {
		this.timeout(30_000);
		const { cases, wrong, different } = agreement(90, 1);
		assert.ok(wrong > cases / 3, `only ${wrong} of ${cases} cases have an error`);
		assert.deepEqual(different.slice(0, 3), []);
	});
});
