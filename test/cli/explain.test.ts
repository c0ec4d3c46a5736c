import assert from 'node:assert/strict';
import { journal, ofDeployment, output, state } from '../history/journals';
import { type CallFolder, callFolder } from '../support/cli';

const entries = journal(
	{ event: 'note', text: 'the deployment starts', ...ofDeployment },
	{ ...state('ReadyRole'), instance: 'Front_IN_0' },
	{ event: 'process', phase: 'started', pid: 7, role: 'host' },
	output('ValueError: no orders', 'stderr'),
	{ event: 'call', call: 'Run', phase: 'end' },
	{ event: 'restart', cause: [{ what: 'Run returned', detail: 'recycled', n: 5 }], delay: 0 },
	{ event: 'restart', cause: [{ what: 'command', detail: 'recycle Worker_IN_0 (stdin)', n: 1 }], delay: 0 },
);

suite('rolewright explain', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
		folder.write({ 'run.jsonl': entries.map(entry => `${JSON.stringify(entry)}\n`).join('') });
	});
	teardown(() => folder.remove());

	test('the last restart of each instance', async () => {
		assert.deepEqual(await folder.call('explain', 'run.jsonl'), {
			code: 0,
			stderr: '',
			stdout: [
				'Front_IN_0 has not restarted; at the end it is: ReadyRole (ReadyRole).',
				'',
				'Worker_IN_0 restarted 2 times.',
				'',
				'  2026-01-05T10:00:06.000Z, entry 7',
				'  It was asked for: recycle Worker_IN_0 (stdin); whoever runs a service may recycle its instances at any time; it starts again at once.',
				'    1. Command: recycle Worker_IN_0 (stdin) [entry 1]',
				'    2. Whoever runs a service may recycle its instances at any time. [docs/lifecycle/askedFor.md]',
				'    3. It starts again at once. [entry 7]',
				'',
			].join('\n'),
		});
	});

	test('all restarts of one instance, the newest first', async () => {
		const { code, stdout } = await folder.call('explain', 'run.jsonl', 'Worker_IN_0');
		assert.equal(code, 0);
		assert.ok(stdout.indexOf('entry 7') < stdout.indexOf('10:00:05.000Z, entry 6'));
		assert.match(
			stdout,
			/Run returned, most likely because the role|Run returned, most likely because ValueError: no orders/,
		);
		assert.match(stdout, /\n {4}What to do: Let Run go on/);
	});

	test('JSON', async () => {
		const { stdout } = await folder.call('explain', '--format', 'json', 'run.jsonl', 'Worker_IN_0');
		const { instances } = JSON.parse(stdout);
		assert.deepEqual(
			instances.map(({ instance, restarts }: { instance: string; restarts: { n: number; rule: string }[] }) => [
				...[instance, restarts.map(({ n, rule }) => `${n} ${rule}`)],
			]),
			[['Worker_IN_0', ['7 askedFor', '6 runReturned']]],
		);
	});

	test('lines that somebody else has printed are counted', async () => {
		const journal = folder.read('run.jsonl').trimEnd();
		const said = async (more: string) => {
			folder.write({ 'mixed.jsonl': `${journal}\n${more}` });
			return (await folder.call('explain', 'mixed.jsonl')).stderr;
		};
		assert.equal(await said('hello\n'), '1 line is no entry of a journal and is left out.\n');
		assert.equal(await said('hello\nyou\n'), '2 lines are no entries of a journal and are left out.\n');
	});

	test('what is no journal, no file, no instance, no argument: one sentence', async () => {
		folder.write({ 'notes.txt': 'hello\n' });
		const calls = [['notes.txt'], ['gone.jsonl'], ['run.jsonl', 'Clerk_IN_0'], [], ['--format', 'xml', 'run.jsonl']];
		const results = await Promise.all(calls.map(argv => folder.call('explain', ...argv)));
		assert.deepEqual(
			results.map(({ code, stdout }) => [code, stdout]),
			calls.map(() => [2, '']),
		);
		assert.match(results[0]?.stderr ?? '', /^rolewright: 'notes\.txt' holds no journal: .+\n$/);
		assert.match(results[2]?.stderr ?? '', /no instance 'Clerk_IN_0'; its instances are Front_IN_0, Worker_IN_0\.\n$/);
	});
});
