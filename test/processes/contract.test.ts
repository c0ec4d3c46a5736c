import assert from 'node:assert/strict';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { shortWords } from '../support/fakeService';
import { bundleCommandLine, call, leavesNothing } from './commandLine';
import { configurationText, writeService } from './runFixture';

/** The command words of interfaces.md 1.2 that `events.test.ts` does not have with their disks: each line, and what the journal says of it. */

const lines: readonly (readonly [line: string, journal: readonly string[]])[] = [
	['set Worker Greeting two words', ['Worker.Greeting Hello -> two words', 'Changing', 'Changed']],
	['set Worker Greeting "a\\nb"', ['Worker.Greeting two words -> a\nb', 'Changing', 'Changed']],
	['scale Worker 2', ['Worker.count 1 -> 2', 'Worker_IN_1: ReadyRole']],
	['sleep 20ms', []],
	['fail-domain 1', ['Worker_IN_1: Unknown', 'Worker_IN_1: ReadyRole']],
	['fail-domain 7', ['error: No instance is in fault domain 7;']],
	['scale Worker 1', ['Worker.count 2 -> 1', 'Worker_IN_1: DeletingVM']],
	['configure ServiceConfiguration.Other.cscfg', ['Worker.Greeting a\nb -> other', 'Changing', 'Changed']],
	['configure Nowhere.cscfg', ['error: ']],
	['update manual', ['note: In-place update: walk 0 when each is to have it.']],
	['walk 3', ['error: There is no upgrade domain 3 still to walk; those are 0.']],
	['walk 0', ['Worker_IN_0: restart after 0 ms: in-place update', 'Worker_IN_0: ReadyRole']],
	[
		'rollback',
		['error: There is no update under way that could be rolled back; update again with the code of before.'],
	],
	['swap', ['error: There is no deployment in staging: deploy to staging first (stage).']],
	['suspend', ['Worker_IN_0: StoppedVM']],
	['resume', ['Worker_IN_0: ReadyRole']],
	['status', ['status Running']],
	['restart Worker_IN_0', ['error: There is no command "restart". The commands are ']],
	['attach Worker_IN_0', []],
	['recycle Worker_IN_0', ['Worker_IN_0: debugger waiting']],
];

/** Goes on when everything that a line leads to has happened. */
const waits: Readonly<Record<string, string>> = {
	suspend: 'wait all Stopped',
	status: '',
	'restart Worker_IN_0': '',
	'recycle Worker_IN_0': '',
};

suite('The command words of interfaces.md', () => {
	test('each line does what the table says, in order', async () => {
		const product = await bundleCommandLine();
		const service = writeService();
		service.write('ServiceConfiguration.Other.cscfg', configurationText({ greeting: 'other' }));
		const script = ['wait all Ready', ...lines.flatMap(([line]) => [line, waits[line] ?? 'wait all Ready'])];
		const options = ['--format', 'jsonl', '--state', `${service.folder}/.state`, '--configuration', 'Local'];
		const run = call(product.cli, ['run', service.folder, ...options]);
		try {
			run.write(script.join('\n'));
			await run.entry(entry => entry.event === 'debugger' && entry.phase === 'waiting');
			run.write('quit');
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.deepEqual(missing(run.entries), []);
			leavesNothing(run.entries);
		} finally {
			service.remove();
			product.remove();
		}
	});
});

/** Each line with the first thing that the journal does not say of it, or not in its place. */
function missing(entries: readonly JournalEntry[]): readonly string[] {
	const told = entries.map(shortWords);
	let place = 0;
	return lines.flatMap(([line, journal]) => {
		const absent = journal.find(words => {
			const found = told.findIndex((each, index) => index >= place && each.includes(words));
			place = found < 0 ? place : found + 1;
			return found < 0;
		});
		return absent === undefined ? [] : [`${line}: ${absent}`];
	});
}
