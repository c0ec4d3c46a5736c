import assert from 'node:assert/strict';
import { hasReached, isKnownTarget, when } from '../../src/lifecycle/waiting';
import { newService, rolePlan, startService } from '../support/fakeService';

suite('waiting for a state', () => {
	for (const [target, state] of [
		['all', 'ReadyRole'],
		['Worker', 'Ready'],
		['Worker_IN_1', 'ready'],
	] as const) {
		test(`wait ${target} ${state}`, async () => {
			const { world, deployment } = newService([rolePlan({ count: 2 })]);
			const reached = when(deployment, hasReached(target, state), { clock: world.clock, milliseconds: 60_000 });
			deployment.start();
			await world.settled();
			assert.deepEqual([await reached, world.clock.pending], [true, 4]);
		});
	}

	test('gives up after the time, and when the deployment has stopped', async () => {
		const { world, deployment } = await startService([rolePlan()], { '*': { onStart: 'hangs' } });
		const within = when(deployment, hasReached('all', 'ReadyRole'), { clock: world.clock, milliseconds: 60_000 });
		await world.pass(60_000);
		assert.equal(await within, false);
		const other = when(deployment, hasReached('all', 'ReadyRole'));
		void deployment.stop();
		await deployment.stop();
		assert.equal(await other, false);
	});

	test('all are Ready only when a change is through', async () => {
		const { world, deployment } = await startService([rolePlan()], { '*#1': { changing: 'hangs' } });
		deployment.submit({ command: 'set', role: 'Worker', setting: 'Greeting', value: 'x' }, 'stdin');
		assert.equal(hasReached('all', 'ReadyRole')(deployment.snapshot), false);
		world.process('Worker_IN_0').end('Changing', { result: { cancel: true } });
		await world.settled();
		assert.equal(hasReached('all', 'ReadyRole')(deployment.snapshot), true);
	});

	test('targets that exist', async () => {
		const { deployment } = await startService();
		const known = ['all', 'Worker', 'Worker_IN_0', 'Worker_IN_1', 'Web'].map(target =>
			isKnownTarget(deployment.snapshot, target),
		);
		assert.deepEqual(known, [true, true, true, false, false]);
	});
});
