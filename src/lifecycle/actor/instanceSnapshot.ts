import { faultDomain, type InstanceName, instanceId, upgradeDomain } from '../domains';
import { abilitiesOf } from '../instance/abilities';
import type { Instance } from '../instance/instance';
import type { DeploymentPlan, RolePlan } from '../plan/deploymentPlan';
import type { Slot } from '../slots';
import type { InstanceSnapshot } from '../snapshot';
import type { ActorContext } from './actorContext';
import type { InstanceDisks } from './instanceDisks';
import type { InstanceProcess } from './instanceProcess';
import type { InstanceRecord } from './instanceRecord';

/** Who knows what of an instance. */
interface Parts {
	readonly name: InstanceName;
	readonly plan: DeploymentPlan;
	readonly instance: Instance;
	readonly record: Pick<InstanceRecord, 'state' | 'inRotation' | 'lastRestart'>;
	readonly process: Pick<InstanceProcess, 'pid' | 'upSince' | 'debugger' | 'isStopped'>;
	readonly disks: Pick<InstanceDisks, 'host'>;
	readonly endpoints: InstanceSnapshot['endpoints'];
}

/** An instance as it looks now, to those who read the deployment. */
export function instanceSnapshot(
	{ name, plan, instance, record, process, disks, endpoints }: Parts,
	slot: Slot,
): InstanceSnapshot {
	const { role, index } = name;
	const { pid, upSince } = process;
	return {
		instance: instanceId(role, index),
		...(slot === 'staging' && { slot: 'staging' }),
		role,
		index,
		...record.state,
		life: instance.life,
		...(pid !== undefined && { pid }),
		...(pid !== undefined && upSince !== undefined && { upSince: new Date(upSince).toISOString() }),
		endpoints,
		upgradeDomain: upgradeDomain(index, plan.upgradeDomainCount),
		faultDomain: faultDomain(index),
		host: disks.host,
		inRotation: record.inRotation,
		debugger: process.debugger,
		...(process.isStopped && { isStopped: true }),
		lastRestart: record.lastRestart,
		can: abilitiesOf(instance),
	};
}

/** Where the outside reaches it, and on which ports it listens. */
export function endpointsOf(
	instance: string,
	role: RolePlan,
	{ placeOf, viewOf }: Pick<ActorContext, 'placeOf' | 'viewOf'>,
): InstanceSnapshot['endpoints'] {
	return role.endpoints.flatMap(({ name: endpoint, protocol, probe }) => {
		const place = placeOf(instance, endpoint);
		const view = viewOf(instance, endpoint, probe !== undefined);
		return place ? [{ endpoint, protocol, address: place.address, port: place.port, ...view }] : [];
	});
}
