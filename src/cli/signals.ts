import type { Io } from './io';

/** The signals that end a run: the first asks for an orderly stop, the second has no more patience. */
export interface Signals {
	readonly first: AbortSignal;
	readonly second: AbortSignal;
	/** 128 and the number of the first signal, as shells count. */
	exitCode(): number;
	/** As if Ctrl+C had been pressed; a prompt gets the key in place of the signal. */
	interrupt(): void;
	dispose(): void;
}

const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

export function onSignals(io: Io): Signals {
	const first = new AbortController();
	const second = new AbortController();
	let code = 0;
	const take = (signal: keyof typeof numbers): void => {
		if (first.signal.aborted) {
			second.abort();
			return;
		}
		code = 128 + numbers[signal];
		io.stderr.write('Stopping; Ctrl+C again ends everything at once.\n');
		first.abort();
	};
	const listeners = (Object.keys(numbers) as (keyof typeof numbers)[]).map(
		signal => [signal, () => take(signal)] as const,
	);
	for (const [signal, listener] of listeners) {
		process.on(signal, listener);
	}
	return {
		first: first.signal,
		second: second.signal,
		exitCode: () => code,
		interrupt: () => take('SIGINT'),
		dispose: () => {
			for (const [signal, listener] of listeners) {
				process.off(signal, listener);
			}
		},
	};
}
