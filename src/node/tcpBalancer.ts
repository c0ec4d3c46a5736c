import { connect, createServer, type Socket } from 'node:net';
import type { Listening } from '../lifecycle/host';

/** The public side of an input endpoint. */
export interface Balancer {
	readonly port: number;
	/** The instances in rotation, from now on. Connections that stand already stay: they end with their instance. */
	route(targets: readonly Listening[]): void;
	close(): Promise<void>;
}

/**
 * Takes turns over the instances in rotation. An instance that refuses the connection is passed over for this
 * connection; when none takes it, or none is in rotation, the connection is reset. Rejects when the port is taken.
 */
export function openTcpBalancer(wished: number): Promise<Balancer> {
	const sockets = new Set<Socket>();
	let targets: readonly Listening[] = [];
	let turn = 0;
	const keep = (socket: Socket): Socket => {
		sockets.add(socket);
		// A reset on one side is passed on by `close`.
		socket.on('error', () => {});
		socket.once('close', () => sockets.delete(socket));
		return socket;
	};
	const serve = (client: Socket): void => {
		keep(client);
		const first = turn++;
		const order = targets.map((_, index) => targets[(first + index) % targets.length] as Listening);
		forward(client, order, keep);
	};
	const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, serve);
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(wished, '127.0.0.1', () => {
			const address = server.address();
			resolve({
				port: typeof address === 'object' && address ? address.port : wished,
				route: next => {
					targets = next;
				},
				close: () =>
					new Promise(closed => {
						server.close(() => closed());
						for (const socket of sockets) {
							socket.destroy();
						}
					}),
			});
		});
	});
}

function forward(client: Socket, targets: readonly Listening[], keep: (socket: Socket) => Socket): void {
	const [target, ...others] = targets;
	if (!target) {
		client.resetAndDestroy();
		return;
	}
	const instance = connect({ host: target.address, port: target.port, allowHalfOpen: true, noDelay: true });
	const refused = (): void => forward(client, others, keep);
	instance.once('error', refused);
	instance.once('connect', () => {
		instance.off('error', refused);
		keep(instance);
		client.pipe(instance).pipe(client);
		// An orderly end goes through the pipes, with all that was said before it; a reset goes on as an end at once.
		instance.once('close', reset => reset && client.destroy());
	});
	client.once('close', reset => (reset || instance.connecting) && instance.destroy());
}
