import assert from 'node:assert/strict';
import { createDebugSession } from '../../src/debug/session';
import { HostedService } from '../../src/lifecycle/deployment/hostedService';
import { debugAdapterClient } from '../support/debugAdapterClient';
import { playDebugWorld } from '../support/debugWorld';
import { rolePlan, servicePlan } from '../support/fakeService';
import { FakeWorld } from '../support/fakeWorld';

suite('a deployment in staging below a debugger', () => {
	test('its instances are threads with addresses, and a filter can mean one of them', async () => {
		const { threads, filter, hosted, world, stopped, request } = await stage();
		assert.deepEqual(await threads(), ['Worker_IN_0: Ready', 'staging:Worker_IN_0: Ready']);
		await filter('stopping', 'instance=staging:Worker_IN_0');
		hosted.submit({ command: 'recycle', instance: 'Worker_IN_0' }, 'editor');
		await world.settled();
		assert.equal(hosted.gate.standing, undefined);
		hosted.submit({ command: 'recycle', instance: 'staging:Worker_IN_0' }, 'editor');
		await world.settled();
		const threadId = await stopped();
		assert.deepEqual(
			(await threads())[Number(threadId) - 1],
			'staging:Worker_IN_0: Stopping: OnStop has 5 min to return',
		);
		const { stackFrames } = await request<{ stackFrames: { name: string }[] }>('stackTrace', { threadId });
		assert.deepEqual(stackFrames.map(({ name }) => name).slice(0, 1), ['Stopping, then OnStop']);
		assert.ok(!stackFrames.some(({ name }) => name === '> recycle Worker_IN_0 (editor)'), 'the other is another');
		const variables = await request<{ variables: { name: string; value: string }[] }>('variables', {
			variablesReference: Number(threadId) * 4 + 3,
		});
		assert.equal(variables.variables[0]?.value, '/state/second/Worker_IN_0/approot');
	});

	test('an instance that the launch names waits for its debugger, the one of the same name does not', async () => {
		const { hosted } = await stage(['staging:Worker_IN_0']);
		const { instances, staging } = hosted.snapshot;
		assert.deepEqual([instances[0]?.debugger, staging?.instances[0]?.debugger], ['none', 'waiting']);
	});
});

async function stage(instances: readonly string[] = []) {
	const world = new FakeWorld();
	const plan = servicePlan([rolePlan()]);
	const hosted = new HostedService(plan, world, { onStopLimit: 300_000, debug: new Set(instances) });
	const played = playDebugWorld();
	const start = async () => {
		hosted.start();
		return { deployment: hosted, plan, stop: () => hosted.stop() };
	};
	const attach = () => new Promise<void>(() => {});
	const client = debugAdapterClient(request => void session.handle(request));
	const debuggers = { ...played.world.debuggers, attach };
	const session = createDebugSession({ ...played.world, debuggers, start }, client.receive);
	const request = <T = Record<string, unknown>>(command: string, given: object = {}) =>
		client.request(command, given) as Promise<T>;
	const launched = request('launch', { service: '/shop', instances });
	await request('configurationDone');
	await launched;
	await world.settled();
	const second = servicePlan([rolePlan()], { deploymentId: 'second', stateFolder: '/state/second' });
	hosted.stage(async () => ({ plan: second, world, release: () => {} }), 'stdin');
	await world.settled();
	await world.settled();
	return {
		...{ hosted, world, request },
		threads: async () => (await request<{ threads: { name: string }[] }>('threads')).threads.map(({ name }) => name),
		filter: (filterId: string, condition: string) =>
			request('setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId, condition }] }),
		stopped: async () => (await client.event('stopped')).threadId,
	};
}
