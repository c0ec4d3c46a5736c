import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import type { Journal } from '../../src/lifecycle/journal/journalLog';
import { type RunningService, startService } from '../../src/runner/startService';
import { bundleCommandLine, type Call, call, leavesNothing } from './commandLine';
import { program, type WrittenService, writeService } from './runFixture';
import { isRunning } from './runningProcesses';

/** What is left when the runner is killed, and what roles that misbehave can do to it. */

const withTask = `<Startup><Task commandLine="node task.js" taskType="simple" /></Startup>${program}`;
const plainProgram = program.replace('node worker.js', 'node program.js');

const idle = 'setInterval(() => {}, 1e6);';
/** A process that has left the tree of its parent, and names itself on the parent's output. */
const child = `console.log('child ' + require('node:child_process').spawn(process.execPath, ['-e', '${idle}'], { stdio: 'ignore', detached: true }).pid);`;

interface State {
	readonly what: string;
	readonly role?: string;
	readonly files: Readonly<Record<string, string>>;
	/** Reached when this is in the journal; a line is written to the runner before. */
	readonly reached: (entry: JournalEntry) => boolean;
	readonly write?: string;
}

const isCall = (call: string) => (entry: JournalEntry) =>
	entry.event === 'call' && entry.call === call && entry.phase === 'begin';
const isReady = (entry: JournalEntry) => entry.event === 'state' && entry.state === 'ReadyRole';
const brief = 'exports.onStart = () => true; exports.run = () => new Promise(() => {});';
const patient = {
	'Worker/worker.js': `exports.onStart = () => true; exports.run = () => new Promise(() => {}); exports.onStop = () => new Promise(() => {});`,
};

const states: readonly State[] = [
	{ what: 'a JavaScript role is in Run', files: patient, reached: isReady },
	{
		what: 'it is in OnStart',
		files: { 'Worker/worker.js': 'exports.onStart = () => new Promise(() => {});' },
		reached: isCall('OnStart'),
	},
	{ what: 'it is in OnStop', files: patient, reached: isCall('OnStop'), write: 'wait all Ready\nstop Worker_IN_0' },
	{
		what: 'it computes without end and answers nothing',
		files: {
			'Worker/worker.js': 'exports.onStart = () => true; exports.run = () => { console.log("busy"); for (;;) {} };',
		},
		reached: entry => entry.event === 'call' && entry.call === 'Run',
	},
	{
		what: 'it has started a process of its own',
		files: {
			'Worker/worker.js': `exports.onStart = () => { ${child} return true; }; exports.run = () => new Promise(() => {});`,
		},
		reached: entry => entry.event === 'output' && entry.text.startsWith('child'),
	},
	{ what: 'a program runs', role: plainProgram, files: { 'Worker/program.js': idle }, reached: isReady },
	{
		what: 'a startup task runs',
		role: withTask,
		files: { ...patient, 'Worker/task.js': idle },
		reached: entry => entry.event === 'process' && entry.role === 'task',
	},
];

suite('A runner that is killed (SIGKILL)', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let state: string;

	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	setup(() => {
		state = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	});
	teardown(() => rmSync(state, { recursive: true, force: true }));

	for (const { what, role, files, reached, write } of states) {
		test(`while ${what}: its processes end themselves, and the next run begins anew`, async () => {
			const service = writeService(role === undefined ? {} : { role });
			for (const [file, text] of Object.entries(files)) {
				service.write(file, text);
			}
			const run = (): Call => call(product.cli, ['run', service.folder, '--state', state, '--format', 'jsonl']);
			const first = run();
			if (write !== undefined) {
				first.write(write);
			}
			await first.entry(reached);
			first.signal('SIGKILL');
			assert.equal(await first.ended, 'SIGKILL');
			const pids = [...started(first.entries), ...children(first.entries)];
			assert.ok(pids.length > 0);
			await gone(pids);
			service.write('Worker/worker.js', brief);
			service.write('Worker/program.js', idle);
			service.write('Worker/task.js', '');
			const second = run();
			await second.entry(isReady);
			second.write('quit');
			assert.equal(await second.ended, 0, second.output.stderr);
			leavesNothing(second.entries);
			service.remove();
		});
	}
});

