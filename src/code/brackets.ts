import type { CodeToken } from './tokens';

/** Which token closes which, and within which bracket each token stands; -1 for none. */
export interface Brackets {
	readonly partner: Int32Array;
	readonly around: Int32Array;
}

const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Half-typed code has brackets without partner: one that is closed past another takes that one's end with it. */
export function bracketsOf(tokens: readonly CodeToken[]): Brackets {
	const partner = new Int32Array(tokens.length).fill(-1);
	const around = new Int32Array(tokens.length).fill(-1);
	const open: number[] = [];
	tokens.forEach(({ kind, text }: { kind: string; text?: string }, at) => {
		const opens = kind === 'mark' ? closing[text ?? ''] : undefined;
		if (opens) {
			const place = lastOpen(tokens, open, opens);
			if (place >= 0) {
				const start = open[place] ?? -1;
				partner[start] = at;
				partner[at] = start;
				open.length = place;
			}
		}
		around[at] = open.at(-1) ?? -1;
		if (kind === 'mark' && (text === '(' || text === '[' || text === '{')) {
			open.push(at);
		}
	});
	return { partner, around };
}

/** Looks a few brackets up only: in a text that is full of unclosed ones a search to the bottom would take for ever. */
function lastOpen(tokens: readonly CodeToken[], open: readonly number[], wanted: string): number {
	for (let place = open.length - 1; place >= Math.max(0, open.length - 8); place--) {
		const token = tokens[open[place] ?? -1];
		if (token?.kind === 'mark' && token.text === wanted) {
			return place;
		}
	}
	return -1;
}
