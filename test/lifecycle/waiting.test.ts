import assert from 'node:assert/strict';
import type { DeploymentSnapshot } from '../../src/lifecycle/snapshot';
import { when } from '../../src/lifecycle/waiting';
import { newService, rolePlan, startService } from '../support/fakeService';

const allReady = ({ instances }: DeploymentSnapshot) => instances.every(({ state }) => state === 'ReadyRole');

suite('waiting on a deployment', () => {
	test('is over when the condition holds, and leaves no timer', async () => {
		const { world, deployment } = newService([rolePlan({ count: 2 })]);
		const reached = when(deployment, allReady, { clock: world.clock, milliseconds: 60_000 });
		deployment.start();
		await world.settled();
		// The two timers of each running instance.
		assert.deepEqual([await reached, world.clock.pending], [true, 4]);
	});

	test('gives up after the time, and when the deployment has stopped', async () => {
		const { world, deployment } = await startService([rolePlan()], { '*': { onStart: 'hangs' } });
		const within = when(deployment, allReady, { clock: world.clock, milliseconds: 60_000 });
		await world.pass(60_000);
		assert.equal(await within, false);
		const other = when(deployment, allReady);
		void deployment.stop();
		await deployment.stop();
		assert.equal(await other, false);
	});
});
