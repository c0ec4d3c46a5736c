import { connect, createServer, type Socket } from 'node:net';
import type { BalancerTarget, Distribution } from '../../lifecycle/network';
import type { Clock } from '../../lifecycle/world';
import { pause } from '../clock';
import { turns } from './distribution';
import { type Flow, IdleConnections } from './idleConnections';

/** The public side of an input endpoint. */
export interface Balancer {
	readonly port: number;
	/** The instances in rotation, from now on. Connections that stand already stay: they end with their instance. */
	route(targets: readonly BalancerTarget[]): void;
	/** Resolves when an instance has had the time to take what was sent to it; undefined where nothing is on its way. */
	drained(instance: string): Promise<void> | undefined;
	close(): Promise<void>;
}

export interface BalancerOptions {
	readonly address: string;
	/** 0 takes any. */
	readonly port: number;
	readonly clock: Clock;
	readonly distribution?: Distribution;
	/** Milliseconds of fabric time; without it no connection is dropped for being quiet. */
	readonly idleTimeout?: number;
	/** False for a client that is refused, by its address. */
	readonly admits?: (address: string) => boolean;
	/** The first flow was dropped because nobody had used it. */
	readonly idled?: () => void;
}

/**
 * A new connection that the instance has not answered within this time waits for something, and is not waited for. On a
 * busy machine it may take long until a connection is taken, and a server that closes drops what it has not read.
 */
const takenWithin = 1_000;

/**
 * Takes turns over the instances in rotation. An instance that refuses the connection is passed over for this
 * connection; when none takes it, or none is in rotation, the connection is reset. Rejects when the port is taken.
 */
export function openTcpBalancer(options: BalancerOptions): Promise<Balancer> {
	const { clock, distribution, idleTimeout, admits, idled } = options;
	const sockets = new Set<Socket>();
	const order = turns(distribution);
	const idle = idleTimeout === undefined ? undefined : new IdleConnections(clock, idleTimeout);
	const fresh = new FreshConnections();
	let targets: readonly BalancerTarget[] = [];
	const keep = (socket: Socket): Socket => {
		sockets.add(socket);
		// A reset on one side is passed on by `close`.
		socket.on('error', () => {});
		socket.once('close', () => sockets.delete(socket));
		return socket;
	};
	const joined = (client: Socket, instance: Socket): void => {
		keep(instance);
		if (idle) {
			const flow = flowOf(client, instance, idled);
			idle.add(flow);
			client.once('close', () => idle.remove(flow));
		}
	};
	const serve = (client: Socket): void => {
		keep(client);
		const from = { address: client.remoteAddress ?? '', protocol: 'tcp' } as const;
		if (admits?.(from.address) === false) {
			client.resetAndDestroy();
			return;
		}
		forward(client, order.next(from, targets), fresh, joined);
	};
	const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true, highWaterMark }, serve);
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ host: options.address, port: options.port, backlog: 4096 }, () => {
			const address = server.address();
			resolve({
				port: typeof address === 'object' && address ? address.port : options.port,
				route: next => {
					targets = next;
				},
				drained: instance => fresh.taken(instance),
				close: () =>
					new Promise(closed => {
						idle?.dispose();
						server.close(() => closed());
						for (const socket of sockets) {
							socket.destroy();
						}
					}),
			});
		});
	});
}

/** What may wait on one side for the other: big pieces cost fewer turns of the loop. */
const highWaterMark = 256 * 1024;

function forward(
	client: Socket,
	[target, ...others]: readonly BalancerTarget[],
	fresh: FreshConnections,
	joined: (client: Socket, instance: Socket) => void,
): void {
	if (!target) {
		client.resetAndDestroy();
		return;
	}
	const instance = connect({
		host: target.address,
		port: target.port,
		allowHalfOpen: true,
		noDelay: true,
		highWaterMark,
	} as Parameters<typeof connect>[0] & object);
	const taken = fresh.add(target.instance);
	const gone = (reset: boolean): void => {
		if (reset || instance.connecting) {
			instance.destroy();
		}
	};
	const refused = (): void => {
		taken();
		// One listener for each instance that refuses would be many.
		client.off('close', gone);
		if (!client.destroyed) {
			forward(client, others, fresh, joined);
		}
	};
	instance.once('error', refused);
	instance.once('close', taken);
	instance.once('connect', () => {
		instance.off('error', refused);
		joined(client, instance);
		client.pipe(instance).pipe(client);
		instance.once('data', taken);
		// An orderly end goes through the pipes, with all that was said before it; a reset goes on as an end at once.
		instance.once('close', reset => reset && client.destroy());
	});
	client.once('close', gone);
}

function flowOf(client: Socket, instance: Socket, idled: (() => void) | undefined): Flow {
	return {
		get bytes() {
			return client.bytesRead + client.bytesWritten;
		},
		drop: () => {
			idled?.();
			client.resetAndDestroy();
			instance.resetAndDestroy();
		},
	};
}

/**
 * Connections that an instance may not have taken yet: they stand in the queue of its system, and would be reset when it
 * stopped listening now. One that was answered was taken.
 */
class FreshConnections {
	private readonly byInstance = new Map<string, Set<FreshConnection>>();

	/** Call what it gives when the connection was taken or has failed. */
	add(instance: string): () => void {
		const fresh = this.byInstance.get(instance) ?? new Set();
		this.byInstance.set(instance, fresh);
		const connection: FreshConnection = { since: performance.now(), told: undefined };
		fresh.add(connection);
		return () => {
			fresh.delete(connection);
			connection.told?.();
		};
	}

	taken(instance: string): Promise<void> | undefined {
		const youngest = performance.now() - takenWithin;
		const fresh = [...(this.byInstance.get(instance) ?? [])].filter(({ since }) => since > youngest);
		if (fresh.length === 0) {
			return undefined;
		}
		const all = fresh.map(
			connection =>
				new Promise<void>(resolve => {
					connection.told = resolve;
				}),
		);
		return Promise.race([Promise.all(all).then(() => {}), pause(takenWithin)]);
	}
}

interface FreshConnection {
	readonly since: number;
	told: (() => void) | undefined;
}
