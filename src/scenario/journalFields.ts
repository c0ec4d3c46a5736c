import type { JournalEvent } from '../lifecycle/journal/journal';

type EventName = JournalEvent['event'];

/** The keys of every member of a union, not only those that all have. */
type KeysOf<T> = T extends unknown ? keyof T : never;

/** Every field of every entry (interfaces.md 2), kept complete by the compiler. */
const fields: {
	readonly [E in EventName]: Readonly<
		Record<Exclude<KeysOf<Extract<JournalEvent, { readonly event: E }>>, 'event'>, true>
	>;
} = {
	state: { state: true, text: true },
	step: { step: true, phase: true, text: true },
	process: { phase: true, pid: true, role: true, exitCode: true, signal: true, text: true },
	call: { call: true, phase: true, result: true, error: true },
	output: { stream: true, text: true, level: true },
	command: { command: true, by: true },
	restart: { cause: true, delay: true },
	disk: { disk: true, name: true, effect: true, why: true, files: true, bytes: true },
	endpoint: { endpoint: true, address: true, port: true, phase: true, balanced: true, declaredPort: true },
	rotation: { rotation: true, why: true, endpoint: true },
	configuration: { changes: true },
	debugger: { phase: true, target: true },
	status: { deployment: true, instances: true },
	error: { text: true, offer: true },
	note: { text: true, offer: true, about: true },
};

/** What may be said of an entry of this event, beside `event` itself; `undefined` where there is no such event. */
export function fieldsOf(event: string): readonly string[] | undefined {
	const found = Object.entries(fields).find(([name]) => name === event);
	return found && ['instance', 'slot', 'deploymentId', ...Object.keys(found[1])];
}

export const eventNames: readonly string[] = Object.keys(fields);
