import assert from 'node:assert/strict';
import { driveDebugger } from '../../src/debug/debuggerProgram';
import { encodeMessage, type Message, messageReader } from '../../src/debug/framing';
import { debugAdapterClient } from '../support/debugAdapterClient';
import { playDebugWorld, settled } from '../support/debugWorld';

suite('a debugger program', () => {
	test('is asked and answers, word for word', async () => {
		const { client, asked, answers } = drive();
		const attached = client.request('attach', { processId: 7 });
		answers({ seq: 1, type: 'response', request_seq: 1, command: 'attach', success: true });
		await attached;
		answers({ seq: 2, type: 'event', event: 'stopped', body: { threadId: 1 } });
		assert.deepEqual(await client.event('stopped'), { threadId: 1 });
		assert.deepEqual(asked, [{ seq: 1, type: 'request', command: 'attach', arguments: { processId: 7 } }]);
	});

	test('never ends the process that it was attached to', () => {
		const { client, asked } = drive();
		void client.request('disconnect', { terminateDebuggee: true, restart: false });
		assert.deepEqual(asked[0], {
			...{ seq: 1, type: 'request', command: 'disconnect' },
			arguments: { terminateDebuggee: false, restart: false },
		});
	});

	test('that does not answer an attach is ended, and the editor waits for nothing', async () => {
		const { client, pass, killed } = drive();
		const attached = client.request('attach', { processId: 7 });
		const stack = client.request('threads');
		pass(10_000);
		await assert.rejects(attached, /did not answer within 10 seconds/);
		await assert.rejects(stack);
		await client.event('terminated');
		assert.ok(killed());
	});

	test('that answered may take its time', async () => {
		const { client, pass, killed, answers } = drive();
		const attached = client.request('attach', { processId: 7 });
		answers({ seq: 1, type: 'response', request_seq: 1, command: 'attach', success: true });
		await attached;
		pass(60_000);
		assert.ok(!killed());
	});

	test('that ends, ends the session', async () => {
		const { client, end } = drive();
		const attached = client.request('attach', { processId: 7 });
		end('There is no such program.');
		await assert.rejects(attached, { message: 'There is no such program.' });
		await client.event('terminated');
	});

	test('that could not be started refuses what it is asked', async () => {
		const { client, end } = drive();
		end('There is no such program.');
		await client.event('terminated');
		await assert.rejects(client.request('initialize'), { message: 'There is no such program.' });
	});

	test('that writes nonsense is not listened to any more', async () => {
		const { client, writes, killed } = drive();
		const attached = client.request('attach', { processId: 7 });
		writes(Buffer.from('Content-Length: 2\r\n\r\n{]'));
		await assert.rejects(attached, /not the debug adapter protocol/);
		assert.ok(killed());
	});

	test('that ends after its session was dropped says nothing', async () => {
		const { client, dispose, end } = drive();
		dispose();
		end('It was killed.');
		await settled();
		assert.deepEqual(client.received, []);
	});
});

function drive() {
	const { world, pass } = playDebugWorld();
	const asked: Message[] = [];
	const program = { write: messageReader(message => asked.push(message)), killed: false };
	let writes: (chunk: Buffer) => void = () => {};
	let end: (sentence: string) => void = () => {};
	const client = debugAdapterClient(request => driven.handle(request));
	const driven = driveDebugger(
		{
			write: program.write,
			onData: take => {
				writes = take;
			},
			ended: new Promise(resolve => {
				end = resolve;
			}),
			kill: () => {
				program.killed = true;
			},
		},
		world.clock,
		client.receive,
	);
	return {
		client,
		asked,
		pass,
		dispose: driven.dispose,
		writes: (chunk: Buffer) => writes(chunk),
		answers: (message: Message) => writes(encodeMessage(message)),
		end: (sentence: string) => end(sentence),
		killed: () => program.killed,
	};
}
