import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { bundleCommandLine, type Call, call } from './commandLine';
import { lifeWords } from './lifeWords';
import { program, type WrittenService, writeService } from './runFixture';

/** What every event does to real processes and real folders (role-lifecycle.md 7 and 8), through the built command line. */

const role = `${program}
    <LocalResources>
      <LocalStorage name="Clean" sizeInMB="1" cleanOnRoleRecycle="true" />
      <LocalStorage name="Kept" sizeInMB="1" cleanOnRoleRecycle="false" />
    </LocalResources>`;

const worker = (version: string) => `let stopping;
exports.onStart = role => { console.log('this is ${version}'); return true; };
exports.run = () => new Promise(resolve => { stopping = resolve; });
exports.onStop = () => { console.log('stopped in order'); stopping(); };
`;

const places = {
	C: ['temp', 'logs'],
	D: ['windows'],
	E: ['approot'],
	clean: ['resources/Clean'],
	kept: ['resources/Kept'],
};

/** The words of a stop in good order (role-lifecycle.md 4). */
const orderly = 'out, StoppingRole, Stopping, OnStop, ended 0';

interface Row {
	readonly row: string;
	readonly line: string;
	/** The disks and stores where a file that was written before the event is afterwards, and whether OnStop ran. */
	readonly keeps: string;
	/** The journal up to the next start: states and calls, then the disks C, D and E/F. */
	readonly journal: string;
}

const rows: readonly Row[] = [
	{
		row: 'Recycle (process restart)',
		line: 'recycle Worker_IN_0',
		keeps: 'C D E kept, OnStop',
		journal: `${orderly}, RestartingRole, restart: command; kept kept kept`,
	},
	{
		row: 'Process killed',
		line: 'crash Worker_IN_0',
		keeps: 'C D E kept',
		journal:
			'out, RestartingRole, ended SIGKILL, RestartingRole, restart: command < the host process ended; kept kept kept',
	},
	{
		row: 'Reboot from inside Windows',
		line: 'hard-reboot Worker_IN_0',
		keeps: 'C D E kept',
		journal: 'out, StoppingVM, ended SIGKILL, restart: hard reboot; kept kept kept',
	},
	{
		row: 'Reboot by portal or API',
		line: 'reboot Worker_IN_0',
		keeps: 'C D kept, OnStop',
		journal: 'out, StoppingRole, OnStop, ended 0, StoppingVM, restart: reboot; kept kept rebuilt',
	},
	{
		row: 'Stop and start',
		line: 'stop Worker_IN_0\nwait Worker_IN_0 Stopped\nstart Worker_IN_0',
		keeps: 'C D kept, OnStop',
		journal: `${orderly}, StoppedVM; kept kept rebuilt`,
	},
	{
		row: 'Host OS update',
		line: 'host-os-update',
		keeps: 'C D kept, OnStop',
		journal: `${orderly}, StoppingVM, restart: host OS update; kept kept rebuilt`,
	},
	{
		row: 'Guest OS update',
		line: 'guest-os-update',
		keeps: 'C kept, OnStop',
		journal: `${orderly}, StoppingVM, restart: guest OS update; kept rebuilt rebuilt`,
	},
	{
		row: 'Reimage',
		line: 'reimage Worker_IN_0',
		keeps: 'C kept, OnStop',
		journal: `${orderly}, StoppingVM, restart: reimage; kept rebuilt rebuilt`,
	},
	{
		row: 'In-place update',
		line: 'update',
		keeps: 'C D kept, OnStop',
		journal: `${orderly}, RestartingRole, restart: in-place update; kept kept rebuilt`,
	},
	{
		row: 'Host power cycle, recovered in place',
		line: 'power-cycle Worker_IN_0',
		keeps: 'C E kept',
		journal: 'out, Unknown, ended SIGKILL, restart: host power cycle; kept rebuilt kept',
	},
	{
		row: 'Service healing, move to another host',
		line: 'heal Worker_IN_0',
		keeps: '',
		journal: 'out, Unknown, ended SIGKILL, restart: service healing; rebuilt rebuilt rebuilt',
	},
	{
		row: 'Fault domain',
		line: 'fail-domain 0',
		keeps: '',
		journal: 'out, Unknown, ended SIGKILL, restart: service healing; rebuilt rebuilt rebuilt',
	},
	{
		row: 'Rebuild',
		line: 'rebuild Worker_IN_0',
		keeps: ', OnStop',
		journal: `${orderly}, StoppingVM, restart: rebuild; rebuilt rebuilt rebuilt`,
	},
];

