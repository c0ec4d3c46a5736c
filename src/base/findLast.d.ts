/**
 * What the oldest Node.js that may run us knows of ES2023: 18.15, in the server that VS Code 1.82 puts on a remote machine.
 * The rest, `toSorted` and its kin, would end there.
 */
interface ReadonlyArray<T> {
	findLast<S extends T>(is: (value: T, index: number, array: readonly T[]) => value is S): S | undefined;
	findLast(is: (value: T, index: number, array: readonly T[]) => unknown): T | undefined;
	findLastIndex(is: (value: T, index: number, array: readonly T[]) => unknown): number;
}

interface Array<T> {
	findLast<S extends T>(is: (value: T, index: number, array: T[]) => value is S): S | undefined;
	findLast(is: (value: T, index: number, array: T[]) => unknown): T | undefined;
	findLastIndex(is: (value: T, index: number, array: T[]) => unknown): number;
}
