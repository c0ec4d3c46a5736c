import type { Fabric } from '../fabric';
import { JournalWriter } from '../journal/journalWriter';
import type { Mailbox } from '../mailbox';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { Slot } from '../slots';
import type { World } from '../world';
import { Changes } from './changes';
import { Course } from './course';
import { Instances } from './instances';
import { Updates } from './updates';

/** Who does what in a deployment. */
export interface DeploymentParts {
	readonly journal: JournalWriter;
	readonly instances: Instances;
	readonly course: Course;
	readonly changes: Changes;
	readonly updates: Updates;
}

interface PartsContext {
	readonly world: World;
	readonly fabric: Fabric;
	readonly onStopLimit: number;
	readonly debug: ReadonlySet<string>;
	readonly slot: () => Slot;
	readonly isNamed: boolean;
}

/** Makes them, and the instances of the plan; nothing starts yet. */
export function deploymentParts(plan: DeploymentPlan, context: PartsContext): DeploymentParts {
	const { world, onStopLimit, debug, slot } = context;
	const { clock, disks } = world;
	const { mailbox, gate } = context.fabric;
	const post: Mailbox['post'] = (task, manner) => mailbox.post(task, manner);
	const spread: Mailbox['postNext'] = runs => mailbox.postNext(runs);
	const journal = journalOf(plan, context);
	const isEnding = () => course.isEnding;
	const instances = new Instances({ world, journal, onStopLimit, debug, post, gate, slot, isGivenUp: isEnding });
	const course: Course = new Course(instances, text => journal.write({ event: 'error', text }), spread);
	const startsNew = () => course.startsNew;
	const changes = new Changes(plan, instances, { clock, journal, post, spread, startsNew });
	const updates = new Updates({ disks, instances, changes, journal, post, isEnding });
	for (const role of plan.roles) {
		for (let index = 0; index < role.count; index++) {
			instances.add({ role: role.name, index }, plan);
		}
	}
	return { journal, instances, course, changes, updates };
}

/** Its entries say where the deployment stands, and which one it is where there is another of the same service. */
function journalOf(plan: DeploymentPlan, { world, fabric, slot, isNamed }: PartsContext): JournalWriter {
	const origin = () => ({
		...(slot() === 'staging' && { slot: 'staging' as const }),
		...(isNamed && { deploymentId: plan.deploymentId }),
	});
	const journal = new JournalWriter(() => world.clock.now(), fabric.log, origin);
	journal.hideSecretsOf(plan);
	return journal;
}
