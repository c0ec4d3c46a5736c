import assert from 'node:assert/strict';
import { Timers } from '../../src/lifecycle/actor/timers';
import type { Timer } from '../../src/lifecycle/instance/instance';
import { FakeClock } from '../support/fakeWorld';

suite('the timers of an instance', () => {
	test('one that was cleared or set anew while it waited for its turn does not fire', () => {
		const clock = new FakeClock();
		const waiting: (() => void)[] = [];
		const fired: Timer[] = [];
		const timers = new Timers(
			clock,
			task => waiting.push(task),
			timer => fired.push(timer),
		);
		timers.set('limit', 10);
		timers.set('check', 10);
		timers.set('restart', 10);
		while (clock.runNext(clock.now() + 10)) {}
		timers.clear('limit');
		timers.set('check', 10);
		for (const task of waiting.splice(0)) {
			task();
		}
		assert.deepEqual(fired, ['restart']);
	});
});
