import type { Disposable, Emitter } from '../base/emitter';
import type { Clock } from './host';
import type { DeploymentSnapshot, InstanceSnapshot } from './snapshot';

/** The part of a deployment that one can wait on. */
export interface Watched {
	readonly snapshot: DeploymentSnapshot;
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
}

/**
 * Resolves with true when the predicate holds, at once where it holds now; with false after so many milliseconds of fabric
 * time, or when the deployment has stopped and can reach nothing more. Never rejects.
 */
export function when(
	watched: Watched,
	predicate: (snapshot: DeploymentSnapshot) => boolean,
	within?: { readonly clock: Clock; readonly milliseconds: number },
): Promise<boolean> {
	return new Promise(resolve => {
		const open: Disposable[] = [];
		const end = (reached: boolean) => {
			for (const each of open.splice(0)) {
				each.dispose();
			}
			resolve(reached);
		};
		const look = (snapshot: DeploymentSnapshot) => {
			const reached = predicate(snapshot);
			if (reached || snapshot.status === 'Stopped') {
				end(reached);
			}
			return reached || snapshot.status === 'Stopped';
		};
		if (look(watched.snapshot)) {
			return;
		}
		open.push(watched.onSnapshot(look));
		if (within) {
			open.push(within.clock.after(within.milliseconds, () => end(false)));
		}
	});
}

/**
 * The condition of `wait INSTANCE|ROLE|all STATE` (interfaces.md 1.2). A state may be written without its `Role` or `VM`,
 * in any case. All of them are `ReadyRole` only when no change of the configuration is under way any more.
 */
export function hasReached(target: string, state: string): (snapshot: DeploymentSnapshot) => boolean {
	const wanted = shortState(state);
	return snapshot => {
		const meant = snapshot.instances.filter(each => isMeant(each, target));
		const settled = target !== 'all' || wanted !== 'ready' || snapshot.status === 'Running';
		return settled && meant.length > 0 && meant.every(each => shortState(each.state) === wanted);
	};
}

/** True where a target of `wait` names something of this deployment. */
export function isKnownTarget(snapshot: DeploymentSnapshot, target: string): boolean {
	return target === 'all' || snapshot.instances.some(each => isMeant(each, target));
}

function isMeant(each: InstanceSnapshot, target: string): boolean {
	return target === 'all' || each.instance === target || each.role === target;
}

function shortState(state: string): string {
	return state.toLowerCase().replace(/(?:role|vm)$/, '');
}
