import type { InstanceStatus, JournalEntry } from '../lifecycle/journal/journal';
import { parseCommand } from '../lifecycle/parseCommand';
import { addressOf } from '../lifecycle/slots';
import { stepJson, stepWords } from './stepWords';

/** What the journal does not say of a run. */
export interface RecordedRun {
	readonly name: string;
	/** As it is to stand in the scenario: relative to the file that the scenario becomes. */
	readonly service: string;
	readonly configuration?: string;
	readonly roles?: readonly string[];
	readonly counts?: Readonly<Record<string, number>>;
	readonly timeFactor?: number;
	/** Expectations, each as text, in place of what happened: for a run that did not do what it should. */
	readonly expect?: readonly string[];
}

/**
 * The text of a scenario that does what was done in a run, and expects what then happened: "Save as Scenario". Each
 * command becomes a step. Before the next one it waits until all is ready, where that was so in the run; elsewhere it
 * waits as long as the person did. What instances did at the same time is expected of each for itself, since their order
 * is chance.
 */
export function recordScenario(entries: readonly JournalEntry[], run: RecordedRun): string {
	const isExpected = run.expect === undefined;
	const acts = actsOf(entries);
	const steps = acts.flatMap((act, index) => [...stepLines(act, isExpected), ...pauseLines(act, acts[index + 1])]);
	const head = [
		`"name": ${JSON.stringify(run.name)}`,
		`"service": ${JSON.stringify(run.service)}`,
		...(run.configuration === undefined ? [] : [`"configuration": ${JSON.stringify(run.configuration)}`]),
		...(run.roles === undefined ? [] : [`"roles": ${JSON.stringify(run.roles)}`]),
		...(run.counts === undefined ? [] : [`"counts": ${JSON.stringify(run.counts)}`]),
		...((run.timeFactor ?? 1) === 1 ? [] : [`"timeFactor": ${run.timeFactor}`]),
	];
	const body = isExpected ? steps : [...steps, '{ "wait": "all", "state": "ReadyRole" },'];
	const tail = (run.expect ?? []).length > 0 ? `\t"expect": [\n${indented(run.expect ?? [], 2)}\t],\n` : '';
	return `{\n${indented(head, 1)}\t"steps": [\n${body.map(line => `\t\t${line}\n`).join('')}\t],\n${tail}}\n`;
}

function indented(members: readonly string[], depth: number): string {
	return members.map(member => `${'\t'.repeat(depth)}${member},\n`).join('');
}

/** A command with what came of it, up to the next one. The first has none: it is the start of the service. */
interface Act {
	readonly command: string | undefined;
	readonly at: number;
	readonly entries: readonly JournalEntry[];
	/** The state that each instance was in when the next command came. */
	readonly states: ReadonlyMap<string, InstanceStatus>;
}

function actsOf(entries: readonly JournalEntry[]): readonly Act[] {
	const begins = entries.flatMap((entry, index) => (isAsked(entry) ? [index] : []));
	const states = new Map<string, InstanceStatus>();
	return [0, ...begins].flatMap((from, act) => {
		const isStart = act === 0;
		const first = entries[from];
		const part = entries.slice(from, begins[act]);
		for (const entry of part) {
			if (entry.event === 'state' && entry.instance !== undefined) {
				states.set(addressOf({ ...entry, instance: entry.instance }), entry.state);
			}
			if (entry.event === 'state' && entry.state === 'DeletingVM') {
				states.delete(addressOf({ ...entry, instance: entry.instance ?? '' }));
			}
		}
		const command = !isStart && first?.event === 'command' ? first.command : undefined;
		return first ? [{ command, at: Date.parse(first.at), entries: part, states: new Map(states) }] : [];
	});
}

/** `status` changes nothing; what a role or a file asked for comes again by itself. */
function isAsked(entry: JournalEntry): boolean {
	return (
		entry.event === 'command' &&
		['stdin', 'editor', 'assistant', 'scenario'].includes(entry.by) &&
		entry.command !== 'status'
	);
}

function stepLines(act: Act, isExpected: boolean): readonly string[] {
	const expected = isExpected ? expectedLines(act.entries) : [];
	const step = act.command === undefined ? undefined : stepOf(act.command);
	if (act.command !== undefined && step === undefined) {
		return [`// ${act.command.replace(/\s+/g, ' ')}: this cannot be written as a step.`];
	}
	const hidden = step?.includes('•••') ? ['// A secret is not in the journal: write its value.'] : [];
	if (expected.length === 0) {
		return [...hidden, ...(step ? [`${step},`] : [])];
	}
	const opening = step ? step.replace(/ \}$/, ', "expect": [') : '{ "expect": [';
	return [...hidden, opening, ...expected.map(line => `\t${line}`), '] },'];
}

/** A command holds its arguments in the order of its usage. */
function stepOf(line: string): string | undefined {
	const command = parseCommand(line);
	const word = 'error' in command ? undefined : stepWords.get(command.command);
	const values = Object.entries(command).flatMap(([name, value]) =>
		name !== 'command' && (typeof value === 'string' || typeof value === 'number') ? [value] : [],
	);
	return word && stepJson(word, values);
}

/** Where everything had come to rest before the next command, that is waited for; `quit` ends everything. */
function pauseLines(act: Act, next: Act | undefined): readonly string[] {
	const states = [...act.states.values()];
	const isAtRest = states.length > 0 && states.every(state => state === 'ReadyRole' || state === 'StoppedVM');
	if (act.command === 'quit' || (next === undefined && !isAtRest)) {
		return [];
	}
	if (!isAtRest) {
		return [`{ "sleep": "${Math.max(0, (next?.at ?? act.at) - act.at)}ms" },`];
	}
	return states.every(state => state === 'ReadyRole')
		? ['{ "wait": "all", "state": "ReadyRole" },']
		: [`{ "expect": { "states": ${JSON.stringify(Object.fromEntries(act.states))} } },`];
}

function expectedLines(entries: readonly JournalEntry[]): readonly string[] {
	const byInstance = new Map<string, string[]>();
	for (const entry of entries) {
		const pattern = entry.instance === undefined ? undefined : patternOf(entry);
		if (entry.instance !== undefined && pattern !== undefined) {
			const address = addressOf({ ...entry, instance: entry.instance });
			byInstance.set(address, [...(byInstance.get(address) ?? []), pattern]);
		}
	}
	return [...byInstance.values()].map(
		patterns => `{ "events": [\n${patterns.map(line => `\t\t\t\t${line}`).join(',\n')}\n\t\t\t] },`,
	);
}

/** What a life is told by: its calls, its restarts, when it gets ready, what became of its disks. */
function patternOf(entry: JournalEntry): string | undefined {
	const { instance, slot } = entry;
	switch (entry.event) {
		case 'call':
			if (entry.phase === 'begin' || entry.call === 'Run' || entry.call === 'StatusCheck') {
				return undefined;
			}
			return JSON.stringify({
				...{ event: 'call', instance, slot, call: entry.call, phase: 'end' },
				...(entry.error ? { error: { type: entry.error.type } } : resultOf(entry.result)),
			});
		case 'state':
			return entry.state === 'ReadyRole' || entry.state === 'StoppedVM'
				? JSON.stringify({ event: 'state', instance, slot, state: entry.state })
				: undefined;
		case 'restart':
			return JSON.stringify({ event: 'restart', instance, slot });
		default:
			return undefined;
	}
}

function resultOf(result: unknown): object {
	return typeof result === 'boolean' || (typeof result === 'object' && result !== null && 'cancel' in result)
		? { result }
		: {};
}
