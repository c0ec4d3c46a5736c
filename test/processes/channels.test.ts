import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { outputOf } from '../../src/node/hosts/programOutput';
import { type Channels, openChannels } from '../../src/node/runtimeProtocol/channels';

const posix = process.platform === 'win32' ? suite.skip : suite;

posix('FIFOs of the runtime protocol', () => {
	let channels: Channels;

	setup(async () => {
		channels = await openChannels('fifo');
	});
	teardown(() => channels.close());

	async function shell(script: string): Promise<string> {
		return (await outputOf('sh', ['-c', script])).stdout.trim();
	}

	test('each reader gets a document of its own, to the end of the stream', async () => {
		let count = 0;
		const address = await channels.source('d', reader => reader.end(`document ${++count}`));
		for (const turn of [1, 2, 3]) {
			assert.equal(await shell(`cat '${address}'`), `document ${turn}`);
		}
	});

	test('more readers than there were FIFOs in stock, one after the other', async () => {
		const address = await channels.source('g', reader => reader.write('frame\n'));
		const said = await shell(`for i in $(seq 40); do head -n 1 '${address}'; done`);
		assert.equal(said, Array(40).fill('frame').join('\n'));
		assert.ok(readdirSync(channels.folder).filter(name => name.startsWith('g.')).length <= 1);
	});

	test('a reader stays until it goes, and its going is known', async () => {
		const readers: { isThere(): boolean; write(text: string): void }[] = [];
		const address = await channels.source('g', reader => {
			readers.push(reader);
			reader.write('one\n');
		});
		const reading = shell(`exec 3< '${address}'; read first <&3; read second <&3; echo "$first $second"`);
		while (readers.length === 0) {
			await new Promise(resolve => setImmediate(resolve));
		}
		assert.equal(readers[0]?.isThere(), true);
		readers[0]?.write('two\n');
		assert.equal(await reading, 'one two');
		while (readers[0]?.isThere()) {
			await new Promise(resolve => setImmediate(resolve));
		}
		readers[0]?.write('nobody reads this\n');
	});

	test('messages of several writers, of which none is the end of the stream', async () => {
		const messages: string[] = [];
		let all = (): void => {};
		const three = new Promise<void>(resolve => {
			all = resolve;
		});
		const address = await channels.sink('c', text => {
			messages.push(text.trim());
			if (messages.length === 3) {
				all();
			}
		});
		await shell(`printf '<CurrentState>1</CurrentState>' > '${address}'; echo Busy > '${address}'`);
		await shell(`printf '<CurrentState>' > '${address}'; printf '2</CurrentState>' > '${address}'`);
		await three;
		assert.deepEqual(messages, ['<CurrentState>1</CurrentState>', 'Busy', '<CurrentState>2</CurrentState>']);
	});

	test('nothing is left', async () => {
		await channels.source('d', reader => reader.end('x'));
		channels.close();
		assert.equal(existsSync(channels.folder), false);
	});
});
