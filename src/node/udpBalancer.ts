import { createSocket, type Socket } from 'node:dgram';
import type { Listening } from '../lifecycle/host';
import type { Balancer } from './tcpBalancer';

/** As many clients are remembered as talk at a time on a developer's machine; the one that was quiet longest is forgotten. */
const mostClients = 256;

/** The public side of a UDP input endpoint: a client keeps its instance, and answers go back to where it asked from. */
export function openUdpBalancer(wished: number): Promise<Balancer> {
	const front = createSocket('udp4');
	const clients = new Map<string, { readonly socket: Socket; readonly target: Listening }>();
	let targets: readonly Listening[] = [];
	let turn = 0;

	const forget = (name: string): void => {
		clients.get(name)?.socket.close();
		clients.delete(name);
	};
	const clientOf = (address: string, port: number) => {
		const name = `${address}:${port}`;
		const known = clients.get(name);
		clients.delete(name);
		if (known && targets.includes(known.target)) {
			clients.set(name, known);
			return known;
		}
		known?.socket.close();
		const target = targets[turn++ % targets.length];
		if (!target) {
			return undefined;
		}
		const socket = createSocket('udp4');
		// A refusal of the instance comes as an error; a datagram may be lost.
		socket.on('error', () => {});
		socket.on('message', answer => front.send(answer, port, address));
		clients.set(name, { socket, target });
		const [oldest] = clients.keys();
		if (clients.size > mostClients && oldest !== undefined) {
			forget(oldest);
		}
		return { socket, target };
	};
	front.on('message', (datagram, { address, port }) => {
		const client = clientOf(address, port);
		client?.socket.send(datagram, client.target.port, client.target.address);
	});

	return new Promise((resolve, reject) => {
		front.once('error', reject);
		front.bind(wished, '127.0.0.1', () => {
			front.off('error', reject);
			front.on('error', () => {});
			resolve({
				port: front.address().port,
				route: next => {
					targets = next;
				},
				close: () =>
					new Promise(closed => {
						for (const name of [...clients.keys()]) {
							forget(name);
						}
						front.close(() => closed());
					}),
			});
		});
	});
}
