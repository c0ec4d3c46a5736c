import assert from 'node:assert/strict';
import { createDebugSession } from '../../src/debug/session';
import { type DebugAdapterClient, debugAdapterClient } from '../support/debugAdapterClient';
import { playDebugWorld, settled } from '../support/debugWorld';

suite('the debug session of a service', () => {
	test('launch starts it, terminate lets its processes go and stops it', async () => {
		const { client, done, waits, attached, launch } = open();
		await client.request('initialize');
		await launch();
		waits('FrontDesk_IN_0', 1, 9230);
		attached('FrontDesk_IN_0');
		await client.request('terminate');
		await client.event('terminated');
		assert.deepEqual(done, [
			...['start /orders', 'attach FrontDesk_IN_0 to 9230'],
			...['detach FrontDesk_IN_0', 'stop the service'],
		]);
		assert.deepEqual(client.received, [
			...['initialize', '(initialized)', 'configurationDone', 'launch'],
			...['terminate', '(terminated)'],
		]);
	});

	test('a second word of parting waits for nobody', async () => {
		const { client, done, session, launch } = open();
		await launch();
		await client.request('terminate');
		await client.request('disconnect');
		await session.dispose();
		assert.deepEqual(done, ['start /orders', 'stop the service', 'stop the service']);
	});

	test('once all is over nothing is stopped again', async () => {
		const { client, done, session, launch } = open();
		await launch();
		await client.request('disconnect');
		await client.request('disconnect');
		await session.dispose();
		assert.deepEqual(done, ['start /orders', 'stop the service']);
	});

	test('an editor that is gone without a word leaves nothing running', async () => {
		const { done, session, launch } = open();
		await launch();
		await session.dispose();
		assert.deepEqual(done, ['start /orders', 'stop the service']);
	});

	test('leaving while the service is still being built ends the build, and the service if it stands all the same', async () => {
		const { client, done, launch } = open();
		const launched = launch();
		await client.request('threads');
		await client.request('disconnect');
		await launched;
		assert.deepEqual(done, ['start /orders', 'end the start', 'stop the service']);
	});

	test('a service that cannot start refuses the launch in its own words', async () => {
		const { client, refuse, launch } = open();
		refuse('/orders', 'The build of role Worker failed.');
		await assert.rejects(launch(), {
			message: 'The build of role Worker failed.',
		});
		await client.request('disconnect');
	});

	test('what a failed build wrote is a button away; a start that was ended is no failure to show', async () => {
		const { client, refuse, launch } = open();
		refuse('/orders', 'The build of role Worker failed.');
		const error = { id: 1, format: 'The build of role Worker failed.' };
		const refused = () =>
			launch().then(
				() => assert.fail('it was launched'),
				({ body }) => body.error,
			);
		const link = { url: 'output:/orders', urlLabel: 'Show Output' };
		assert.deepEqual(await refused(), { ...error, showUser: true, ...link });
		const ended = refused();
		await client.request('threads');
		await client.request('disconnect');
		assert.deepEqual(await ended, { ...error, showUser: false });
	});

	test('an instance that the service does not have is told, and everything else runs', async () => {
		const { client, waits, done, launch } = open();
		waits('Worker_IN_0', 1);
		await launch({ service: '/orders', instances: ['Wroker_IN_0', 'Worker_IN_0', 'first'] });
		assert.deepEqual(await client.event('output'), {
			category: 'important',
			output: '"instances" of the launch configuration names Wroker_IN_0, but the service has only Worker_IN_0.\n',
		});
		assert.deepEqual(done, ['start /orders', 'attach Worker_IN_0 to 101', 'Worker_IN_0 goes on']);
	});

	test('without a debugger the instance runs on, and that is said once', async () => {
		const { client, refuse, waits, launch } = open();
		refuse('Worker_IN_0', 'No .NET debugger was found.');
		await launch();
		waits('Worker_IN_0', 1);
		assert.deepEqual(await client.event('output'), {
			category: 'important',
			output: 'No .NET debugger was found.\n',
		});
		waits('Worker_IN_0', 2);
		await settled();
		assert.deepEqual(client.received, ['configurationDone', 'launch', '(output)']);
	});

	test('restart stops it and starts it again', async () => {
		const { client, done, launch } = open();
		await launch();
		await client.request('restart');
		await client.request('disconnect');
		assert.deepEqual(done, ['start /orders', 'stop the service', 'start /orders', 'stop the service']);
	});

	test('a service that is stopped by another hand ends the session', async () => {
		const { client, serviceEnds, launch } = open();
		await launch();
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
			...['detach FrontDesk_IN_0 (life 3)', 'debug FrontDesk_IN_0: false', 'FrontDesk_IN_0 goes on'],
		]);
	});

	test('Stop of a session that was attached stops the service, and Disconnect of one that started it lets it run on', async () => {
		const attached = open();
		await attached.client.request('attach', { service: '/orders' });
		await attached.client.request('disconnect', { terminateDebuggee: true });
		assert.deepEqual(attached.done, ['stop the service']);
		const launched = open();
		await launched.launch();
		await launched.client.request('disconnect', { terminateDebuggee: false });
		assert.deepEqual(launched.done, ['start /orders']);
	});

	test('an editor that closes a session which is on its way out hurries nothing', async () => {
		const { client, done, session } = open();
		await client.request('attach', { service: '/orders' });
		const leaving = client.request('disconnect', { terminateDebuggee: true });
		await session.dispose();
		await leaving;
		assert.deepEqual(done, ['stop the service']);
	});

	test('the console shows what roles write and what becomes of them', async () => {
		const { client, journal, launch } = open();
		await launch();
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
		assert.deepEqual(client.received, ['configurationDone', 'launch', '(output)', '(output)', '(output)']);
	});

	test('breakpoints in code are the business of the children', async () => {
		const { client } = open();
		assert.deepEqual(await client.request('threads'), { threads: [] });
		const breakpoints = await client.request('setBreakpoints', {
			source: { path: '/a.js' },
			breakpoints: [{ line: 3 }],
		});
		assert.deepEqual(breakpoints, { breakpoints: [{ verified: false }] });
	});

	test('a capability is not claimed for what is refused', async () => {
		const { client } = open();
		const { exceptionBreakpointFilters, ...claimed } = await client.request('initialize');
		assert.deepEqual(claimed, {
			supportsConfigurationDoneRequest: true,
			supportsTerminateRequest: true,
			supportsRestartRequest: true,
			supportTerminateDebuggee: true,
			supportsTerminateThreadsRequest: true,
			supportsExceptionFilterOptions: true,
			supportsExceptionInfoRequest: true,
		});
		await assert.rejects(client.request('stepBack'), /does not know the request "stepBack"/);
	});
});

function open() {
	const played = playDebugWorld();
	const client: DebugAdapterClient = debugAdapterClient(request => void session.handle(request));
	const session = createDebugSession(played.world, client.receive);
	/** As an editor does: what it has to say before the start comes beside the launch. */
	const launch = (given: object = { service: '/orders' }) => {
		const launched = client.request('launch', given);
		void client.request('configurationDone');
		return launched;
	};
	return { ...played, session, client, launch };
}
