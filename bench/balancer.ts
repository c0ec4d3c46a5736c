import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { digits, type Measured, median } from './measure';

/** What one run moves, in bytes, over so many connections at a time; and the short connections of the other figure. */
const load = { bytes: 512 * 1024 * 1024, streams: 8, connections: 3_000, clients: 16 };
const backEnds = 4;
const turns = 3;

/**
 * The public side of an input endpoint in front of four back ends, beside nginx as a stream proxy with one worker: the time
 * for half a gigabyte, and for some thousand connections of one short question each. Balancer, back ends and clients are
 * processes of their own. nginx from Debian's packages (`nginx-light` and `libnginx-mod-stream`); without it a sentence.
 */
export async function measureBalancer(): Promise<readonly Measured[]> {
	const nginx = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find(file => existsSync(file));
	if (nginx === undefined) {
		console.log('nginx was not found, so the balancer is not measured: install nginx-light and libnginx-mod-stream.');
		return [];
	}
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	const children: ChildProcess[] = [];
	try {
		const program = await bundled(folder);
		const ports: number[] = [];
		for (let index = 0; index < backEnds; index++) {
			ports.push(await listening(children, process.execPath, [program, 'back-end']));
		}
		const own = await listening(children, process.execPath, [program, 'balancer', ...ports.map(String)]);
		const peer = await startNginx(children, nginx, folder, ports);
		const measured = { own: { port: own, ...empty() }, nginx: { port: peer, ...empty() } };
		for (let turn = 0; turn < turns; turn++) {
			for (const side of [measured.own, measured.nginx]) {
				const [bytes = 0, connections = 0] = await client(program, side.port);
				side.bytes.push(bytes);
				side.connections.push(connections);
			}
		}
		const peerBytes = median(measured.nginx.bytes);
		const peerConnections = median(measured.nginx.connections);
		return [
			figure(
				`512 MB through the balancer, ${load.streams} streams, ${backEnds} back ends`,
				measured.own.bytes,
				2 * peerBytes,
			),
			figure(`  peer: nginx (${digits((load.bytes / 1e6 / peerBytes) * 1000)} MB/s)`, measured.nginx.bytes),
			figure(
				`${load.connections} connections of one question each, ${load.clients} at a time`,
				measured.own.connections,
				2 * peerConnections,
			),
			figure('  peer: nginx', measured.nginx.connections),
		];
	} finally {
		for (const child of children) {
			child.kill('SIGKILL');
		}
		rmSync(folder, { recursive: true, force: true });
	}
}

function empty(): { bytes: number[]; connections: number[] } {
	return { bytes: [], connections: [] };
}

function figure(what: string, times: readonly number[], bound?: number): Measured {
	return {
		what,
		milliseconds: median(times),
		fastest: Math.min(...times),
		...(bound !== undefined && { bound: Math.round(bound) }),
	};
}

async function bundled(folder: string): Promise<string> {
	const outfile = path.join(folder, 'balancer.cjs');
	await build({
		stdin: { contents: "import { run } from './balancer'; run(process.argv.slice(2));", resolveDir: __dirname },
		external: ['esbuild'],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		logLevel: 'warning',
	});
	return outfile;
}

/** Starts a part of the measurement, which says on its first line where it listens. */
async function listening(children: ChildProcess[], command: string, args: readonly string[]): Promise<number> {
	const child = spawn(command, args, {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_PATH: modules },
	});
	children.push(child);
	const [line] = await once(child.stdout ?? child, 'data');
	return Number(line);
}

const modules = path.resolve(__dirname, '..', 'node_modules');

async function startNginx(
	children: ChildProcess[],
	nginx: string,
	folder: string,
	ports: readonly number[],
): Promise<number> {
	const port = await freePort();
	const module = '/usr/lib/nginx/modules/ngx_stream_module.so';
	const configuration = `${existsSync(module) ? `load_module ${module};` : ''}
daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
stream {
	upstream back { ${ports.map(each => `server 127.0.0.1:${each};`).join(' ')} }
	server { listen 127.0.0.1:${port} backlog=4096; proxy_pass back; }
}`;
	writeFileSync(path.join(folder, 'nginx.conf'), configuration);
	const child = spawn(nginx, ['-c', path.join(folder, 'nginx.conf'), '-p', folder], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	children.push(child);
	while (!(await accepts(port))) {
		await new Promise(resolve => setTimeout(resolve, 20));
	}
	return port;
}

function freePort(): Promise<number> {
	return new Promise(resolve => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

function accepts(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

/** The milliseconds for the bytes, and for the connections. */
async function client(program: string, port: number): Promise<readonly number[]> {
	const child = spawn(process.execPath, [program, 'client', String(port)], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_PATH: modules },
	});
	const [line] = await once(child.stdout, 'data');
	return String(line).trim().split(' ').map(Number);
}

/** The parts of the measurement, each in a process of its own. */
export function run([part, ...args]: readonly string[]): void {
	const ports = args.map(Number);
	switch (part) {
		case 'back-end':
			runBackEnd();
			return;
		case 'balancer':
			void runBalancer(ports);
			return;
		case 'client':
			void runClient(ports[0] ?? 0);
	}
}

/** Answers a number with so many bytes, and ends. */
function runBackEnd(): void {
	const piece = Buffer.alloc(256 * 1024, 'x');
	const server = createServer({ noDelay: true }, socket => {
		socket.on('error', () => {});
		socket.once('data', said => {
			let left = Number(said);
			const write = (): void => {
				while (left > 0) {
					const part = left >= piece.length ? piece : piece.subarray(0, left);
					left -= part.length;
					if (!socket.write(part) && left > 0) {
						socket.once('drain', write);
						return;
					}
				}
				socket.end();
			};
			write();
		});
	}).listen(0, '127.0.0.1', () => tellPort(server.address()));
}

async function runBalancer(ports: readonly number[]): Promise<void> {
	const { openTcpBalancer } = await import('../src/node/network/tcpBalancer');
	const { systemClock } = await import('../src/node/clock');
	const balancer = await openTcpBalancer({ address: '127.0.0.1', port: 0, clock: systemClock(), idleTimeout: 240_000 });
	balancer.route(ports.map((port, index) => ({ address: '127.0.0.1', port, instance: `Web_IN_${index}` })));
	console.log(balancer.port);
}

async function runClient(port: number): Promise<void> {
	const bytes = load.bytes / load.streams;
	await Promise.all(Array.from({ length: load.streams }, () => fetchBytes(port, 1024)));
	const began = performance.now();
	await Promise.all(Array.from({ length: load.streams }, () => fetchBytes(port, bytes)));
	const moved = performance.now() - began;
	let left = load.connections;
	const one = async (): Promise<void> => {
		while (left-- > 0) {
			await fetchBytes(port, 100);
		}
	};
	const start = performance.now();
	await Promise.all(Array.from({ length: load.clients }, one));
	console.log(moved, performance.now() - start);
	process.exit(0);
}

function fetchBytes(port: number, bytes: number): Promise<void> {
	return new Promise((resolve, reject) => {
		let received = 0;
		const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => socket.write(String(bytes)));
		socket.on('data', piece => {
			received += piece.length;
		});
		socket.once('error', reject);
		socket.once('close', () =>
			received === bytes ? resolve() : reject(new Error(`${received} of ${bytes} bytes came`)),
		);
	});
}

function tellPort(address: ReturnType<ReturnType<typeof createServer>['address']>): void {
	console.log(typeof address === 'object' && address ? address.port : 0);
}
