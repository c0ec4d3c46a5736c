import { Failure } from '../base/failure';
import type { Span } from '../base/span';
import type { Command } from '../lifecycle/command';
import type { Clock } from '../lifecycle/host';
import type { CommandSource, JournalEntry } from '../lifecycle/journal';
import type { Journal } from '../lifecycle/journalWriter';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';
import { when } from '../lifecycle/waiting';
import { type ChaosEvent, chaosEvents } from './chaos';
import { exitOf, instancesOf, journalLine, type Miss } from './expectations';
import type { Chaos, ResourceFile, Scenario, Step } from './scenario';
import { missesWithin, type Watched } from './watching';

/** A running service as a scenario needs it: `RunningService` with the files of its local resources. */
export interface PlayedService {
	readonly deployment: Watched;
	submit(command: Command, by: CommandSource): void;
	/** An orderly stop; resolves when nothing of it is left. */
	stop(): Promise<void>;
	/** Resolves when it has stopped, whoever asked for it. */
	readonly stopped: Promise<void>;
	readonly files: {
		/** `undefined` where there is no such file. */
		read(file: ResourceFile): string | undefined;
		/** Throws a `Failure`. */
		write(file: ResourceFile, text: string): void;
	};
}

/** Where a scenario is played. */
export interface Stage {
	/** Fabric time. */
	readonly clock: Clock;
	/** Rejects with a `Failure` where the service cannot be run. */
	start(): Promise<PlayedService>;
	/** Ends the play, with an orderly stop of the service. */
	readonly ended: AbortSignal;
	/** Hears which step begins. */
	readonly onStep?: (step: Step) => void;
}

export interface Played {
	/** `ended`: somebody ended it before it was through. `broken`: the service could not be run at all. */
	readonly outcome: 'passed' | 'failed' | 'ended' | 'broken';
	readonly failures: readonly PlayFailure[];
	/** The whole journal. */
	readonly entries: readonly JournalEntry[];
}

/** Something that did not come as it was expected: what the scenario says, what happened, and the journal around it. */
export interface PlayFailure {
	/** The step in words; `undefined` at the end of the scenario. */
	readonly step: string | undefined;
	readonly span: Span;
	readonly expected: string;
	readonly instead: string;
	readonly around: readonly JournalEntry[];
}

/**
 * Plays a scenario: starts its service, takes step after step, and stops the service whatever happens. The first step that
 * fails is the last one. Never rejects with a `Failure`: that is a failed play too.
 */
export async function playScenario(scenario: Scenario, stage: Stage): Promise<Played> {
	let service: PlayedService;
	try {
		service = await stage.start();
	} catch (error) {
		return stage.ended.aborted
			? { outcome: 'ended', failures: [], entries: [] }
			: { outcome: 'broken', failures: [startFailure(scenario, error)], entries: [] };
	}
	try {
		const failures = await playSteps(scenario, { stage, service, journal: service.deployment.journal });
		await service.stop();
		const { entries } = service.deployment.journal;
		if (stage.ended.aborted && failures.length === 0) {
			return { outcome: 'ended', failures, entries };
		}
		const all = [...failures, ...(failures.length === 0 ? exitFailure(scenario, entries) : [])];
		return { outcome: all.length === 0 ? 'passed' : 'failed', failures: all, entries };
	} finally {
		await service.stop();
	}
}

interface Play {
	readonly stage: Stage;
	readonly service: PlayedService;
	readonly journal: Journal;
}

async function playSteps(scenario: Scenario, play: Play): Promise<readonly PlayFailure[]> {
	for (const step of scenario.steps) {
		if (play.stage.ended.aborted) {
			return [];
		}
		play.stage.onStep?.(step);
		const from = play.journal.entries.length;
		const began = play.stage.clock.now();
		const hindered = await carryOut(step, play);
		const misses = hindered.length > 0 ? hindered : await missesOfAll(step.expect, { from, began }, play);
		if (misses.length > 0) {
			return misses.map(miss => ({ step: step.text, ...miss }));
		}
	}
	const [first] = play.journal.entries;
	const whole = { from: 0, began: first ? Date.parse(first.at) : 0 };
	const misses = await missesOfAll(scenario.expect, whole, play);
	return misses.map(miss => ({ step: undefined, ...miss }));
}

type Hindrance = Omit<Miss, 'isFinal'>;

