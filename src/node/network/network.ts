import type { Network } from '../../lifecycle/network';
import type { Clock } from '../../lifecycle/world';
import { holderOf, listenersOf } from './listeners';
import { loopback, Ports } from './ports';
import { probe } from './probe';
import { type Balancer, type BalancerOptions, openTcpBalancer } from './tcpBalancer';
import { openUdpBalancer } from './udpBalancer';

export interface NetworkOptions {
	readonly clock: Clock;
	readonly ports?: Ports;
}

/** Ports of the instances and the balancers in front of them, all on loopback. */
export function loopbackNetwork({ clock, ports = new Ports('') }: NetworkOptions): Network {
	const balancers = new Map<string, Balancer>();
	const shut = (name: string): void => {
		void balancers.get(name)?.close();
		balancers.delete(name);
	};
	return {
		claim: request => ports.claim(request),
		release: instance => ports.release(instance),
		open: async ({ role, endpoint, protocol, wished, distribution, idleTimeout, admits, noticed }) => {
			const idled = onceOnly(() => noticed?.(idleText(endpoint, idleTimeout ?? 0)));
			const options = {
				address: loopback,
				clock,
				...(distribution && { distribution }),
				...(idleTimeout !== undefined && { idleTimeout }),
				...(admits && { admits }),
				idled,
			};
			const name = key(role, endpoint);
			shut(name);
			const { balancer, why } = await openAnyhow(protocol, wished, ports, options);
			balancers.set(name, balancer);
			return { address: loopback, port: balancer.port, ...(why !== undefined && { why }) };
		},
		route: (role, endpoint, targets) => balancers.get(key(role, endpoint))?.route(targets),
		shut: (role, endpoint) => shut(key(role, endpoint)),
		drained: instance => {
			const waits = [...balancers.values()].flatMap(balancer => balancer.drained(instance) ?? []);
			return waits.length === 0 ? undefined : Promise.all(waits).then(() => {});
		},
		probe,
		listeners: pid => listenersOf(pid).catch(() => undefined),
		close: async () => {
			const open = [...balancers.values()];
			balancers.clear();
			ports.clear();
			await Promise.all(open.map(balancer => balancer.close()));
		},
	};
}

/** At the wished port, or at any where that cannot be had; `why` says what is in the way. */
async function openAnyhow(
	protocol: string,
	wished: number,
	ports: Ports,
	options: Omit<BalancerOptions, 'port'>,
): Promise<{ readonly balancer: Balancer; readonly why?: string }> {
	const open = protocol === 'udp' ? openUdpBalancer : openTcpBalancer;
	if (ports.has(wished)) {
		return { balancer: await open({ ...options, port: 0 }), why: 'was given to an instance of this service' };
	}
	try {
		return { balancer: await open({ ...options, port: wished }) };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'EADDRINUSE' && code !== 'EACCES') {
			throw error;
		}
		const balancer = await open({ ...options, port: 0 });
		return { balancer, why: code === 'EACCES' ? forbidden(wished) : await takenBy(wished, protocol) };
	}
}

/** Windows keeps no port for administrators, but whole ranges for its own parts (Hyper-V, `http.sys`). */
export function forbidden(port: number, platform: NodeJS.Platform = process.platform): string {
	return port < 1024 && platform !== 'win32'
		? 'may be opened by an administrator only, as all below 1024 on this system'
		: 'is kept back by this system';
}

async function takenBy(port: number, protocol: string): Promise<string> {
	const holder = protocol === 'udp' ? undefined : await holderOf(port).catch(() => undefined);
	if (holder === undefined) {
		return 'is taken';
	}
	return holder.pid === process.pid
		? 'is taken by another endpoint of a service that runs here'
		: `is taken by process ${holder.pid} (${holder.name})`;
}

function idleText(endpoint: string, idleTimeout: number): string {
	const minutes = idleTimeout / 60_000;
	return `A connection to the endpoint '${endpoint}' was dropped: no byte had come through it for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} (idleTimeoutInMinutes). Later ones are dropped without a word.`;
}

function onceOnly(run: () => void): () => void {
	let done = false;
	return () => {
		if (!done) {
			done = true;
			run();
		}
	};
}

function key(role: string, endpoint: string): string {
	return `${role}/${endpoint}`;
}
