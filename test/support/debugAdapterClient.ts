import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Message } from '../../src/debug/framing';

/** The editor's side of the debug adapter protocol: asks and waits. */
export interface DebugAdapterClient {
	receive(message: DebugProtocol.ProtocolMessage): void;
	/** Resolves with the body of the answer; rejects with its message, and its body beside, where it is a refusal. */
	request(command: string, args?: object): Promise<Record<string, unknown>>;
	/** The next event of this name that nobody took yet, come or to come. */
	event(name: string): Promise<Record<string, unknown>>;
	/** Everything received, in order: `launch` for an answer, `launch: why` for a refusal, `(initialized)` for an event. */
	readonly received: readonly string[];
}

export function debugAdapterClient(send: (request: Extract<Message, { type: 'request' }>) => void): DebugAdapterClient {
	const received: string[] = [];
	const waiting = new Map<number, (response: DebugProtocol.Response) => void>();
	const untaken: DebugProtocol.Event[] = [];
	let takers: { readonly name: string; readonly take: (body: Record<string, unknown>) => void }[] = [];
	let sequence = 1;

	function takeEvent(event: DebugProtocol.Event): void {
		const taker = takers.find(({ name }) => name === event.event);
		if (taker) {
			takers = takers.filter(other => other !== taker);
			taker.take(event.body ?? {});
		} else {
			untaken.push(event);
		}
	}

	return {
		received,
		receive(message) {
			const known = message as Message;
			if (known.type === 'response') {
				received.push(known.success ? known.command : `${known.command}: ${known.message}`);
				waiting.get(known.request_seq)?.(known);
			} else if (known.type === 'event') {
				received.push(`(${known.event})`);
				takeEvent(known);
			}
		},
		request: (command, args = {}) =>
			new Promise((resolve, reject) => {
				const seq = sequence++;
				waiting.set(seq, ({ success, message, body }) =>
					success ? resolve(body ?? {}) : reject(Object.assign(new Error(message), { body })),
				);
				send({ seq, type: 'request', command, arguments: args });
			}),
		event: name =>
			new Promise(take => {
				const index = untaken.findIndex(({ event }) => event === name);
				const [come] = index < 0 ? [] : untaken.splice(index, 1);
				if (come) {
					take(come.body ?? {});
				} else {
					takers.push({ name, take });
				}
			}),
	};
}
