import type { JournalEntry } from '../lifecycle/journal/journal';

/** What the debug console shows of the journal: what the roles write and what becomes of them, a line each. */
export function outputOf(entry: JournalEntry): { readonly category: string; readonly output: string } | undefined {
	const line = lineOf(entry);
	if (!line) {
		return undefined;
	}
	const who = entry.instance === undefined ? '' : `[${entry.instance}] `;
	return { category: line.category, output: `${who}${line.text}\n` };
}

function lineOf(entry: JournalEntry): { readonly category: string; readonly text: string } | undefined {
	switch (entry.event) {
		case 'output':
			return { category: isBad(entry) ? 'stderr' : 'stdout', text: entry.text };
		case 'state':
		case 'note':
			return { category: 'console', text: entry.text };
		case 'error':
			return { category: 'stderr', text: entry.text };
		case 'call':
			return (
				entry.error && { category: 'stderr', text: entry.error.stack ?? `${entry.error.type}: ${entry.error.message}` }
			);
		case 'restart':
			return { category: 'console', text: entry.cause.map(({ detail }) => detail).join(' ') };
		default:
			return undefined;
	}
}

function isBad({ stream, level }: Extract<JournalEntry, { event: 'output' }>): boolean {
	return stream === 'stderr' || level === 'error' || level === 'critical';
}
