import type { Disposable, Emitter } from '../base/emitter';
import type { DeploymentSnapshot } from './snapshot';
import type { Clock } from './world';

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
