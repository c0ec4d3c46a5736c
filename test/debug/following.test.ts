import assert from 'node:assert/strict';
import { follow } from '../../src/debug/following';
import { noFilters } from '../../src/debug/lifecycleFilters';
import { playDebugWorld } from '../support/debugWorld';

suite('following a service', () => {
	test('why no debugger comes to an instance is said once where it is seen, any other note in the console', () => {
		const { run, world, journal } = playDebugWorld();
		const said: unknown[] = [];
		const event = (name: string, body?: object) => void (name === 'output' && said.push(body));
		follow(run, event, world, () => noFilters, 'stop');
		const text = 'No debugger can be attached to a role on Mono from here.';
		journal('Worker_IN_0', { event: 'note', text, about: 'debugger' });
		journal('Worker_IN_0', { event: 'note', text, about: 'debugger' });
		journal('Worker_IN_0', { event: 'note', text: 'The disk is full.' });
		assert.deepEqual(said, [
			{ category: 'important', output: `${text}\n` },
			{ category: 'console', output: `[Worker_IN_0] ${text}\n` },
			{ category: 'console', output: '[Worker_IN_0] The disk is full.\n' },
		]);
	});
});