suite('A role that misbehaves', () => {
	let folder: string;
	let service: WrittenService;

	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	});
	teardown(() => {
		service.remove();
		rmSync(folder, { recursive: true, force: true });
	});

	async function start(file: string, text: string): Promise<RunningService> {
		service = writeService({ role: program.replace('node worker.js', `node ${file}`) });
		service.write(`Worker/${file}`, text);
		const running = await startService({
			path: service.folder,
			build: 'never',
			onStopLimit: 60_000,
			timeFactor: 1,
			stateFolder: folder,
			distFolder: folder,
			progress: () => {},
		});
		return running;
	}

	test('a flood of output blocks nobody and stays out of memory; all of it is on disk', async () => {
		const lines = 120_000;
		const running = await start(
			'flood.js',
			`const line = 'x'.repeat(200) + '\\n'; for (let n = 0; n < ${lines}; n += 100) process.stdout.write(line.repeat(100)); process.stdout.write('last\\n'); ${idle}`,
		);
		const { journal } = running.deployment;
		const last = heard(journal, entry => entry.event === 'output' && entry.text === 'last');
		await heard(journal, entry => entry.event === 'output');
		running.submit({ command: 'status' }, 'stdin');
		await heard(journal, entry => entry.event === 'status');
		assert.ok(journal.length < lines, 'the status came after the flood');
		await last;
		assert.ok(journal.entries.length <= 50_000 && journal.entries.length < journal.length);
		assert.equal(journal.entries.at(-1)?.n, journal.length);
		await running.stop();
		const written = readFileSync(running.journalFile, 'utf8').trimEnd().split('\n');
		assert.equal(written.length, journal.length);
		assert.equal(written.filter(text => text.includes('"event":"output"')).length, lines + 1);
	});

	(process.platform === 'win32' ? test.skip : test)('the processes that it has started end with it', async () => {
		const grandchildren = `for (let n = 0; n < 3; n++) console.log('child ' + require('node:child_process').spawn('sh', ['-c', 'sleep 1000 & sleep 1000'], { stdio: 'ignore' }).pid);`;
		const running = await start('forks.js', `${grandchildren} console.log('all'); ${idle}`);
		const { journal } = running.deployment;
		await heard(journal, entry => entry.event === 'output' && entry.text === 'all');
		const pids = children(journal.entries);
		assert.deepEqual(pids.map(isRunning), [true, true, true]);
		running.submit({ command: 'crash', instance: 'Worker_IN_0' }, 'stdin');
		await heard(journal, entry => entry.event === 'restart');
		assert.deepEqual(pids.map(isRunning), [false, false, false]);
		await running.stop();
		await gone(children(journal.entries));
	});
});

function heard({ entries, onEntry }: Journal, is: (entry: JournalEntry) => boolean): Promise<void> {
	return new Promise(resolve => {
		const listening = onEntry(entry => {
			if (is(entry)) {
				listening.dispose();
				resolve();
			}
		});
		if (entries.some(is)) {
			listening.dispose();
			resolve();
		}
	});
}

function started(entries: readonly JournalEntry[]): readonly number[] {
	return entries.flatMap(entry => (entry.event === 'process' && entry.phase === 'started' ? [entry.pid] : []));
}

/** The processes that a role says it has started. */
function children(entries: readonly JournalEntry[]): readonly number[] {
	return entries.flatMap(entry =>
		entry.event === 'output' && /^child \d+$/.test(entry.text) ? [Number(entry.text.slice(6))] : [],
	);
}

/** The reference says 2 s; a slow machine needs longer to notice. */
async function gone(pids: readonly number[]): Promise<void> {
	const began = performance.now();
	while (pids.some(isRunning)) {
		assert.ok(performance.now() - began < 20_000, 'a process lives on');
		await pause(20);
	}
}
