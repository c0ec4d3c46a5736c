import { Failure } from '../base/failure';
import type { Span } from '../base/span';
import { readAddress, type Slot } from '../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../lifecycle/snapshot';
import { targeted } from '../lifecycle/targets';
import { when } from '../lifecycle/waiting';
import type { Wait } from '../runner/script';
import { journalLine } from './expectations';
import { type Hindrance, lastEntries, missesOfAll, type Play, passTime, submit, unlessEnded } from './play';
import { playChaos } from './playChaos';
import type { Expectation, Step } from './scenario';

/** Does what the step says; the answer is why that could not be done. */
export async function carryOut({ action, span, expect }: Step, play: Play): Promise<readonly Hindrance[]> {
	const { service } = play;
	switch (action.command) {
		case 'check':
			return [];
		case 'wait':
			return playWait(action, span, play);
		case 'sleep':
			await passTime(action.milliseconds, play);
			return [];
		case 'write':
			return attempt(span, () => service.files.write(action, action.text));
		case 'chaos':
			return playChaos(action.chaos, span, play);
		case 'quit':
			service.submit(action, 'scenario');
			await service.stopped;
			return [];
		default: {
			const from = service.deployment.journal.length;
			await submit(action, play);
			return refusals(from, span, play, expect.length > 0);
		}
	}
}

async function playWait(wait: Wait, span: Span, play: Play): Promise<readonly Hindrance[]> {
	const { target, state, states, limit } = wait;
	const expected: Expectation = {
		...{ span, events: [], never: [], output: [], files: [], within: limit },
		states: [{ span, target: { ...span, text: target }, state, states }],
	};
	const misses = await missesOfAll([expected], { from: 0, began: play.clock.now() }, play);
	const { slot, name } = readAddress(target);
	const isAllReady = name === 'all' && states.includes('ReadyRole');
	return misses.length > 0 || !isAllReady ? misses : settledMisses(slot, { span, limit }, play);
}

/** A change of the configuration may still be on its way while all instances are ready (lifecycle/waiting.ts). */
async function settledMisses(
	slot: Slot,
	{ span, limit }: { readonly span: Span; readonly limit: number },
	play: Play,
): Promise<readonly Hindrance[]> {
	const { service, clock } = play;
	const within = { clock, milliseconds: limit };
	const inSlot = (snapshot: DeploymentSnapshot) => (slot === 'staging' ? snapshot.staging : snapshot);
	const isSettled = (snapshot: DeploymentSnapshot) =>
		inSlot(snapshot)?.status === 'Running' && targeted(`${slot}:all`, snapshot).instances.every(isReady);
	if (await unlessEnded(when(service.deployment, isSettled, within), play)) {
		return [];
	}
	const instead = `the deployment is ${inSlot(service.deployment.snapshot)?.status ?? 'gone'}`;
	return [{ span, expected: 'all is ReadyRole and no change is under way', instead, around: lastEntries(play) }];
}

function isReady({ state }: InstanceSnapshot): boolean {
	return state === 'ReadyRole';
}

/** What the deployment refuses it says in its journal, at once. Where a step expects something, that decides. */
function refusals(from: number, span: Span, { service }: Play, isExpected: boolean): readonly Hindrance[] {
	const refused = service.deployment.journal.after(from).find(entry => entry.event === 'error');
	return refused && !isExpected
		? [
				{
					span,
					expected: 'the step can be carried out',
					instead: journalLine(refused),
					around: service.deployment.journal.entries.slice(-8),
				},
			]
		: [];
}

function attempt(span: Span, act: () => void): readonly Hindrance[] {
	try {
		act();
		return [];
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		return [{ span, expected: 'the step can be carried out', instead: error.message, around: [] }];
	}
}
