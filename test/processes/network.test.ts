import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { BalancerTarget, FrontRequest, Listening, Network, PortRequest } from '../../src/lifecycle/network';
import { loopbackNetwork } from '../../src/node/network/network';
import { Ports } from '../../src/node/network/ports';
import { FakeClock } from '../support/fakeWorld';

suite('the network', () => {
	let network: Network;
	let clock: FakeClock;
	let servers: Server[];

	setup(() => {
		clock = new FakeClock();
		network = loopbackNetwork({ clock });
		servers = [];
	});
	teardown(async () => {
		await network.close();
		await Promise.all(servers.map(server => new Promise(closed => server.close(closed))));
	});

	/** An instance that answers everything it is told, at the end, with its name. */
	function instance(name: string, at?: Listening): Promise<BalancerTarget> {
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
				const port = typeof address === 'object' && address ? address.port : 0;
				resolve({ address: '127.0.0.1', port, instance: name });
			});
		});
	}

	/** Says hello to a port; gives the answer, or how it failed. */
	async function ask(port: number): Promise<string> {
		const socket = connect(port, '127.0.0.1');
		socket.end('hello');
		return text(socket).catch((error: NodeJS.ErrnoException) => error.code ?? 'failed');
	}

	const open = (wished: number, more: Partial<FrontRequest> = {}) =>
		network.open({ role: 'Web', endpoint: 'Http', protocol: 'tcp', wished, ...more });

	/** A place for an instance that nobody listens at. */
	const claim = async (instance: string, more: Partial<PortRequest> = {}): Promise<BalancerTarget> => {
		const { address, port } = await network.claim({ instance, endpoint: 'Http', protocol: 'tcp', ...more });
		return { address, port, instance };
	};

	test('no instance gets a port that an outgoing connection could be given meanwhile', async () => {
		const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(`Worker_IN_${index}`)));
		assert.deepEqual(
			claims.filter(({ port }) => port < 20_000 || port > 32_000),
			[],
		);
	});

	test('the public side takes turns over the instances in rotation', async () => {
		const { port } = await open(0);
		network.route('Web', 'Http', [await instance('a'), await instance('b')]);
		assert.deepEqual([await ask(port), await ask(port), await ask(port)], ['a: hello', 'b: hello', 'a: hello']);
		network.route('Web', 'Http', [await instance('c')]);
		assert.equal(await ask(port), 'c: hello');
	});

	test('a client that is not admitted reaches nobody, by its own address', async () => {
		const asked: string[] = [];
		const admits = (address: string) => asked.push(address) > 1;
		const { port } = await open(0, { admits });
		network.route('Web', 'Http', [await instance('a')]);
		assert.deepEqual([await ask(port), await ask(port)], ['ECONNRESET', 'a: hello']);
		assert.deepEqual(asked, ['127.0.0.1', '127.0.0.1']);
	});

	test('an instance that refuses is passed over', async () => {
		const { port } = await open(0);
		const dead = await claim('Web_IN_1');
		network.route('Web', 'Http', [dead, await instance('a')]);
		assert.deepEqual([await ask(port), await ask(port)], ['a: hello', 'a: hello']);
	});

	test('however many refuse, Node has nothing to warn of', async () => {
		const { port } = await open(0);
		const names = Array.from({ length: 12 }, (_, index) => `Web_IN_${index + 1}`);
		const dead = await Promise.all(names.map(name => claim(name)));
		network.route('Web', 'Http', [...dead, await instance('a')]);
		const warnings: string[] = [];
		const warned = ({ message }: Error) => warnings.push(message);
		process.on('warning', warned);
		assert.equal(await ask(port), 'a: hello');
		process.off('warning', warned);
		assert.deepEqual(warnings, []);
	});

	test('without an instance the connection is reset', async () => {
		const { port } = await open(0);
		assert.equal(await ask(port), 'ECONNRESET');
		network.route('Web', 'Http', [await claim('Web_IN_0')]);
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
		const free = await claim('Web_IN_0');
		const same = await claim('Web_IN_1', { wished: free.port });
		assert.notEqual(same.port, free.port);
		network.release('Web_IN_0');
		assert.equal((await claim('Web_IN_2', { wished: free.port })).port, free.port);
		const taken = await instance('other');
		assert.notEqual((await claim('Web_IN_3', { wished: taken.port })).port, taken.port);
	});

	suite('addresses', () => {
		const ownAddresses = process.platform === 'darwin' ? test.skip : test;

		ownAddresses('every instance has one of its own, for all its endpoints', async () => {
			const claims = [
				await claim('Web_IN_0'),
				await claim('Web_IN_0', { endpoint: 'Admin' }),
				await claim('Web_IN_1'),
			].map(({ address }) => address);
			assert.match(claims[0] ?? '', /^127\.\d+\.\d+\.\d+$/);
			assert.notEqual(claims[0], '127.0.0.1');
			assert.deepEqual([claims[0] === claims[1], claims[0] === claims[2]], [true, false]);
		});

		ownAddresses('the same ones for the same seed, and other ones for another', async () => {
			const first = (seed: string) => new Ports(seed).claim({ instance: 'A', endpoint: 'B', protocol: 'tcp' });
			const [one, same, other] = [await first('x'), await first('x'), await first('y')];
			assert.deepEqual([one.address === same.address, one.address === other.address], [true, false]);
		});

		ownAddresses('more than 250 instances go into the next network', async () => {
			const places = new Set<string>();
			for (let index = 0; index < 260; index++) {
				places.add((await claim(`Web_IN_${index}`)).address);
			}
			assert.equal(places.size, 260);
		});

		test('where the system has none but 127.0.0.1 all share it, each with ports of its own, and that is said once', async () => {
			// An address that no machine has.
			const ports = new Ports('', '192.0.2');
			const fixed = { endpoint: 'Inner', protocol: 'tcp', wished: 20_123, fixed: true };
			const [first, second] = [
				await ports.claim({ instance: 'A_IN_0', ...fixed }),
				await ports.claim({ instance: 'A_IN_1', ...fixed }),
			];
			assert.deepEqual([first.address, second.address], ['127.0.0.1', '127.0.0.1']);
			assert.notEqual(first.port, second.port);
			assert.deepEqual(
				[first.note, second.note],
				[
					'This system has no loopback address but 127.0.0.1, so all instances share it, and each has ports of its own: read them from the role environment.',
					undefined,
				],
			);
		});

		ownAddresses('the fixed port of an internal endpoint is the same for all instances', async () => {
			const { port: wished } = await claim('Other_IN_0');
			network.release('Other_IN_0');
			const places = [await claim('A_IN_0', { wished, fixed: true }), await claim('A_IN_1', { wished, fixed: true })];
			assert.deepEqual(
				places.map(({ port }) => port),
				[wished, wished],
			);
			assert.notEqual((await claim('B_IN_0', { wished })).port, wished, 'a program there may listen at every address');
		});
	});

	test('a port of UDP is claimed where no other socket has it', async () => {
		const socket = createSocket('udp4');
		await new Promise<void>(bound => socket.bind(0, '127.0.0.1', bound));
		const wished = socket.address().port;
		assert.notEqual((await claim('Web_IN_0', { wished, protocol: 'udp' })).port, wished);
		socket.close();
	});

	suite('affinity', () => {
		/** Which instance answers a client at each of these addresses, twice. */
		async function answers(port: number, ...addresses: readonly string[]): Promise<readonly string[]> {
			const names: string[] = [];
			for (const localAddress of [...addresses, ...addresses]) {
				const socket = connect({ port, host: '127.0.0.1', localAddress });
				socket.end();
				names.push((await text(socket)).slice(0, 1));
			}
			return names;
		}

		test('without it the instances take turns', async () => {
			const { port } = await open(0, { distribution: 'none' });
			network.route('Web', 'Http', [await instance('a'), await instance('b')]);
			assert.deepEqual(await answers(port, '127.0.0.1'), ['a', 'b']);
		});

		test('sourceIP: a client keeps its instance, and only its own leaving moves it', async () => {
			const { port } = await open(0, { distribution: 'sourceIP' });
			const all = [await instance('a'), await instance('b'), await instance('c'), await instance('d')];
			network.route('Web', 'Http', all);
			const [first, second] = await answers(port, '127.0.0.1');
			assert.equal(first, second);
			const others = all.filter(target => target.instance !== first);
			network.route('Web', 'Http', [...all.filter(target => target.instance === first), ...others.slice(1)]);
			assert.deepEqual(await answers(port, '127.0.0.1'), [first, first]);
			network.route('Web', 'Http', others);
			const [moved, again] = await answers(port, '127.0.0.1');
			assert.equal(moved, again);
			assert.notEqual(moved, first);
		});

		test('clients of other addresses spread over the instances', async function () {
			if (process.platform === 'darwin') {
				this.skip();
			}
			const { port } = await open(0, { distribution: 'sourceIPProtocol' });
			network.route('Web', 'Http', [await instance('a'), await instance('b'), await instance('c')]);
			const addresses = Array.from({ length: 20 }, (_, index) => `127.0.0.${2 + index}`);
			const names = await answers(port, ...addresses);
			assert.deepEqual(names.slice(0, 20), names.slice(20));
			assert.deepEqual([...new Set(names)].sort(), ['a', 'b', 'c']);
		});
	});

	suite('an idle connection', () => {
		const minute = 60_000;
		const pass = async (milliseconds: number): Promise<void> => {
			const end = clock.now() + milliseconds;
			while (clock.runNext(end)) {
				await new Promise(resolve => setImmediate(resolve));
			}
			clock.set(end);
		};

		/** A client of an instance that says back what it hears. */
		async function talking(noticed: (text: string) => void = () => {}) {
			const server = createServer(socket => socket.on('error', () => {}).pipe(socket));
			servers.push(server);
			await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
			const address = server.address();
			const { port } = await open(0, { idleTimeout: 4 * minute, noticed });
			const target = { address: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
			network.route('Web', 'Http', [{ ...target, instance: 'a' }]);
			const socket = connect(port, '127.0.0.1').on('error', () => {});
			const say = async (word: string): Promise<string> => {
				socket.write(word);
				return new Promise(resolve => socket.once('data', data => resolve(String(data))));
			};
			return { socket, say, closed: new Promise<void>(resolve => socket.once('close', () => resolve())) };
		}

		test('is dropped when no byte has come through it for its time, and that is told once', async () => {
			const told: string[] = [];
			const { say, closed } = await talking(sentence => told.push(sentence));
			assert.equal(await say('one'), 'one');
			await pass(3 * minute);
			assert.equal(await say('two'), 'two');
			await pass(3 * minute);
			assert.equal(await say('three'), 'three');
			await pass(6 * minute);
			await closed;
			assert.deepEqual(told, [
				"A connection to the endpoint 'Http' was dropped: no byte had come through it for 4 minutes (idleTimeoutInMinutes). Later ones are dropped without a word.",
			]);
		});

		test('leaves no timer behind', async () => {
			const { say, socket, closed } = await talking();
			await say('one');
			assert.equal(clock.pending, 1);
			socket.destroy();
			await closed;
			await pass(2 * minute);
			await new Promise(resolve => setImmediate(resolve));
			await pass(2 * minute);
			assert.equal(clock.pending, 0);
		});
	});

	suite('what is on its way to an instance', () => {
		test('is waited for until it is answered', async () => {
			const { port } = await open(0);
			const server = createServer(socket => {
				socket.on('error', () => {});
				socket.once('data', () => answer(socket));
			});
			let answer: (socket: Socket) => void = () => {};
			const asked = new Promise<Socket>(resolve => {
				answer = resolve;
			});
			servers.push(server);
			await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
			const address = server.address();
			const target = { address: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
			network.route('Web', 'Http', [{ ...target, instance: 'a' }]);
			const client = connect(port, '127.0.0.1');
			client.write('?');
			const there = await asked;
			const drained = network.drained('a');
			assert.ok(drained);
			assert.equal(network.drained('b'), undefined);
			there.end('!');
			await drained;
			assert.equal(await text(client), '!');
			client.end();
			assert.equal(network.drained('a'), undefined);
		});

		test('is not waited for for ever', async () => {
			const { port } = await open(0);
			const silent = createServer(socket => socket.on('error', () => {}));
			servers.push(silent);
			await new Promise<void>(listening => silent.listen(0, '127.0.0.1', listening));
			const address = silent.address();
			const target = { address: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
			network.route('Web', 'Http', [{ ...target, instance: 'a' }]);
			const connected = new Promise(resolve => silent.once('connection', resolve));
			const client = connect(port, '127.0.0.1').on('error', () => {});
			await connected;
			await network.drained('a');
			client.destroy();
		});
	});

	suite('a port that cannot be had', () => {
		test('names who has it', async function () {
			if (process.platform !== 'linux') {
				this.skip();
			}
			const taken = await instance('other');
			assert.equal((await open(taken.port)).why, 'is taken by another endpoint of a service that runs here');
			const child = spawn(process.execPath, [
				'-e',
				"require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })",
			]);
			const [line] = await once(child.stdout, 'data');
			assert.equal((await open(Number(line))).why, `is taken by process ${child.pid} (node)`);
			child.kill();
			await once(child, 'close');
		});

		test('is one of an instance', async () => {
			const { port } = await claim('Web_IN_0');
			assert.equal((await open(port)).why, 'was given to an instance of this service');
		});
	});

	suite('a probe', () => {
		const never = new AbortController().signal;
		async function answering(status: number) {
			const server = createHttpServer((request, response) => {
				response.writeHead(request.url === '/ok?a=b' ? status : 404).end();
			});
			servers.push(server);
			await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
			const address = server.address();
			return { address: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
		}

		test('by HTTP: 200 is well, anything else is not', async () => {
			const ask = async (status: number, path = '/ok?a=b') =>
				network.probe(await answering(status), { path, signal: never });
			assert.deepEqual(await ask(200), { answer: 'healthy' });
			assert.deepEqual(await ask(503), { answer: 'refused', status: 503 });
			assert.deepEqual(await ask(301), { answer: 'refused', status: 301 });
			assert.deepEqual(await ask(200, '/a b'), { answer: 'refused', status: 404 });
		});

		test('by TCP: a connection is all', async () => {
			assert.deepEqual(await network.probe(await answering(500), { signal: never }), { answer: 'healthy' });
		});

		test('of nobody hears nothing', async () => {
			const nobody = await claim('Web_IN_0');
			assert.deepEqual(await network.probe(nobody, { signal: never }), { answer: 'silent' });
			assert.deepEqual(await network.probe(nobody, { path: '/', signal: never }), { answer: 'silent' });
		});

		test('is given up when it is told to', async () => {
			const silent = createServer(socket => socket.on('error', () => {}));
			servers.push(silent);
			await new Promise<void>(listening => silent.listen(0, '127.0.0.1', listening));
			const address = silent.address();
			const place = { address: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
			const stop = new AbortController();
			const asked = network.probe(place, { path: '/', signal: stop.signal });
			await once(silent, 'connection');
			stop.abort();
			assert.deepEqual(await asked, { answer: 'silent' });
		});
	});

	test('where the processes of a tree listen', async function () {
		if (process.platform !== 'linux') {
			this.skip();
		}
		const script = `
			require('net').createServer().listen(0, '127.9.9.9', function () {
				console.log(this.address().port);
				require('child_process').spawn(process.execPath, ['-e', "require('net').createServer().listen(0, function () { console.log(this.address().port) })"], { stdio: 'inherit' });
			});`;
		const child = spawn(process.execPath, ['-e', script], { detached: true });
		const ports: number[] = [];
		while (ports.length < 2) {
			const [data] = await once(child.stdout, 'data');
			ports.push(...String(data).trim().split('\n').map(Number));
		}
		const found = await network.listeners(child.pid ?? 0);
		process.kill(-(child.pid ?? 0), 'SIGKILL');
		await once(child, 'close');
		assert.deepEqual(
			found?.map(({ address, port }) => `${address} ${port}`).sort(),
			[`127.9.9.9 ${ports[0]}`, `:: ${ports[1]}`].sort(),
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
		let asked = 0;
		const { port } = await open(0, { protocol: 'udp', admits: () => ++asked > 1 });
		network.route('Web', 'Http', [{ ...echo.address(), instance: 'a' }]);
		const client = createSocket('udp4');
		const answer = new Promise(resolve => client.once('message', message => resolve(String(message))));
		client.send('of a client that is not admitted', port, '127.0.0.1');
		client.send('hello', port, '127.0.0.1');
		assert.equal(await answer, 'echo hello');
		client.close();
		echo.close();
	});
});
