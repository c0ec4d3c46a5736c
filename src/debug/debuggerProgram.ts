import type { Disposable } from '../base/emitter';
import type { Clock } from '../lifecycle/world';
import { encodeMessage, type Message, messageReader } from './framing';

type Request = Extract<Message, { type: 'request' }>;

/** A running program that speaks the debug adapter protocol on its standard input and output. */
export interface DebuggerProgram {
	write(bytes: Buffer): void;
	onData(take: (chunk: Buffer) => void): void;
	/** Settles with a sentence when the program has ended, whatever way. */
	readonly ended: Promise<string>;
	/** The end of its input, at which a debugger lets go of its process and ends. */
	close(): void;
	kill(): void;
}

/** Milliseconds for the answer to `attach`: a runtime with another temporary folder never gives one (running-dotnet-roles.md 4.1). */
const attachLimit = 10_000;

/** Requests in which a debugger comes to its process: netcoredbg does so when it has its breakpoints. */
const attaching = ['attach', 'configurationDone'];

/** Milliseconds for a debugger to let go of its process; the process of one that is killed stands still for ever. */
const leavingLimit = 3_000;

/**
 * Drives a debugger program for the editor. Messages go through as they are, but for four things that the program
 * cannot be trusted with: a process that was attached to is never ended with the session, an `attach` without an answer
 * fails in time, a program that disconnects is asked nothing more (netcoredbg would hang) and then ends, and an end of the
 * program ends the session.
 */
export function driveDebugger(
	program: DebuggerProgram,
	clock: Clock,
	send: (message: Message) => void,
): { handle(message: Message): void; dispose(): void } {
	const unanswered = new Map<number, Request>();
	/** Why the program answers no more. */
	let over: string | undefined;
	/** It was told to let go of its process. */
	let isLeaving = false;
	/** Its input has ended, and it gets so long to end. */
	let ending: Disposable | undefined;

	const read = messageReader(message => {
		if (message.type === 'response') {
			unanswered.delete(message.request_seq);
		}
		send(message);
		if (message.type === 'response' && message.command === 'disconnect') {
			end();
		}
	});
	program.onData(chunk => {
		try {
			read(chunk);
		} catch (error) {
			fail(`The debugger wrote something that is not the debug adapter protocol (${error}).`);
		}
	});
	void program.ended.then(sentence => {
		fail(sentence);
		ending?.dispose();
	});

	function handle(message: Message): void {
		if (message.type !== 'request') {
			program.write(encodeMessage(message));
			return;
		}
		if (over !== undefined || isLeaving) {
			answerForIt(message);
			return;
		}
		unanswered.set(message.seq, message);
		if (attaching.includes(message.command)) {
			const limit = `The debugger did not answer within ${attachLimit / 1000} seconds.`;
			clock.after(attachLimit, () => unanswered.has(message.seq) && fail(limit));
		}
		if (message.command === 'disconnect') {
			isLeaving = true;
			clock.after(leavingLimit, end);
		}
		program.write(encodeMessage(keepingTheProcess(message)));
	}

	/** What was asked gets an answer, so that the editor waits for nothing. */
	function fail(sentence: string): void {
		if (over !== undefined) {
			return;
		}
		over = sentence;
		end();
		for (const request of unanswered.values()) {
			refuse(request, sentence);
		}
		unanswered.clear();
		send({ seq: 0, type: 'event', event: 'terminated' });
	}

	/** In order where it can: only so the process goes on. */
	function end(): void {
		if (!ending) {
			program.close();
			ending = clock.after(leavingLimit, program.kill);
		}
	}

	/** An editor says its farewell once more when it hears of the end. */
	function answerForIt(request: Request): void {
		const { seq, command } = request;
		if (command === 'disconnect') {
			send({ seq: 0, type: 'response', request_seq: seq, command, success: true });
		} else {
			refuse(request, over ?? 'The debugger has left.');
		}
	}

	function refuse({ seq, command }: Request, sentence: string): void {
		// The parent session says what it means for the instance; the editor need not open a dialog for it.
		const body = { error: { id: 1, format: sentence, showUser: false } };
		send({ seq: 0, type: 'response', request_seq: seq, command, success: false, message: sentence, body });
	}

	return {
		handle,
		dispose() {
			over = 'The session has ended.';
			end();
		},
	};
}

/** The editor takes every session below another for a launched one, and would have its process ended. */
function keepingTheProcess(request: Request): Request {
	return request.command === 'disconnect'
		? { ...request, arguments: { ...request.arguments, terminateDebuggee: false } }
		: request;
}
