import type { JournalEntry, JournalEvent } from '../../src/lifecycle/journal/journal';

/** An entry without number and time; it is the worker's where nothing is said, and the deployment's where that is said. */
export type Told = JournalEvent & Partial<Pick<JournalEntry, 'slot' | 'deploymentId'>> & { readonly instance?: string };

export const ofDeployment = { instance: '' };

const start = Date.parse('2026-01-05T10:00:00.000Z');

/** A journal in which a second passes from entry to entry. */
export function journal(...told: readonly Told[]): readonly JournalEntry[] {
	return told.map(({ instance = 'Worker_IN_0', ...event }, index) => ({
		...{ n: index + 1, at: new Date(start + index * 1_000).toISOString() },
		...(instance !== '' && { instance }),
		...event,
	}));
}

export function output(text: string, stream: 'stdout' | 'stderr' = 'stdout'): Told {
	return { event: 'output', stream, text };
}

export function state(name: Extract<JournalEvent, { event: 'state' }>['state']): Told {
	return { event: 'state', state: name, text: name };
}
