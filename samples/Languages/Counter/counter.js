'use strict';

// Counts its own starts twice: in Table storage, which outlives the machine, and in a local resource, which does not.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { openTable } = require('./table');

async function main() {
	const note = path.join(process.env.NOTES, 'starts.txt');
	const local = (existsSync(note) ? Number(readFileSync(note, 'utf8')) : 0) + 1;
	writeFileSync(note, String(local));
	console.log(`Start ${local}, says the local disk`);

	const starts = await openTable(process.env.STORAGE, 'Starts');
	const stored = ((await starts.read('Counter', process.env.INSTANCE))?.Count ?? 0) + 1;
	await starts.write('Counter', process.env.INSTANCE, { Count: stored });
	console.log(`Start ${stored}, says Table storage`);
}

main().catch(error => console.error(`The starts could not be counted in Table storage: ${error.message}`));
// There is nothing more to do; a program that ended would be started again.
setInterval(() => {}, 1 << 30);
