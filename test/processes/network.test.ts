import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Listening, Network } from '../../src/lifecycle/host';
import { loopbackNetwork } from '../../src/node/network';

suite('the network', () => {
	let network: Network;
	let servers: Server[];

	setup(() => {
		network = loopbackNetwork();
		servers = [];
	});
	teardown(async () => {
		await network.close();
		await Promise.all(servers.map(server => new Promise(closed => server.close(closed))));
	});

	/** An instance that answers everything it is told, at the end, with its name. */
	function instance(name: string, at?: Listening): Promise<Listening> {
		const server = createServer({ allowHalfOpen: true }, socket => {
			let said = '';
			socket.on('error', () => {});
			socket.on('data', piece => {
				said += piece;
			});
			socket.once('end', () => socket.end(`${name}: ${said}`));
		});
		servers.push(server);
		return new Promise(resolve => {
			server.listen(at?.port ?? 0, '127.0.0.1', () => {
				const address = server.address();
				resolve({ address: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 });
			});
		});
	}

	/** Says hello to a port; gives the answer, or how it failed. */
	async function ask(port: number): Promise<string> {
		const socket = connect(port, '127.0.0.1');
		socket.end('hello');
		return text(socket).catch((error: NodeJS.ErrnoException) => error.code ?? 'failed');
	}

	const open = (wished: number, protocol = 'tcp'): Promise<Listening> =>
		network.open({ role: 'Web', endpoint: 'Http', protocol, wished });

	test('no instance gets a port that an outgoing connection could be given meanwhile', async () => {
		const network = loopbackNetwork();
		const claims = await Promise.all(
			Array.from({ length: 20 }, (_, index) => network.claim({ instance: `Worker_IN_${index}`, endpoint: 'Web' })),
		);
		assert.deepEqual(
			claims.filter(({ port }) => port < 20_000 || port > 32_000),
			[],
		);
		await network.close();
	});

	test('the public side takes turns over the instances in rotation', async () => {
		const { port } = await open(0);
		network.route('Web', 'Http', [await instance('a'), await instance('b')]);
		assert.deepEqual([await ask(port), await ask(port), await ask(port)], ['a: hello', 'b: hello', 'a: hello']);
		network.route('Web', 'Http', [await instance('c')]);
		assert.equal(await ask(port), 'c: hello');
	});

	test('an instance that refuses is passed over', async () => {
		const { port } = await open(0);
		const dead = await network.claim({ instance: 'Web_IN_1', endpoint: 'Http' });
		network.route('Web', 'Http', [dead, await instance('a')]);
		assert.deepEqual([await ask(port), await ask(port)], ['a: hello', 'a: hello']);
	});

	test('without an instance the connection is reset', async () => {
		const { port } = await open(0);
		assert.equal(await ask(port), 'ECONNRESET');
		network.route('Web', 'Http', [await network.claim({ instance: 'Web_IN_0', endpoint: 'Http' })]);
		assert.equal(await ask(port), 'ECONNRESET');
	});

	test('a connection that stands stays when its instance leaves the rotation', async () => {
		const { port } = await open(0);
		network.route('Web', 'Http', [await instance('a')]);
		const socket = connect(port, '127.0.0.1');
		await new Promise(written => socket.write('slow ', written));
		const connected = new Promise(resolve => servers[0]?.once('connection', resolve));
		await connected;
		network.route('Web', 'Http', [await instance('b')]);
		socket.end('hello');
		assert.equal(await text(socket), 'a: slow hello');
	});

	test('a public port that is taken gives way to another', async () => {
		const taken = await instance('other');
		const { port } = await open(taken.port);
		assert.notEqual(port, taken.port);
		network.route('Web', 'Http', [taken]);
		assert.equal(await ask(port), 'other: hello');
	});

	test('ports are claimed once, the wished one where it can be had', async () => {
		const free = await network.claim({ instance: 'Web_IN_0', endpoint: 'A' });
		const same = await network.claim({ instance: 'Web_IN_1', endpoint: 'A', wished: free.port });
		assert.notEqual(same.port, free.port);
		network.release('Web_IN_0');
		assert.deepEqual(await network.claim({ instance: 'Web_IN_2', endpoint: 'A', wished: free.port }), free);
		const taken = await instance('other');
		assert.notEqual(
			(await network.claim({ instance: 'Web_IN_3', endpoint: 'A', wished: taken.port })).port,
			taken.port,
		);
	});

	test('nothing listens after close', async () => {
		const { port } = await open(0);
		await network.close();
		assert.equal(await ask(port), 'ECONNREFUSED');
	});

	test('datagrams go to an instance, and the answers come back', async () => {
		const echo = createSocket('udp4').on('message', (message, from) =>
			echo.send(`echo ${message}`, from.port, from.address),
		);
		await new Promise<void>(bound => echo.bind(0, '127.0.0.1', bound));
		const { port } = await open(0, 'udp');
		network.route('Web', 'Http', [echo.address()]);
		const client = createSocket('udp4');
		const answer = new Promise(resolve => client.once('message', message => resolve(String(message))));
		client.send('hello', port, '127.0.0.1');
		assert.equal(await answer, 'echo hello');
		client.close();
		echo.close();
	});
});
