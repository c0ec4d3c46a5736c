import type { Clock } from '../lifecycle/world';
import { encodeMessage, type Message, messageReader } from './framing';

type Request = Extract<Message, { type: 'request' }>;

/** A running program that speaks the debug adapter protocol on its standard input and output. */
export interface DebuggerProgram {
	write(bytes: Buffer): void;
	onData(take: (chunk: Buffer) => void): void;
	/** Settles with a sentence when the program has ended, whatever way. */
	readonly ended: Promise<string>;
	kill(): void;
}

/** Milliseconds for the answer to `attach`: a runtime with another temporary folder never gives one (running-dotnet-roles.md 4.1). */
const attachLimit = 10_000;

/**
 * Drives a debugger program for the editor. Messages go through as they are, but for three things that the program
 * cannot be trusted with: a process that was attached to is never ended with the session, an `attach` without an answer
 * fails in time, and an end of the program ends the session.
 */
export function driveDebugger(
	program: DebuggerProgram,
	clock: Clock,
	send: (message: Message) => void,
): { handle(message: Message): void; dispose(): void } {
	const unanswered = new Map<number, Request>();
	/** Why the program answers no more. */
	let over: string | undefined;

	const read = messageReader(message => {
		if (message.type === 'response') {
			unanswered.delete(message.request_seq);
		}
		send(message);
	});
	program.onData(chunk => {
		try {
			read(chunk);
		} catch (error) {
			fail(`The debugger wrote something that is not the debug adapter protocol (${error}).`);
		}
	});
	void program.ended.then(fail);

	function handle(message: Message): void {
		if (message.type !== 'request') {
			program.write(encodeMessage(message));
			return;
		}
		unanswered.set(message.seq, message);
		if (over !== undefined) {
			refuseAll(over);
			return;
		}
		if (message.command === 'attach') {
			const limit = `The debugger did not answer within ${attachLimit / 1000} seconds.`;
			clock.after(attachLimit, () => unanswered.has(message.seq) && fail(limit));
		}
		program.write(encodeMessage(keepingTheProcess(message)));
	}

	/** What was asked gets an answer, so that the editor waits for nothing. */
	function fail(sentence: string): void {
		if (over !== undefined) {
			return;
		}
		over = sentence;
		program.kill();
		refuseAll(sentence);
		send({ seq: 0, type: 'event', event: 'terminated' });
	}

	function refuseAll(sentence: string): void {
		for (const { seq, command } of unanswered.values()) {
			// The parent session says what it means for the instance; the editor need not open a dialog for it.
			const body = { error: { id: 1, format: sentence, showUser: false } };
			send({ seq: 0, type: 'response', request_seq: seq, command, success: false, message: sentence, body });
		}
		unanswered.clear();
	}

	return {
		handle,
		dispose() {
			over = 'The session has ended.';
			program.kill();
		},
	};
}

/** The editor takes every session below another for a launched one, and would have its process ended. */
function keepingTheProcess(request: Request): Request {
	return request.command === 'disconnect'
		? { ...request, arguments: { ...request.arguments, terminateDebuggee: false } }
		: request;
}
