import type * as vscode from 'vscode';

/** Collects what comes within some milliseconds after the first and hands it over at once, each thing once. */
export interface Coalesced<T> extends vscode.Disposable {
	add(thing: T): void;
}

export function coalesce<T>(milliseconds: number, deliver: (things: ReadonlySet<T>) => void): Coalesced<T> {
	let things = new Set<T>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	return {
		add(thing) {
			things.add(thing);
			timer ??= setTimeout(() => {
				const delivered = things;
				things = new Set();
				timer = undefined;
				deliver(delivered);
			}, milliseconds);
		},
		dispose() {
			clearTimeout(timer);
		},
	};
}

/** Everything else that waits has its turn. A browser has no `setImmediate`. */
export function turn(): Promise<void> {
	return new Promise(resolve => {
		if (typeof setImmediate === 'function') {
			setImmediate(resolve);
		} else {
			setTimeout(resolve, 0);
		}
	});
}
