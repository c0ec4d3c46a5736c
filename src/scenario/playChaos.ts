import type { Span } from '../base/span';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';
import { when } from '../lifecycle/waiting';
import { type ChaosEvent, chaosEvents } from './chaos';
import { instancesOf } from './expectations';
import { type Hindrance, lastEntries, type Play, passTime, submit, unlessEnded } from './play';
import type { Chaos } from './scenario';

/**
 * A night of chaos. An event waits until its instance is ready and nothing is down in another upgrade domain, so there is
 * never more than one domain at a time that is not ready.
 */
export async function playChaos(chaos: Chaos, span: Span, play: Play): Promise<readonly Hindrance[]> {
	const { service, clock } = play;
	const began = clock.now();
	const within = { clock, milliseconds: chaos.within };
	const isReady = (condition: (snapshot: DeploymentSnapshot) => boolean) =>
		unlessEnded(when(service.deployment, condition, within), play);
	for (const event of chaosEvents(chaos, service.deployment.snapshot.instances)) {
		await passTime(began + event.at - clock.now(), play);
		if (!(await isReady(mayStrike(event)))) {
			return notReady(`before the next event (${event.command.command} ${event.instance})`, span, play);
		}
		if (play.signal.aborted) {
			return [];
		}
		await submit(event.command, play);
	}
	await passTime(began + chaos.length - clock.now(), play);
	const isBack = ({ instances }: DeploymentSnapshot) => instances.every(each => each.state === 'ReadyRole');
	return (await isReady(isBack)) ? [] : notReady('at the end', span, play);
}

function mayStrike({ instance }: ChaosEvent): (snapshot: DeploymentSnapshot) => boolean {
	return snapshot => {
		const [struck] = instancesOf(instance, snapshot);
		const others = snapshot.instances.filter(each => each.upgradeDomain !== struck?.upgradeDomain);
		return struck?.state === 'ReadyRole' && others.every(each => each.state === 'ReadyRole');
	};
}

function notReady(moment: string, span: Span, play: Play): readonly Hindrance[] {
	const others = play.service.deployment.snapshot.instances.filter(each => each.state !== 'ReadyRole');
	const are = others.map(each => `${each.instance} is ${each.state} (${each.text})`).join(', ');
	return [{ span, expected: `every instance is ready ${moment}`, instead: are, around: lastEntries(play) }];
}
