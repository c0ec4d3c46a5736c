import type { Span } from '../base/span';
import type { CourseStep, RoleEvent } from './course';

/**
 * What a change does to a deployment that runs, the mildest first. `notDocumented`: no public text says it, and we do not
 * guess.
 */
export type ChangeEffect = 'inPlace' | 'restarts' | 'losesLocalData' | 'notDocumented' | 'needsSwap' | 'forbidden';

export const effects: readonly ChangeEffect[] = [
	'inPlace',
	'restarts',
	'losesLocalData',
	'notDocumented',
	'needsSwap',
	'forbidden',
];

/** One change of the files of a service, and what becomes of the instances that run when it is deployed. */
export interface Change {
	/** As a sentence without an end; secrets masked. */
	readonly what: string;
	/** `undefined` for what concerns the whole service. */
	readonly role: string | undefined;
	/** The file that says it, and where in its new text; no place for what is gone. */
	readonly path: string;
	readonly span: Span | undefined;
	readonly effect: ChangeEffect;
	/** Why, in one or two sentences. */
	readonly why: string;
	/** The section of role-lifecycle.md that says so. */
	readonly source: string;
	/** The instances that stop and start again, in the order of their names. */
	readonly restarts: readonly string[];
	/** What happens to whom, one after the other. */
	readonly course: readonly CourseStep[];
	/** What an instance goes through instead whose Changing handler cancels; absent where nobody is asked. */
	readonly ifCancelled?: readonly RoleEvent[];
	/** What is on the disks and does not survive. */
	readonly loses: readonly string[];
	/** What this machine's fabric says to it, where that is something else. */
	readonly locally?: string;
}

/** The instances of a course that run before it and start again in it. */
export function restartedIn(course: readonly CourseStep[]): readonly string[] {
	return course.flatMap(({ instances, events }) => (isRestart(events) ? instances : [])).sort(byNumber);
}

function isRestart(events: readonly RoleEvent[]): boolean {
	const stop = events.findIndex(event => event === 'Stopping' || event === 'OnStop' || event === 'program ends');
	return stop >= 0 && events.slice(stop + 1).some(event => event === 'OnStart' || event === 'program starts');
}

/** Made once: what `localeCompare` makes for each pair takes most of the time of a large service. */
const { compare: byNumber } = new Intl.Collator('en', { numeric: true });
