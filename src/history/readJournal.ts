import type { JournalEntry } from '../lifecycle/journal/journal';

export interface ReadJournal {
	readonly entries: readonly JournalEntry[];
	/** Lines that are no entries, from 1: the last one of a run that was cut off, or something else that was printed. */
	readonly skipped: readonly number[];
}

/**
 * The journal of a command-line run (`--format jsonl`), a line an entry. What is no entry is left out and told; an entry
 * that is missing in the middle is a note that says so, since readers count on numbers without gaps. Of two journals one
 * after the other the later one counts.
 */
export function readJournal(text: string): ReadJournal {
	let entries: JournalEntry[] = [];
	const skipped: number[] = [];
	let number = 0;
	for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
		number++;
		if (line.trim() === '') {
			continue;
		}
		const entry = parsed(line);
		if (!entry) {
			skipped.push(number);
			continue;
		}
		const last = entries.at(-1);
		const missing = last ? entry.n - last.n - 1 : 0;
		if (last && (missing < 0 || missing > mostMissing)) {
			entries = [];
		} else if (last) {
			entries.push(...unreadable(last, missing));
		}
		entries.push(entry);
	}
	return { entries, skipped };
}

/** A wider gap is no broken line: it is another journal. */
const mostMissing = 1000;

function unreadable({ n, at }: JournalEntry, count: number): readonly JournalEntry[] {
	const text = 'This entry of the journal could not be read.';
	return Array.from({ length: count }, (_, index) => ({ n: n + index + 1, at, event: 'note', text }));
}

const fieldsThatMustBe: Readonly<
	Record<JournalEntry['event'], Readonly<Record<string, 'string' | 'number' | 'list'>>>
> = {
	state: { state: 'string', text: 'string' },
	step: { step: 'number', phase: 'string', text: 'string' },
	process: { phase: 'string', pid: 'number', role: 'string' },
	call: { call: 'string', phase: 'string' },
	output: { stream: 'string', text: 'string' },
	command: { command: 'string', by: 'string' },
	restart: { cause: 'list', delay: 'number' },
	disk: { disk: 'string', effect: 'string', why: 'string' },
	endpoint: { endpoint: 'string', address: 'string', port: 'number', phase: 'string' },
	rotation: { rotation: 'string', why: 'string' },
	configuration: { changes: 'list' },
	debugger: { phase: 'string' },
	status: { deployment: 'string', instances: 'list' },
	error: { text: 'string' },
	note: { text: 'string' },
};

function parsed(line: string): JournalEntry | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return isEntry(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isEntry(value: unknown): value is JournalEntry {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return false;
	}
	const { n, at, event, instance } = value as Record<string, unknown>;
	const fields =
		typeof event === 'string' &&
		Object.hasOwn(fieldsThatMustBe, event) &&
		fieldsThatMustBe[event as JournalEntry['event']];
	return (
		typeof n === 'number' &&
		typeof at === 'string' &&
		!Number.isNaN(Date.parse(at)) &&
		(instance === undefined || typeof instance === 'string') &&
		fields !== false &&
		Object.entries(fields).every(([name, type]) => {
			const field: unknown = Reflect.get(value, name);
			return type === 'list' ? isListOfObjects(field) : typeof field === type;
		})
	);
}

function isListOfObjects(value: unknown): boolean {
	return Array.isArray(value) && value.every(each => typeof each === 'object' && each !== null);
}
