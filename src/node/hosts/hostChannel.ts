import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { Disposable } from '../../base/emitter';
import { wallClock } from '../clock';
import { lineReader } from '../processes/lines';
import { readInTurns } from '../processes/readInTurns';

/** One version of docs/host-channel.md; a host of another one is not understood, so it is turned away. */
const protocol = 1;

/** How long a stranger may hold a connection without a first line. */
const firstLineLimit = 10_000;

/** A message is small; what is longer is not a message. */
const longestMessage = 4 * 1024 * 1024;

export type Message = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * The listener that role hosts connect to (docs/host-channel.md): loopback, one for a fabric, opened when the first
 * host is awaited. A host is known by its token; whoever has none is turned away.
 */
export interface HostChannel {
	/** Awaits one host; the variables are what it must be started with. */
	expect(listener: HostListener): Promise<Expected>;
	close(): Promise<void>;
}

export interface HostListener {
	/** The host has said hello with its token. `hello` is its first line, not yet checked. */
	connected(hello: Message, connection: HostConnection): void;
	message(message: Message): void;
	/** A line that is no message. */
	garbage(line: string): void;
	/** After the last message. */
	closed(): void;
	/** A host with the right token that speaks another protocol was turned away. */
	refused(protocol: unknown): void;
}

export interface Expected extends Disposable {
	readonly variables: Readonly<Record<string, string>>;
}

export interface HostConnection {
	send(message: object): void;
	close(): void;
}

export function hostChannel(): HostChannel {
	const awaited = new Map<string, HostListener>();
	const sockets = new Set<Socket>();
	let listening: Promise<Server> | undefined;

	const connect = (socket: Socket): void => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		receive(socket, token => {
			const listener = awaited.get(token);
			awaited.delete(token);
			return listener;
		});
	};

	return {
		expect: async listener => {
			listening ??= listen(connect);
			const address = (await listening).address();
			if (!address || typeof address === 'string') {
				throw new Error('the host channel has no port');
			}
			const token = randomBytes(24).toString('hex');
			awaited.set(token, listener);
			return {
				variables: {
					ROLEWRIGHT_HOST_ADDRESS: `127.0.0.1:${address.port}`,
					ROLEWRIGHT_HOST_TOKEN: token,
					ROLEWRIGHT_HOST_PROTOCOL: String(protocol),
				},
				dispose: () => awaited.delete(token),
			};
		},
		close: async () => {
			const server = await listening?.catch(() => undefined);
			for (const socket of sockets) {
				socket.destroy();
			}
			await new Promise<void>(resolve => (server ? server.close(() => resolve()) : resolve()));
		},
	};
}

function listen(connect: (socket: Socket) => void): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer(connect);
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => resolve(server));
	});
}

/** Reads one connection: nothing is believed before a first line with a token that is awaited. */
function receive(socket: Socket, claim: (token: string) => HostListener | undefined): void {
	let listener: HostListener | undefined;
	let refused = false;
	const refuse = (): void => {
		refused = true;
		socket.destroy();
	};
	const limit = wallClock.after(firstLineLimit, refuse);
	const first = (hello: Message | undefined): void => {
		limit.dispose();
		const claimed = hello?.type === 'hello' && typeof hello.token === 'string' ? claim(hello.token) : undefined;
		if (!claimed || !hello) {
			refuse();
		} else if (hello.protocol !== protocol) {
			claimed.refused(hello.protocol);
			refuse();
		} else {
			listener = claimed;
			claimed.connected(hello, {
				send: message => {
					if (socket.writable) {
						socket.write(`${JSON.stringify(message)}\n`);
					}
				},
				close: () => socket.destroy(),
			});
		}
	};
	const lines = lineReader(line => {
		if (refused) {
			return;
		}
		const message = messageOf(line);
		if (!listener) {
			first(message);
		} else if (message) {
			listener.message(message);
		} else {
			listener.garbage(line);
		}
	}, longestMessage);
	socket.setNoDelay(true);
	readInTurns(socket, lines.write);
	// A reset is a way to end; `close` follows.
	socket.on('error', () => {});
	socket.once('close', () => {
		limit.dispose();
		lines.end();
		listener?.closed();
	});
}

function messageOf(line: string): Message | undefined {
	try {
		const value: unknown = JSON.parse(line);
		const isMessage = typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
		return isMessage ? (value as Message) : undefined;
	} catch {
		return undefined;
	}
}
