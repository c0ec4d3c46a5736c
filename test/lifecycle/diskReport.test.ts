import assert from 'node:assert/strict';
import type { Command } from '../../src/lifecycle/command';
import type { DiskContents } from '../../src/lifecycle/disks/worldDisks';
import { rolePlan, startService } from '../support/fakeService';

/** What is said of the files of a role after an event (role-lifecycle.md 8). */

const localStorage = [
	{ name: 'Cache', sizeInMB: 1, cleanOnRoleRecycle: true },
	{ name: 'Data', sizeInMB: 1, cleanOnRoleRecycle: false },
];
const instance = 'Worker_IN_0';

async function notesAfter(command: Command, contents: DiskContents | undefined): Promise<readonly string[]> {
	const run = await startService([rolePlan({ localStorage })]);
	run.news();
	run.world.diskContents.push(contents);
	run.deployment.submit(command, 'stdin');
	await run.world.settled();
	return run.news('note').map(words => words.slice('Worker_IN_0: note: '.length));
}

const full: DiskContents = {
	areas: [
		{ disk: 'local', files: 1, bytes: 1 },
		{ disk: 'windows', files: 2, bytes: 2_048 },
		{ disk: 'local', name: 'Cache', files: 3, bytes: 512 },
		{ disk: 'local', name: 'Data', files: 4, bytes: 1_024 },
	],
};

suite('the report on what survived', () => {
	const rows: readonly (readonly [command: Command, contents: DiskContents | undefined, notes: readonly string[]])[] = [
		[{ command: 'recycle', instance }, undefined, []],
		[{ command: 'recycle', instance }, { areas: full.areas.map(area => ({ ...area, files: 0, bytes: 0 })) }, []],
		[
			{ command: 'recycle', instance },
			full,
			[
				"Kept: logs and temporary files with 1 file (1 byte); the Windows disk with 2 files (2.0 KB); local storage 'Data' with 4 files (1.0 KB).",
				"Lost: local storage 'Cache' with 3 files (512 bytes): cleanOnRoleRecycle is true.",
			],
		],
		[
			{ command: 'reimage', instance },
			{ ...full, written: { files: 7, bytes: 3 * 1024 * 1024, names: ['log.txt', 'a/b.db'] } },
			[
				"Kept: logs and temporary files with 1 file (1 byte); local storage 'Data' with 4 files (1.0 KB).",
				"Lost: the Windows disk with 2 files (2.0 KB): reimage; local storage 'Cache' with 3 files (512 bytes): cleanOnRoleRecycle is true.",
				'Lost: 7 files (3.0 MB) written into the application folder (log.txt, a/b.db, ...), which is made anew (reimage); keep such files in local storage or outside of the instance.',
			],
		],
		[
			{ command: 'recycle', instance },
			{ areas: [], writtenAndKept: Promise.resolve({ files: 1, bytes: 5, names: ['upload.png'] }) },
			[
				'Kept for now: 1 file (5 bytes) written into the application folder (upload.png), outside of the local resources. A reboot, an update or a reimage makes that folder anew: keep such files in local storage or outside of the instance.',
			],
		],
		[
			{ command: 'recycle', instance },
			{ areas: [], writtenAndKept: Promise.resolve({ files: 0, bytes: 0, names: [] }) },
			[],
		],
		[
			{ command: 'recycle', instance },
			{ areas: [{ disk: 'local', name: 'Data', files: 1, bytes: 1_572_864 }] },
			[
				"Kept: local storage 'Data' with 1 file (1.5 MB).",
				"Local storage 'Data' held 1.5 MB, more than its 1 MB: in Azure a write fails there with a full disk.",
			],
		],
	];
	for (const [command, contents, notes] of rows) {
		test(`${command.command}: ${notes.length === 0 ? 'nothing to tell' : notes.at(-1)}`, async () => {
			assert.deepEqual(await notesAfter(command, contents), notes);
		});
	}

	test('the counts stand in the disk entries', async () => {
		const run = await startService([rolePlan({ localStorage })]);
		const before = run.deployment.journal.entries.length;
		run.world.diskContents.push(full);
		run.deployment.submit({ command: 'rebuild', instance }, 'stdin');
		await run.world.settled();
		const counts = run.deployment.journal.entries
			.slice(before)
			.flatMap(entry =>
				entry.event === 'disk' ? [[entry.disk, entry.name, entry.effect, entry.files, entry.bytes]] : [],
			);
		assert.deepEqual(counts, [
			['local', undefined, 'rebuilt', 1, 1],
			['windows', undefined, 'rebuilt', 2, 2_048],
			['application', undefined, 'rebuilt', undefined, undefined],
			['local', 'Cache', 'emptied', 3, 512],
			['local', 'Data', 'emptied', 4, 1_024],
		]);
	});
});
