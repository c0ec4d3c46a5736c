import assert from 'node:assert/strict';

/** Text with the cursor taken out: `|` marks it, once, and has to be there. */
export function marked(source: string): { readonly text: string; readonly offset: number } {
	const offset = source.indexOf('|');
	assert.ok(offset >= 0, `no cursor '|' in: ${source}`);
	const text = source.slice(0, offset) + source.slice(offset + 1);
	assert.ok(!text.includes('|'), `more than one cursor '|' in: ${source}`);
	return { text, offset };
}

/** Text with the cursor put back, to compare what a feature made of it. */
export function mark(text: string, offset: number): string {
	return `${text.slice(0, offset)}|${text.slice(offset)}`;
}
