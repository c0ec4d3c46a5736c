/** Browsers have it, and Node from 19 on; the Node 18 of older editors has it as a module only (`main.ts`). */
let source: typeof globalThis.crypto | undefined = globalThis.crypto;

export function takeRandomFrom(given: typeof globalThis.crypto): void {
	source = given;
}

/** A text that nobody can guess, for one page. */
export function nonce(): string {
	if (!source) {
		throw new Error('There is no source of random numbers.');
	}
	const bytes = source.getRandomValues(new Uint8Array(16));
	return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
