import assert from 'node:assert/strict';
import { createInstanceSession } from '../../src/debug/instanceSession';
import { debugAdapterClient } from '../support/debugAdapterClient';

suite('the debug session of an instance', () => {
	for (const [button, request, given, meant] of [
		['Stop', 'terminate', {}, 'stop'],
		['Stop, of a service that was attached to', 'disconnect', { terminateDebuggee: true }, 'stop'],
		['Restart', 'restart', {}, 'restart'],
		['Disconnect', 'disconnect', { terminateDebuggee: false }, 'leave'],
	] as const) {
		test(`${button} means the instance, and is said once`, async () => {
			const { client, orders } = open();
			await client.request(request, given);
			await client.request('disconnect', { terminateDebuggee: false });
			assert.deepEqual(orders, [meant]);
		});
	}

	test('once the life is over, what the editor says while it clears up means nothing', async () => {
		const { client, session, orders } = open();
		session.end();
		await client.event('terminated');
		await client.request('disconnect', { terminateDebuggee: false });
		assert.deepEqual(orders, []);
	});

	test('it has no code to stop in', async () => {
		const { client } = open();
		await client.request('initialize');
		await client.event('initialized');
		assert.deepEqual(await client.request('setBreakpoints', { breakpoints: [{ line: 3 }] }), {
			breakpoints: [{ verified: false }],
		});
		assert.deepEqual(await client.request('threads'), { threads: [] });
	});
});

function open() {
	const orders: string[] = [];
	const say = (word: string) => () => void orders.push(word);
	const client = debugAdapterClient(request => session.handle(request));
	const session = createInstanceSession(
		{ stop: say('stop'), restart: say('restart'), leave: say('leave') },
		client.receive,
	);
	return { client, session, orders };
}
