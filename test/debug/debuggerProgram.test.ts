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

	for (const word of ['attach', 'configurationDone']) {
		test(`that does not answer ${word} is ended, and the editor waits for nothing`, async () => {
			const { client, pass, closed, killed } = drive();
			const attached = client.request(word, { processId: 7 });
			const stack = client.request('threads');
			pass(10_000);
			await assert.rejects(attached, /did not answer within 10 seconds/);
			await assert.rejects(stack);
			await client.event('terminated');
			assert.deepEqual([closed(), killed()], [true, false], 'it may let go of the process first');
			pass(3_000);
			assert.ok(killed());
		});
	}

	test('is asked nothing after its farewell, and ends with its input', async () => {
		const { client, asked, answers, pass, closed, killed, end } = drive();
		const left = client.request('disconnect');
		const late = client.request('threads');
		await assert.rejects(late, { message: 'The debugger has left.' });
		assert.equal(closed(), false, 'it has not answered');
		answers({ seq: 1, type: 'response', request_seq: 1, command: 'disconnect', success: true });
		await left;
		assert.equal(closed(), true);
		await client.request('disconnect', { restart: false });
		assert.deepEqual(
			asked.map(message => message.type === 'request' && message.command),
			['disconnect'],
		);
		end('It ended.');
		await settled();
		pass(60_000);
		assert.equal(killed(), false);
	});

	test('that does not say farewell loses its input after three seconds, and is killed after three more', () => {
		const { client, pass, closed, killed } = drive();
		void client.request('disconnect');
		pass(3_000);
		assert.deepEqual([closed(), killed()], [true, false]);
		pass(3_000);
		assert.equal(killed(), true);
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
		const { client, writes, closed } = drive();
		const attached = client.request('attach', { processId: 7 });
		writes(Buffer.from('Content-Length: 2\r\n\r\n{]'));
		await assert.rejects(attached, /not the debug adapter protocol/);
		assert.ok(closed());
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
	const program = { write: messageReader(message => asked.push(message)), closed: false, killed: false };
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
			close: () => {
				program.closed = true;
			},
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
		closed: () => program.closed,
		killed: () => program.killed,
	};
}
