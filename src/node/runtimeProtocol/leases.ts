import type { Disposable } from '../../base/emitter';
import type { Clock } from '../../lifecycle/world';
import type { CurrentState } from './currentState';

/** The status of one process generation, as its leases make it. */
export interface Leases extends Disposable {
	take(state: CurrentState): void;
}

/** An expiry this far away is "for ever". */
const forEver = 365 * 24 * 3_600_000;

/**
 * One lease per client; expired ones count no more. Any Busy makes the instance Busy; else it is Ready where the process
 * counts as ready by itself or somebody says Started (runtime-protocol.md 5). `changed` hears of each change only.
 */
export function statusLeases(clock: Clock, readyOnStart: boolean, changed: (status: 'Ready' | 'Busy') => void): Leases {
	const leases = new Map<string, { readonly status: 'Started' | 'Busy'; readonly expiration: number }>();
	let told: 'Ready' | 'Busy' = readyOnStart ? 'Ready' : 'Busy';
	let expiry: Disposable | undefined;
	const look = (): void => {
		expiry?.dispose();
		const now = clock.now();
		for (const [client, { expiration }] of leases) {
			if (expiration <= now) {
				leases.delete(client);
			}
		}
		const all = [...leases.values()];
		const isReady = readyOnStart || all.some(lease => lease.status === 'Started');
		const status = isReady && !all.some(lease => lease.status === 'Busy') ? 'Ready' : 'Busy';
		const next = Math.min(...all.map(lease => lease.expiration)) - now;
		expiry = next < forEver ? clock.after(next, look) : undefined;
		if (status !== told) {
			told = status;
			changed(status);
		}
	};
	return {
		take: state => {
			if (state.status === 'Started' || state.status === 'Busy') {
				leases.set(state.clientId, { status: state.status, expiration: state.expiration });
			} else if (state.status === 'Release') {
				leases.delete(state.clientId);
			}
			look();
		},
		dispose: () => expiry?.dispose(),
	};
}