suite('Events of a service that runs', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let service: WrittenService;
	let state: string;

	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	setup(() => {
		service = writeService({ worker: worker('one'), role });
		state = mkdtempSync(path.join(tmpdir(), 'rolewright-state-'));
	});
	teardown(() => {
		service.remove();
		rmSync(state, { recursive: true, force: true });
	});

	const run = (...more: string[]): Call =>
		call(product.cli, ['run', service.folder, '--state', state, '--format', 'jsonl', ...more]);
	const isReady =
		(after: number, instance = 'Worker_IN_0') =>
		(entry: JournalEntry) =>
			entry.n > after && entry.instance === instance && entry.event === 'state' && entry.state === 'ReadyRole';
	const says =
		(text: string, instance: string, after = 0) =>
		(entry: JournalEntry) =>
			entry.n > after && entry.instance === instance && entry.event === 'output' && entry.text === text;
	/** Writes the command; resolves with the journal from it until the instance is Ready again. */
	async function ask(running: Call, command: string): Promise<readonly JournalEntry[]> {
		const after = running.entries.at(-1)?.n ?? 0;
		running.write(command);
		const ready = await running.entry(isReady(after));
		return running.entries.filter(entry => entry.n > after && entry.n <= ready.n);
	}

	test('the table of 8.2 and 8.3, with files', async () => {
		const running = run();
		await running.entry(isReady(0));
		const root = folderOf(state, 'Worker_IN_0');
		const marks = Object.entries(places).flatMap(([disk, folders]) =>
			folders.map(folder => ({ disk, file: path.join(root, folder, 'made-by-the-role') })),
		);
		for (const { row, line, keeps, journal } of rows) {
			for (const { file } of marks) {
				mkdirSync(path.dirname(file), { recursive: true });
				writeFileSync(file, row);
			}
			const entries = await ask(running, line);
			const kept = new Set(marks.filter(({ file }) => existsSync(file)).map(({ disk }) => disk));
			const stopped = entries.some(says('stopped in order', 'Worker_IN_0'));
			assert.equal([...kept].join(' ') + (stopped ? ', OnStop' : ''), keeps, row);

			assert.equal(told(entries), journal, row);
			assert.match(readFileSync(path.join(root, 'approot/worker.js'), 'utf8'), /this is one/);
		}
		running.write('quit');
		assert.equal(await running.ended, 0, running.output.stderr);
	});

	test('what the role wrote is counted, what it loses is named', async () => {
		service.write(
			'Worker/worker.js',
			`const fs = require('node:fs');
let stopping;
exports.onStart = role => {
	fs.writeFileSync('progress.txt', 'half');
	fs.writeFileSync(role.localResource('Kept').path + 'counter', '12');
	fs.writeFileSync(role.localResource('Clean').path + 'cache', '1234');
	return true;
};
exports.run = () => new Promise(resolve => { stopping = resolve; });
exports.onStop = () => stopping();
`,
		);
		const running = run();
		await running.entry(isReady(0));
		const notes = async (command: string) =>
			(await ask(running, command)).flatMap(entry => (entry.event === 'note' ? [entry.text] : []));
		assert.deepEqual(await notes('recycle Worker_IN_0'), [
			"Kept: local storage 'Kept' with 1 file (2 bytes).",
			"Lost: local storage 'Clean' with 1 file (4 bytes): cleanOnRoleRecycle is true.",
			'Kept for now: 1 file (4 bytes) written into the application folder (progress.txt), outside of the local resources. A reboot, an update or a reimage makes that folder anew: keep such files in local storage or outside of the instance.',
		]);
		assert.deepEqual(await notes('reboot Worker_IN_0'), [
			"Kept: local storage 'Kept' with 1 file (2 bytes).",
			"Lost: local storage 'Clean' with 1 file (4 bytes): cleanOnRoleRecycle is true.",
			'Lost: 1 file (4 bytes) written into the application folder (progress.txt), which is made anew (reboot); keep such files in local storage or outside of the instance.',
		]);
		running.write('quit');
		assert.equal(await running.ended, 0, running.output.stderr);
	});

	test('an update walks; who is not walked keeps the old code, also over a reboot; a rollback brings it back', async () => {
		service.configure({ count: 2 });
		const running = run();
		await Promise.all([running.entry(isReady(0)), running.entry(isReady(0, 'Worker_IN_1'))]);
		service.write('Worker/worker.js', worker('two'));
		running.write('update manual');
		running.write('walk 0');
		running.write('wait all Ready');
		const updated = await running.entry(says('this is two', 'Worker_IN_0'));
		running.write('reboot Worker_IN_1');
		await running.entry(says('this is one', 'Worker_IN_1', updated.n));
		running.write('wait all Ready');
		running.write('rollback');
		await running.entry(says('this is one', 'Worker_IN_0', updated.n));
		running.write('wait all Ready');
		running.write('update simultaneous');
		const again = running.entries.at(-1)?.n ?? 0;
		await Promise.all([0, 1].map(index => running.entry(says('this is two', `Worker_IN_${index}`, again))));
		running.write('quit');
		assert.equal(await running.ended, 0, running.output.stderr);
	});

	test('an update that cannot be had is told, and the old code runs on', async () => {
		const running = run();
		await running.entry(isReady(0));
		service.write('ServiceDefinition.csdef', '<ServiceDefinition');
		running.write('update');
		const { text } = await running.entry(
			(entry): entry is JournalEntry & { event: 'error' } => entry.event === 'error',
		);
		assert.match(text, /^The update was not begun, and the code of before runs on\. /);
		running.write('quit');
		assert.equal(await running.ended, 0, running.output.stderr);
		assert.equal(running.entries.filter(says('this is one', 'Worker_IN_0')).length, 1);
	});

	(process.platform === 'win32' ? test.skip : test)(
		'a role that hangs is busy and left alone; it can be crashed and recycled',
		async () => {
			const running = run('--time-factor', '300', '--on-stop-limit', '5m');
			await running.entry(isReady(0));
			running.write('hang Worker_IN_0');
			const busy = await running.entry(
				entry => entry.event === 'state' && entry.state === 'BusyRole' && entry.text.includes('no answer'),
			);
			const crashed = await ask(running, 'crash Worker_IN_0');
			assert.ok(crashed[0] && crashed[0].n > busy.n);
			running.write('hang Worker_IN_0');
			const recycled = await ask(running, 'recycle Worker_IN_0');
			assert.ok(recycled.some(entry => entry.event === 'error' && entry.text.startsWith('OnStop had not returned')));
			running.write('quit');
			assert.equal(await running.ended, 0, running.output.stderr);
		},
	);
});

/** What the journal tells of it: the states and calls on the way, and the disks C, D and E/F. `Run` ends beside everything else. */
function told(entries: readonly JournalEntry[]): string {
	const own = entries.filter(({ instance }) => instance === 'Worker_IN_0');
	const way = own.flatMap(lifeWords).filter(word => !word.startsWith('Run'));
	const disks = own.flatMap(entry => (entry.event === 'disk' && entry.name === undefined ? [entry.effect] : []));
	return `${way.slice(way.indexOf('out'), way.indexOf('BusyRole')).join(', ')}; ${disks.join(' ')}`;
}

/** Below the state folder there is one folder for the deployment. */
function folderOf(state: string, instance: string): string {
	const found = [state, ...childFolders(state), ...childFolders(state).flatMap(childFolders)].find(folder =>
		existsSync(path.join(folder, instance)),
	);
	assert.ok(found, `no folder of ${instance} below ${state}`);
	return path.join(found, instance);
}

function childFolders(folder: string): readonly string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
		entry.isDirectory() ? [path.join(folder, entry.name)] : [],
	);
}
