import { readAddress } from './slots';
import type { DeploymentSnapshot, InstanceSnapshot } from './snapshot';

/** The instances that `all`, the name of a role or of an instance means, and the deployment that they belong to. */
export interface Targeted {
	/** `undefined` where nothing is in the slot that the address names. */
	readonly deployment: DeploymentSnapshot | undefined;
	readonly instances: readonly InstanceSnapshot[];
}

/** `target` is an address: `all`, `Worker_IN_0`, `staging:Worker` (`slots.ts`). */
export function targeted(target: string, snapshot: DeploymentSnapshot): Targeted {
	const { slot, name } = readAddress(target);
	const deployment = slot === 'staging' ? snapshot.staging : snapshot;
	const isMeant = ({ instance, role }: InstanceSnapshot) => name === 'all' || name === instance || name === role;
	return { deployment, instances: deployment?.instances.filter(isMeant) ?? [] };
}
