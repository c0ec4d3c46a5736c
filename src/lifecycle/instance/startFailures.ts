import type { JournalEntry } from '../journal/journal';

/**
 * Hears a journal, and tells whether an instance failed to start and never got ready: then something is wrong that the
 * user asked for, and a run ends with 1 (interfaces.md 1).
 */
export function startFailures(): { readonly take: (entry: JournalEntry) => void; readonly any: () => boolean } {
	const ready = new Set<string>();
	const failed = new Set<string>();
	return {
		take: entry => {
			if (entry.instance === undefined) {
				return;
			}
			const name = `${entry.deploymentId ?? ''} ${entry.instance}`;
			if (entry.event === 'state' && entry.state === 'ReadyRole') {
				ready.add(name);
			}
			if (entry.event === 'restart') {
				failed.add(name);
			}
		},
		any: () => [...failed].some(name => !ready.has(name)),
	};
}
