import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Network } from '../lifecycle/host';
import { type Balancer, openTcpBalancer } from './tcpBalancer';
import { openUdpBalancer } from './udpBalancer';

export const loopback = '127.0.0.1';

/** Ports of the instances and the balancers in front of them, all on loopback. */
export function loopbackNetwork(): Network {
	const claimed = new Map<number, string>();
	const balancers = new Map<string, Balancer>();
	return {
		claim: async ({ instance, wished }) => {
			const port = await freePort(wished, claimed);
			claimed.set(port, instance);
			return { address: loopback, port };
		},
		release: instance => {
			for (const [port, owner] of claimed) {
				if (owner === instance) {
					claimed.delete(port);
				}
			}
		},
		open: async ({ role, endpoint, protocol, wished }) => {
			const open = protocol === 'udp' ? openUdpBalancer : openTcpBalancer;
			const port = claimed.has(wished) ? 0 : wished;
			const balancer = await open(port).catch((error: NodeJS.ErrnoException) => {
				if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') {
					throw error;
				}
				return open(0);
			});
			balancers.get(key(role, endpoint))?.close();
			balancers.set(key(role, endpoint), balancer);
			return { address: loopback, port: balancer.port };
		},
		route: (role, endpoint, targets) => balancers.get(key(role, endpoint))?.route(targets),
		close: async () => {
			const open = [...balancers.values()];
			balancers.clear();
			claimed.clear();
			await Promise.all(open.map(balancer => balancer.close()));
		},
	};
}

function key(role: string, endpoint: string): string {
	return `${role}/${endpoint}`;
}

/**
 * Below what systems give to outgoing connections: between the claim and the moment its role listens, no connection of
 * anybody can be given the port.
 */
const lowest = 20_000;
const highest = 32_000;
const attempts = 200;

/** A port that nobody listens on and that no instance was given, the wished one if it can be had. */
async function freePort(wished: number | undefined, claimed: ReadonlyMap<number, string>): Promise<number> {
	if (wished !== undefined && !claimed.has(wished) && (await tryPort(wished)) !== undefined) {
		return wished;
	}
	for (let attempt = 0; attempt < attempts; attempt++) {
		const port = await tryPort(randomInt(lowest, highest + 1));
		if (port !== undefined && !claimed.has(port)) {
			return port;
		}
	}
	throw new Error(`no port between ${lowest} and ${highest} is free`);
}

function tryPort(port: number): Promise<number | undefined> {
	return new Promise(resolve => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, loopback, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
		});
	});
}
