/** What a command sees of the world: results go to `stdout`, everything else to `stderr` (interfaces.md 1). */
export interface Io {
	readonly stdout: { write(text: string): unknown };
	readonly stderr: { write(text: string): unknown };
	readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly cwd: string;
	/** True where `stdout` is a terminal. */
	readonly isTerminal: boolean;
}

/** Colour is for people at a terminal, and for none who said that they do not want it. */
export function wantsColour({ isTerminal, env }: Io): boolean {
	return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
}
