import { keyOf } from '../history/entries';
import type { DeploymentPlan } from '../lifecycle/plan/deploymentPlan';
import { addressOf, readAddress } from '../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../lifecycle/snapshot';
import type { DebuggedRun } from './debugWorld';

/** An instance of either deployment of a service. */
export interface DebuggedInstance {
	/** What names it for good in the journal, also over a swap (`history/entries.ts`). */
	readonly key: string;
	/** What commands call it now: `staging:Worker_IN_0` in the staging slot (`slots.ts`). */
	readonly address: string;
	readonly snapshot: InstanceSnapshot;
}

export function debuggedInstances({ deployment, plan }: DebuggedRun): readonly DebuggedInstance[] {
	const { snapshot } = deployment;
	const inSlot = ({ deploymentId, instances }: DeploymentSnapshot): readonly DebuggedInstance[] => {
		// The journal leaves out the name of the deployment that the run began with.
		const named = deploymentId === plan.deploymentId ? {} : { deploymentId };
		return instances.map(each => ({
			key: keyOf({ instance: each.instance, ...named }),
			address: addressOf(each),
			snapshot: each,
		}));
	};
	return snapshot.staging ? [...inSlot(snapshot), ...inSlot(snapshot.staging)] : inSlot(snapshot);
}

/** The instance with this address now. */
export function instanceAt(run: DebuggedRun, address: string): DebuggedInstance | undefined {
	return debuggedInstances(run).find(each => each.address === address);
}

/** What is deployed where this address points to: it tells the folders of its instances. */
export function planAt({ deployment, plan }: DebuggedRun, address: string): DeploymentPlan {
	return deployment.planIn?.(readAddress(address).slot) ?? plan;
}
