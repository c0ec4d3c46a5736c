import { createSocket, type Socket } from 'node:dgram';
import type { BalancerTarget } from '../../lifecycle/network';
import { turns } from './distribution';
import { type Flow, IdleConnections } from './idleConnections';
import type { Balancer, BalancerOptions } from './tcpBalancer';

/** As many clients are remembered as talk at a time on a developer's machine; the one that was quiet longest is forgotten. */
const mostClients = 256;

interface UdpClient {
	readonly socket: Socket;
	readonly target: BalancerTarget;
	readonly flow: Flow;
	bytes: number;
}

/** The public side of a UDP input endpoint: a client keeps its instance, and answers go back to where it asked from. */
export function openUdpBalancer(options: BalancerOptions): Promise<Balancer> {
	const { address, port, clock, distribution, idleTimeout, admits } = options;
	const front = createSocket('udp4');
	const clients = new Map<string, UdpClient>();
	const order = turns(distribution);
	const idle = idleTimeout === undefined ? undefined : new IdleConnections(clock, idleTimeout);
	let targets: readonly BalancerTarget[] = [];

	const forget = (name: string): void => {
		const client = clients.get(name);
		clients.delete(name);
		if (client) {
			idle?.remove(client.flow);
			client.socket.close();
		}
	};
	const inRotation = ({ target }: UdpClient): boolean =>
		targets.some(({ address, port }) => address === target.address && port === target.port);
	const open = (name: string, from: { readonly address: string; readonly port: number }): UdpClient | undefined => {
		const [target] = order.next({ address: from.address, protocol: 'udp' }, targets);
		if (!target) {
			return undefined;
		}
		const socket = createSocket('udp4');
		const flow: Flow = {
			get bytes() {
				return client.bytes;
			},
			// Nothing is lost but the memory of it: its next datagram may go to another instance.
			drop: () => forget(name),
		};
		const client: UdpClient = { socket, target, flow, bytes: 0 };
		// A refusal of the instance comes as an error; a datagram may be lost.
		socket.on('error', () => {});
		socket.on('message', answer => {
			client.bytes += answer.length;
			front.send(answer, from.port, from.address);
		});
		idle?.add(flow);
		return client;
	};
	const clientOf = (from: { readonly address: string; readonly port: number }): UdpClient | undefined => {
		const name = `${from.address}:${from.port}`;
		const known = clients.get(name);
		if (known && inRotation(known)) {
			// The last in the map is the one that talked last.
			clients.delete(name);
			clients.set(name, known);
			return known;
		}
		forget(name);
		const client = open(name, from);
		if (client) {
			clients.set(name, client);
			const [oldest] = clients.keys();
			if (clients.size > mostClients && oldest !== undefined) {
				forget(oldest);
			}
		}
		return client;
	};
	front.on('message', (datagram, from) => {
		const client = admits?.(from.address) === false ? undefined : clientOf(from);
		if (client) {
			client.bytes += datagram.length;
			client.socket.send(datagram, client.target.port, client.target.address);
		}
	});

	return new Promise((resolve, reject) => {
		front.once('error', reject);
		front.bind(port, address, () => {
			front.off('error', reject);
			front.on('error', () => {});
			resolve({
				port: front.address().port,
				route: next => {
					targets = next;
				},
				// A datagram that is on its way may be lost, as everywhere.
				drained: () => undefined,
				close: () =>
					new Promise(closed => {
						idle?.dispose();
						for (const name of [...clients.keys()]) {
							forget(name);
						}
						front.close(() => closed());
					}),
			});
		});
	});
}
