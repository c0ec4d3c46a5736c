import type { Disposable } from '../base/emitter';
import type { Clock } from '../lifecycle/world';
import { wallClock } from '../node/clock';
import type { Io } from './io';

/**
 * The signals that end a run: the first asks for an orderly stop, the second has no more patience. An output that nobody
 * reads any more (`| head`), or that cannot be written, asks for the same.
 */
export interface Signals {
	readonly first: AbortSignal;
	readonly second: AbortSignal;
	/** 128 and the number of the first signal, as shells count; 0 where nobody reads on, 2 where nothing can be written. */
	exitCode(): number;
	/** As if Ctrl+C had been pressed; a prompt gets the key in place of the signal. */
	interrupt(): void;
	dispose(): void;
}

/** SIGBREAK is Ctrl+Break on Windows, the one signal that a script can send there. */
const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGBREAK: 21 } as const;

/** Windows ends a program ten seconds after its console was closed (SIGHUP), whatever it is about. */
const patienceOfWindows = 5_000;

export function onSignals(
	io: Io,
	platform: NodeJS.Platform = process.platform,
	clock: Pick<Clock, 'after'> = wallClock,
): Signals {
	const first = new AbortController();
	const second = new AbortController();
	let code = 0;
	let atOnce: Disposable | undefined;
	const take = (signal: keyof typeof numbers): void => {
		if (first.signal.aborted) {
			second.abort();
			return;
		}
		code = 128 + numbers[signal];
		io.stderr.write('Stopping; Ctrl+C again ends everything at once.\n');
		first.abort();
		if (signal === 'SIGHUP' && platform === 'win32') {
			atOnce = clock.after(patienceOfWindows, () => second.abort());
		}
	};
	const listeners = (Object.keys(numbers) as (keyof typeof numbers)[]).map(
		signal => [signal, () => take(signal)] as const,
	);
	for (const [signal, listener] of listeners) {
		process.on(signal, listener);
	}
	const outputFailed = (error: NodeJS.ErrnoException): void => {
		if (first.signal.aborted) {
			return;
		}
		code = isReaderGone(error) ? 0 : 2;
		if (code === 2) {
			tellOutputFailure(error, io.stderr);
		}
		first.abort();
	};
	process.stdout.on('error', outputFailed);
	return {
		first: first.signal,
		second: second.signal,
		exitCode: () => code,
		interrupt: () => take('SIGINT'),
		dispose: () => {
			atOnce?.dispose();
			process.stdout.off('error', outputFailed);
			for (const [signal, listener] of listeners) {
				process.off(signal, listener);
			}
		},
	};
}

/** The pipes of Windows have two words for it. */
export function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
	return code === 'EPIPE' || code === 'EOF';
}

let told = false;

/** Every write of a full disk fails in the same way. */
export function tellOutputFailure(error: Error, to: Io['stderr']): void {
	if (!told) {
		told = true;
		to.write(`rolewright: The output cannot be written (${error.message}): make room for it, or write it elsewhere.\n`);
	}
}
