import { Failure } from '../base/failure';
import type { Span } from '../base/span';
import type { JournalEntry } from '../lifecycle/journal/journal';
import { exitOf } from './expectations';
import { missesOfAll, type Play, type PlayedService } from './play';
import { carryOut } from './playStep';
import { patience } from './readScenario';
import type { Scenario, Step } from './scenario';

/** Where a scenario is played. */
export interface Stage {
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
	/** How many of its entries came before the service was stopped, because the scenario was over. */
	readonly played: number;
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
			? { outcome: 'ended', failures: [], entries: [], played: 0 }
			: { outcome: 'broken', failures: [startFailure(scenario, error)], entries: [], played: 0 };
	}
	try {
		const play = { service, clock: service.clock, ...playWith(stage), patience: patience * scenario.timeFactor };
		const failures = await playSteps(scenario, play, stage.onStep);
		const { entries } = service.deployment.journal;
		const played = entries.length;
		await service.stop();
		if (stage.ended.aborted && failures.length === 0) {
			return { outcome: 'ended', failures, entries, played };
		}
		const all = [...failures, ...(failures.length === 0 ? exitFailure(scenario, entries) : [])];
		return { outcome: all.length === 0 ? 'passed' : 'failed', failures: all, entries, played };
	} finally {
		await service.stop();
	}
}

async function playSteps(scenario: Scenario, play: Play, onStep: Stage['onStep']): Promise<readonly PlayFailure[]> {
	const { journal } = play.service.deployment;
	for (const step of scenario.steps) {
		if (play.signal.aborted) {
			return [];
		}
		onStep?.(step);
		const window = { from: journal.length, began: play.clock.now() };
		const hindered = await carryOut(step, play);
		const misses = hindered.length > 0 ? hindered : await missesOfAll(step.expect, window, play);
		if (misses.length > 0) {
			return misses.map(miss => ({ step: step.text, ...miss }));
		}
	}
	const [first] = journal.entries;
	const misses = await missesOfAll(scenario.expect, { from: 0, began: first ? Date.parse(first.at) : 0 }, play);
	return misses.map(miss => ({ step: undefined, ...miss }));
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

function playWith({ ended: signal }: Stage): Pick<Play, 'signal' | 'ended'> {
	const ended = new Promise<true>(resolve => {
		if (signal.aborted) {
			resolve(true);
		}
		signal.addEventListener('abort', () => resolve(true), { once: true });
	});
	return { signal, ended };
}
