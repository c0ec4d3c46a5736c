import assert from 'node:assert/strict';
import { createDebugSession } from '../../src/debug/session';
import { type DebugAdapterClient, debugAdapterClient } from '../support/debugAdapterClient';
import { playDebugWorld, settled } from '../support/debugWorld';

suite('the debug session of a service', () => {
	test('launch starts it, terminate lets its processes go and stops it', async () => {
		const { client, done, waits, attached } = open();
		await client.request('initialize');
		await client.request('launch', { service: '/orders' });
		await client.request('configurationDone');
		waits('FrontDesk_IN_0', 1, 9230);
		attached('FrontDesk_IN_0');
		await client.request('terminate');
		await client.event('terminated');
		assert.deepEqual(done, [
			...['start /orders', 'attach FrontDesk_IN_0 to 9230'],
			...['detach FrontDesk_IN_0', 'stop the service'],
		]);
		assert.deepEqual(client.received, [
			...['initialize', '(initialized)', 'launch', 'configurationDone'],
			...['terminate', '(terminated)'],
		]);
	});

	test('a second word of parting waits for nobody', async () => {
		const { client, done, session } = open();
		await client.request('launch', { service: '/orders' });
		await client.request('terminate');
		await client.request('disconnect');
		await session.dispose();
		assert.deepEqual(done, ['start /orders', 'stop the service', 'stop the service']);
	});

	test('once all is over nothing is stopped again', async () => {
		const { client, done, session } = open();
		await client.request('launch', { service: '/orders' });
		await client.request('disconnect');
		await client.request('disconnect');
		await session.dispose();
		assert.deepEqual(done, ['start /orders', 'stop the service']);
	});

	test('an editor that is gone without a word leaves nothing running', async () => {
		const { client, done, session } = open();
		await client.request('launch', { service: '/orders' });
		await session.dispose();
		assert.deepEqual(done, ['start /orders', 'stop the service']);
	});

	test('leaving while the service is still being built ends the build, and the service if it stands all the same', async () => {
		const { client, done } = open();
		const launched = client.request('launch', { service: '/orders' });
		await client.request('disconnect');
		await launched;
		assert.deepEqual(done, ['start /orders', 'end the start', 'stop the service']);
	});

	test('a service that cannot start refuses the launch in its own words', async () => {
		const { client, refuse } = open();
		refuse('/orders', 'The build of role Worker failed.');
		await assert.rejects(client.request('launch', { service: '/orders' }), {
			message: 'The build of role Worker failed.',
		});
		await client.request('disconnect');
	});

	test('what a failed build wrote is a button away; a start that was ended is no failure to show', async () => {
		const { client, refuse } = open();
		refuse('/orders', 'The build of role Worker failed.');
		const error = { id: 1, format: 'The build of role Worker failed.' };
		const launch = () =>
			client.request('launch', { service: '/orders' }).then(
				() => assert.fail('it was launched'),
				refused => refused.body.error,
			);
		const link = { url: 'output:/orders', urlLabel: 'Show Output' };
		assert.deepEqual(await launch(), { ...error, showUser: true, ...link });
		const ended = launch();
		await client.request('disconnect');
		assert.deepEqual(await ended, { ...error, showUser: false });
	});

	test('an instance that the service does not have is told, and everything else runs', async () => {
		const { client, waits, done } = open();
		waits('Worker_IN_0', 1);
		await client.request('launch', { service: '/orders', instances: ['Wroker_IN_0', 'Worker_IN_0', 'first'] });
		assert.deepEqual(await client.event('output'), {
			category: 'important',
			output: '"instances" of the launch configuration names Wroker_IN_0, but the service has only Worker_IN_0.\n',
		});
		assert.deepEqual(done, ['start /orders', 'attach Worker_IN_0 to 101', 'Worker_IN_0 goes on']);
	});

	test('without a debugger the instance runs on, and that is said once', async () => {
		const { client, refuse, waits } = open();
		refuse('Worker_IN_0', 'No .NET debugger was found.');
		await client.request('launch', { service: '/orders' });
		waits('Worker_IN_0', 1);
		assert.deepEqual(await client.event('output'), {
			category: 'important',
			output: 'No .NET debugger was found.\n',
		});
		waits('Worker_IN_0', 2);
		await settled();
		assert.deepEqual(client.received, ['launch', '(output)']);
	});

	test('restart stops it and starts it again', async () => {
		const { client, done } = open();
		await client.request('launch', { service: '/orders' });
		await client.request('restart');
		await client.request('disconnect');
		assert.deepEqual(done, ['start /orders', 'stop the service', 'start /orders', 'stop the service']);
	});

	test('a service that is stopped by another hand ends the session', async () => {
		const { client, serviceEnds } = open();
		await client.request('launch', { service: '/orders' });
		serviceEnds();
		await client.event('terminated');
	});

	test('attach follows a service that runs already, and leaving lets it run on', async () => {
		const { client, done, waits } = open();
		await client.request('attach', { service: '/orders' });
		waits('FrontDesk_IN_0', 3, 9230);
		await client.request('disconnect');
		assert.deepEqual(done, [
			...['attach FrontDesk_IN_0 (life 3) to 9230'],
			...['detach FrontDesk_IN_0 (life 3)', 'debug FrontDesk_IN_0: false'],
		]);
	});

	test('the console shows what roles write and what becomes of them', async () => {
		const { client, journal } = open();
		await client.request('launch', { service: '/orders' });
		journal('Worker_IN_0', { event: 'state', state: 'ReadyRole', text: 'Ready' });
		journal('Worker_IN_0', { event: 'output', stream: 'stdout', text: 'took order 7' });
		journal('Worker_IN_0', { event: 'output', stream: 'trace', level: 'error', text: 'lost order 8' });
		journal('Worker_IN_0', { event: 'rotation', rotation: 'in', why: 'Ready' });
		assert.deepEqual(
			[await client.event('output'), await client.event('output'), await client.event('output')],
			[
				{ category: 'console', output: '[Worker_IN_0] Ready\n' },
				{ category: 'stdout', output: '[Worker_IN_0] took order 7\n' },
				{ category: 'stderr', output: '[Worker_IN_0] lost order 8\n' },
			],
		);
		assert.deepEqual(client.received, ['launch', '(output)', '(output)', '(output)']);
	});

	test('threads, stacks and breakpoints are the business of the children', async () => {
		const { client } = open();
		assert.deepEqual(await client.request('threads'), { threads: [] });
		assert.deepEqual(await client.request('stackTrace', { threadId: 1 }), { stackFrames: [], totalFrames: 0 });
		const breakpoints = await client.request('setBreakpoints', {
			source: { path: '/a.js' },
			breakpoints: [{ line: 3 }],
		});
		assert.deepEqual(breakpoints, { breakpoints: [{ verified: false }] });
	});

	test('a capability is not claimed for what is refused', async () => {
		const { client } = open();
		assert.deepEqual(await client.request('initialize'), {
			supportsConfigurationDoneRequest: true,
			supportsTerminateRequest: true,
			supportsRestartRequest: true,
		});
		await assert.rejects(client.request('stepBack'), /does not know the request "stepBack"/);
	});
});

function open() {
	const played = playDebugWorld();
	const client: DebugAdapterClient = debugAdapterClient(request => void session.handle(request));
	const session = createDebugSession(played.world, client.receive);
	return { ...played, session, client };
}
