import type { Disposable } from '../base/emitter';
import type { Command } from '../lifecycle/command';
import type { CommandSource, JournalEntry } from '../lifecycle/journal/journal';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';
import { targeted } from '../lifecycle/targets';
import { when } from '../lifecycle/waiting';
import type { Clock } from '../lifecycle/world';
import type { Miss } from './expectations';
import type { ResourceFile, Step } from './scenario';
import { chaosWords } from './stepWords';
import { missesWithin, type Watched } from './watching';

/** A running service as a scenario needs it: `RunningService` with the files of its local resources. */
export interface PlayedService {
	readonly deployment: Watched;
	/** Fabric time. */
	readonly clock: Clock;
	submit(command: Command, by: CommandSource): void;
	/** Resolves when what was submitted has been carried out, and the snapshot tells of it. */
	carriedOut(): Promise<void>;
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

/** What every step of a play needs. */
export interface Play {
	readonly service: PlayedService;
	/** Fabric time. */
	readonly clock: Clock;
	/** The play is ended from outside; `ended` resolves with it. */
	readonly signal: AbortSignal;
	readonly ended: Promise<true>;
	/** How long is waited for what is sure to come. */
	readonly patience: number;
}

/** Why a step could not be done. */
export type Hindrance = Omit<Miss, 'isFinal'>;

/**
 * A process that is killed lives on for a moment. What restarts an instance is over only when the instance is seen to be
 * down, since whoever waits for it to be ready next means its next life.
 */
export async function submit(command: Command, play: Play): Promise<void> {
	const { service, clock, patience, ended } = play;
	const target = 'instance' in command && chaosWords.includes(command.command) ? command.instance : undefined;
	const struck = (snapshot: DeploymentSnapshot) => (target === undefined ? [] : targeted(target, snapshot).instances);
	const [before] = struck(service.deployment.snapshot);
	service.submit(command, 'scenario');
	await Promise.race([service.carriedOut(), ended]);
	if (before?.state === 'ReadyRole') {
		const isDown = (snapshot: DeploymentSnapshot) =>
			struck(snapshot).every(each => each.state !== 'ReadyRole' || each.life > before.life);
		await unlessEnded(when(service.deployment, isDown, { clock, milliseconds: patience }), play);
	}
}

/** Waits for each expectation; nothing is amiss where the play was ended meanwhile. */
export async function missesOfAll(
	expectations: Step['expect'],
	window: { readonly from: number; readonly began: number },
	{ service, clock, signal, ended }: Play,
): Promise<readonly Miss[]> {
	const context = { ...window, watched: service.deployment, clock, ended };
	const misses = await Promise.all(
		expectations.map(each => missesWithin(each, { ...context, fileText: service.files.read })),
	);
	return signal.aborted ? [] : misses.flat();
}

/** Ends early where the play is ended, and leaves no timer behind. */
export async function passTime(milliseconds: number, { clock, ended }: Play): Promise<void> {
	let timer: Disposable | undefined;
	const passed = new Promise<void>(resolve => {
		timer = clock.after(Math.max(0, milliseconds), resolve);
	});
	await Promise.race([passed, ended]);
	timer?.dispose();
}

/** True too where the play was ended: whoever asks looks at that next. */
export function unlessEnded(reached: Promise<boolean>, { ended }: Play): Promise<boolean> {
	return Promise.race([reached, ended]);
}

export function lastEntries({ service }: Play): readonly JournalEntry[] {
	return service.deployment.journal.entries.slice(-12);
}
