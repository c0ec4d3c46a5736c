import assert from 'node:assert/strict';
import { sameValue } from '../../src/base/sameValue';

const instance = { state: 'Ready', endpoints: [{ port: 1 }, { port: 2 }], cause: undefined };

suite('Same value', () => {
	const pairs: readonly [name: string, one: unknown, other: unknown, same: boolean][] = [
		['made anew', instance, structuredClone(instance), true],
		['one without what the other leaves undefined', { a: 1, b: undefined }, { a: 1 }, true],
		['and the other way round', { a: 1 }, { a: 1, b: undefined }, true],
		['another word deep inside', instance, { ...instance, endpoints: [{ port: 1 }, { port: 3 }] }, false],
		['one more', instance, { ...instance, endpoints: [...instance.endpoints, { port: 3 }] }, false],
		['one less', instance, { ...instance, endpoints: [{ port: 1 }] }, false],
		['a list and a thing', [], {}, false],
		['nothing and a thing', null, {}, false],
		['a number and its text', { a: 1 }, { a: '1' }, false],
	];

	for (const [name, one, other, same] of pairs) {
		test(name, () => {
			assert.equal(sameValue(one, other), same);
		});
	}
});
