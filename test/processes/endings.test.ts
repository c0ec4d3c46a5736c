import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleCommandLine, type Call, call, leavesNothing } from './commandLine';
import { lifeWords } from './lifeWords';

/**
 * The table of role-lifecycle.md 4 with real processes, row by row: every role of one service ends in a way of its own in its
 * first life and behaves in those that follow, and the journal is read from outside.
 */

interface Row {
	readonly row: string;
	/** What takes the place of a role that behaves, in its first life. */
	readonly first?: string;
	readonly tasks?: string;
	/** Nothing waits for the tasks, so where in the journal they end is nobody's to say. */
	readonly besideTheRole?: boolean;
	/** On standard input, with the name of the role for ROLE. */
	readonly line?: string;
	/** The words of the journal from the first call to the end. */
	readonly journal: string;
}

const again = 'BusyRole, OnStart true, ReadyRole, in, Run';
const stops = 'out, StoppingRole, Stopping, Run returned, OnStop, ended 0';
const failed = 'RestartingRole, restart';

const rows: readonly Row[] = [
	{
		row: 'OnStart returns false',
		first: 'exports.onStart = () => false;',
		journal: `BusyRole, OnStart false, RestartingRole, ended 3, ${failed}: OnStart returned false < the host process ended, ${again}`,
	},
	{
		row: 'Uncaught exception in OnStart',
		first: "exports.onStart = () => { throw new TypeError('no'); };",
		journal: `BusyRole, OnStart TypeError, RestartingRole, ended 4, ${failed}: unhandled exception in OnStart < the host process ended, ${again}`,
	},
	{
		row: 'Uncaught exception in Run',
		first: "exports.run = () => Promise.reject(new RangeError('no'));",
		journal: `${again}, Run RangeError, out, RestartingRole, ended 4, ${failed}: unhandled exception in Run < the host process ended, ${again}`,
	},
	{
		row: 'Uncaught exception on any other thread',
		first: "exports.run = () => new Promise(() => setTimeout(() => { throw new Error('no'); }, 10));",
		journal: `${again}, out, RestartingRole, ended 4, ${failed}: unhandled exception in the role's code < the host process ended, ${again}`,
	},
	{
		row: 'Uncaught exception in OnStop',
		first: "exports.onStop = () => { throw new Error('no'); };",
		line: 'recycle ROLE_IN_0',
		journal: `${again}, out, StoppingRole, Stopping, OnStop Error, RestartingRole, ended 4, ${failed}: command < unhandled exception in OnStop < the host process ended, ${again}`,
	},
	{
		row: 'Run returns',
		first: 'exports.run = async () => {};',
		journal: `${again}, Run returned, out, StoppingRole, Stopping, OnStop, ended 0, ${failed}: Run returned, ${again}`,
	},
	{
		row: 'RequestRecycle()',
		first: 'exports.run = role => { role.requestRecycle(); return patience; };',
		journal: `${again}, ${stops}, ${failed}: RequestRecycle, ${again}`,
	},
	{
		row: 'Changing cancelled',
		first:
			"const start = exports.onStart; exports.onStart = role => { role.on('changing', change => change.cancel()); return start(role); };",
		line: 'set ROLE Greeting new',
		journal: `${again}, Changing cancel, ${stops}, ${failed}: Changing cancelled, ${again}`,
	},
	{
		row: 'Stop by the operator',
		line: 'stop ROLE_IN_0',
		journal: `${again}, ${stops}, StoppedVM`,
	},
	{
		row: 'Scale-in',
		line: 'scale ROLE 0',
		journal: `${again}, ${stops}, DeletingVM`,
	},
	{
		row: 'Environment.Exit, stack overflow, failfast',
		first: 'exports.run = () => new Promise(() => setTimeout(() => process.exit(3), 10));',
		journal: `${again}, ended 3, out, ${failed}: the host process ended, ${again}`,
	},
	{
		row: 'Process killed',
		line: 'crash ROLE_IN_0',
		journal: `${again}, out, RestartingRole, ended SIGKILL, ${failed}: command < the host process ended, ${again}`,
	},
	{
		row: 'Simple startup task fails',
		tasks: '<Task commandLine="node once.js" taskType="simple" />',
		journal: `task 5, ${failed}: startup task 1 failed, task 0, ${again}`,
	},
	{
		row: 'Background or foreground task ends',
		tasks:
			'<Task commandLine="node once.js" taskType="background" /><Task commandLine="node once.js" taskType="foreground" />',
		journal: `task 5, task 5, ${again}`,
		besideTheRole: true,
	},
	{
		row: 'Guest OS dies, host dies, power cut',
		line: 'heal ROLE_IN_0',
		journal: `${again}, out, Unknown, ended SIGKILL, restart: service healing, ${again}`,
	},
	{
		row: 'VM reboot, asked for through management',
		line: 'reboot ROLE_IN_0',
		journal: `${again}, out, StoppingRole, Run returned, OnStop, ended 0, StoppingVM, restart: reboot, ${again}`,
	},
	{
		row: 'VM reboot, from inside Windows',
		line: 'hard-reboot ROLE_IN_0',
		journal: `${again}, out, StoppingVM, ended SIGKILL, restart: hard reboot, ${again}`,
	},
	{
		row: 'Hang, endless loop, deadlock in Run',
		line: 'hang ROLE_IN_0',
		journal: 'BusyRole, OnStart true, ReadyRole, in, Run, BusyRole, out',
	},
];