/** Does what the step says; the answer is why that could not be done. */
async function carryOut({ action, span, expect }: Step, play: Play): Promise<readonly Hindrance[]> {
	const { service, stage } = play;
	switch (action.command) {
		case 'check':
			return [];
		case 'wait': {
			const target = { start: span.start, end: span.end, text: action.target };
			const reached = { span, target, state: action.state, states: action.states };
			const expectation = { ...{ span, events: [], never: [], output: [], files: [] }, states: [reached] };
			const window = { from: 0, began: stage.clock.now() };
			const limited = { ...expectation, within: action.limit };
			const misses = await missesOfAll([limited], window, play);
			return misses.length > 0 || action.target !== 'all' || action.state !== 'ReadyRole'
				? misses
				: settledMisses(span, action.limit, play);
		}
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
			const from = play.journal.entries.length;
			service.submit(action, 'scenario');
			return refusals(from, span, play, expect.length > 0);
		}
	}
}

/** A change of the configuration may still be on its way while all instances are ready (lifecycle/waiting.ts). */
async function settledMisses(span: Span, limit: number, play: Play): Promise<readonly Hindrance[]> {
	const { service, stage } = play;
	const within = { clock: stage.clock, milliseconds: limit };
	const isSettled = ({ status, instances }: DeploymentSnapshot) =>
		status === 'Running' && instances.every(each => each.state === 'ReadyRole');
	if (await unlessEnded(when(service.deployment, isSettled, within), play)) {
		return [];
	}
	const instead = `the deployment is ${service.deployment.snapshot.status}`;
	return [{ span, expected: 'all is ReadyRole and no change is under way', instead, around: lastEntries(play) }];
}

/** What the deployment refuses it says in its journal, at once. Where a step expects something, that decides. */
function refusals(from: number, span: Span, { journal }: Play, isExpected: boolean): readonly Hindrance[] {
	const refused = journal.entries.slice(from).find(entry => entry.event === 'error');
	return refused && !isExpected
		? [
				{
					span,
					expected: 'the step can be carried out',
					instead: journalLine(refused),
					around: journal.entries.slice(-8),
				},
			]
		: [];
}

/**
 * A night of chaos. An event waits until its instance is ready and nothing is down in another upgrade domain, so there is
 * never more than one domain at a time that is not ready.
 */
async function playChaos(chaos: Chaos, span: Span, play: Play): Promise<readonly Hindrance[]> {
	const { service, stage } = play;
	const began = stage.clock.now();
	const within = { clock: stage.clock, milliseconds: chaos.within };
	const isReady = (condition: (snapshot: DeploymentSnapshot) => boolean) =>
		unlessEnded(when(service.deployment, condition, within), play);
	for (const event of chaosEvents(chaos, service.deployment.snapshot.instances)) {
		await passTime(began + event.at - stage.clock.now(), play);
		if (!(await isReady(mayStrike(event)))) {
			return notReady(`before the next event (${event.command.command} ${event.instance})`, span, play);
		}
		if (stage.ended.aborted) {
			return [];
		}
		service.submit(event.command, 'scenario');
	}
	await passTime(began + chaos.length - stage.clock.now(), play);
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

async function missesOfAll(
	expectations: Step['expect'],
	window: { readonly from: number; readonly began: number },
	{ service, stage }: Play,
): Promise<readonly Miss[]> {
	const context = { ...window, watched: service.deployment, clock: stage.clock, ended: stage.ended };
	const misses = await Promise.all(
		expectations.map(each => missesWithin(each, { ...context, fileText: service.files.read })),
	);
	return stage.ended.aborted ? [] : misses.flat();
}

function passTime(milliseconds: number, { stage }: Play): Promise<unknown> {
	const passed = new Promise<void>(resolve => stage.clock.after(Math.max(0, milliseconds), resolve));
	return Promise.race([passed, untilAborted(stage.ended)]);
}

/** True too where the play was ended: whoever asks looks at that next. */
function unlessEnded(reached: Promise<boolean>, { stage }: Play): Promise<boolean> {
	return Promise.race([reached, untilAborted(stage.ended)]);
}

function untilAborted(signal: AbortSignal): Promise<true> {
	return new Promise(resolve => {
		if (signal.aborted) {
			resolve(true);
		}
		signal.addEventListener('abort', () => resolve(true), { once: true });
	});
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

function startFailure({ service }: Scenario, error: unknown): PlayFailure {
	if (!(error instanceof Failure)) {
		throw error;
	}
	const span = { start: service.start, end: service.end };
	return { step: undefined, span, expected: 'the service runs', instead: error.message, around: [] };
}

function exitFailure({ exit }: Scenario, entries: readonly JournalEntry[]): readonly PlayFailure[] {
	const code = exitOf(entries);
	if (!exit || exit.code === code) {
		return [];
	}
	const instead = code === 1 ? 'it is 1: an instance failed to start and never got ready' : 'it is 0';
	return [{ step: undefined, span: exit.span, expected: `the exit code ${exit.code}`, instead, around: [] }];
}

function lastEntries({ journal }: Play): readonly JournalEntry[] {
	return journal.entries.slice(-12);
}
