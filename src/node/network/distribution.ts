import { createHash } from 'node:crypto';
import type { BalancerTarget, Distribution } from '../../lifecycle/network';

/** A client as the load balancer tells clients apart. */
export interface Client {
	readonly address: string;
	readonly protocol: 'tcp' | 'udp';
}

/** In which order the instances in rotation are tried for the next connection. */
export interface Turns {
	next(client: Client, targets: readonly BalancerTarget[]): readonly BalancerTarget[];
}

/**
 * Without affinity the instances take turns. With it a client keeps its instance as long as that is in rotation, and only
 * the clients of an instance that leaves move (rendezvous hashing): by its address, or by that and the protocol
 * (csdef.md 7.1).
 */
export function turns(distribution: Distribution = 'none'): Turns {
	let turn = 0;
	return {
		next: (client, targets) => {
			if (distribution === 'none') {
				const first = turn++;
				return targets.map((_, index) => targets[(first + index) % targets.length] as BalancerTarget);
			}
			const key = distribution === 'sourceIP' ? client.address : `${client.address} ${client.protocol}`;
			return targets
				.map(target => ({ target, weight: weight(`${key} ${target.instance}`) }))
				.sort((a, b) => b.weight - a.weight)
				.map(({ target }) => target);
		},
	};
}

function weight(text: string): number {
	return createHash('sha256').update(text).digest().readUInt32BE();
}