const patient = `const fs = require('node:fs');
let stopping;
const patience = new Promise(resolve => { stopping = resolve; });
exports.onStart = role => true;
exports.run = () => patience;
// Run leaves first, so that the order of both ends is always the same.
exports.onStop = () => { stopping(); return new Promise(setImmediate); };
const isFirst = !fs.existsSync(process.env.LIVED);
`;

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const nameOf = (index: number) => `Role${index}`;

suite('What every ending means (role-lifecycle.md 4), with real processes', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let folder: string;
	let running: Call;

	suiteSetup(async () => {
		product = await bundleCommandLine();
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-endings-'));
		write(folder);
		const options = ['--format', 'jsonl', '--state', path.join(folder, 'state'), '--time-factor', '20'];
		running = call(product.cli, ['run', folder, ...options], { limit: 110_000 });
		// What does not come is told by the test of its row.
		await playAll().catch(() => {});
		for (const row of rows) {
			told.set(row, inOrder(row, journalOf(row)).join(', '));
		}
	});

	async function playAll(): Promise<void> {
		const asked = rows.filter(({ line }) => line !== undefined);
		await Promise.all(asked.map(row => running.entry(() => hasCome(row, again))));
		for (const row of asked) {
			running.write((row.line ?? '').replace('ROLE', nameOf(rows.indexOf(row))));
		}
		await Promise.all(rows.map(row => running.entry(() => hasCome(row, row.journal))));
	}

	suiteTeardown(async () => {
		running.write(`crash ${nameOf(rows.length - 1)}_IN_0`);
		running.write('quit');
		assert.equal(await running.ended, 0, running.output.stderr);
		leavesNothing(running.entries);
		product.remove();
		rmSync(folder, { recursive: true, force: true });
	});

	const told = new Map<Row, string>();
	const heard = new Map<string, string[]>();
	let read = 0;
	/** Each entry is looked at once, however often somebody asks. */
	function journalOf(row: Row): readonly string[] {
		for (; read < running.entries.length; read++) {
			const entry = running.entries[read];
			if (entry?.instance !== undefined) {
				heard.set(entry.instance, [...(heard.get(entry.instance) ?? []), ...lifeWords(entry)]);
			}
		}
		return heard.get(`${nameOf(rows.indexOf(row))}_IN_0`) ?? [];
	}
	/** Tasks that run beside the role end when they end: they are told first. */
	function inOrder({ besideTheRole = false }: Row, words: readonly string[]): readonly string[] {
		const isTask = (word: string) => word.startsWith('task ');
		return besideTheRole ? [...words.filter(isTask), ...words.filter(word => !isTask(word))] : words;
	}
	function hasCome(row: Row, words: string): boolean {
		return journalOf(row).length >= words.split(', ').length;
	}

	for (const row of rows) {
		test(row.row, () => assert.equal(told.get(row), row.journal));
	}
});

function write(folder: string): void {
	const roles = rows.map(
		({ tasks = '' }, index) => `<WorkerRole name="${nameOf(index)}" vmsize="Small">
    <Startup>${tasks}</Startup>
    <Runtime>
      <Environment><Variable name="LIVED" value="${path.join(folder, `${nameOf(index)}.lived`)}" /></Environment>
      <EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="true" /></EntryPoint>
    </Runtime>
    <ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>
  </WorkerRole>`,
	);
	const configured = rows.map(
		(_, index) => `<Role name="${nameOf(index)}"><Instances count="1" />
    <ConfigurationSettings><Setting name="Greeting" value="old" /></ConfigurationSettings></Role>`,
	);
	writeFileSync(
		path.join(folder, 'ServiceDefinition.csdef'),
		`<ServiceDefinition name="Endings" xmlns="${namespace}/ServiceDefinition">${roles.join('\n')}</ServiceDefinition>`,
	);
	writeFileSync(
		path.join(folder, 'ServiceConfiguration.Local.cscfg'),
		`<ServiceConfiguration serviceName="Endings" osFamily="7" xmlns="${namespace}/ServiceConfiguration">${configured.join('\n')}</ServiceConfiguration>`,
	);
	for (const [index, { first = '', tasks }] of rows.entries()) {
		const lived = JSON.stringify(path.join(folder, `${nameOf(index)}.lived`));
		mkdirSync(path.join(folder, nameOf(index)));
		writeFileSync(
			path.join(folder, nameOf(index), 'worker.js'),
			`${patient}if (isFirst) { ${first} }\nfs.writeFileSync(process.env.LIVED, '');\n`,
		);
		if (tasks !== undefined) {
			const isSimple = tasks.includes('simple');
			writeFileSync(
				path.join(folder, nameOf(index), 'once.js'),
				`const fs = require('node:fs');
const isFirst = !fs.existsSync(${lived}) || ${!isSimple};
fs.writeFileSync(${lived}, '');
process.exit(isFirst ? 5 : 0);
`,
			);
		}
	}
}
