import assert from 'node:assert/strict';
import { type FakeRun, rolePlan, servicePlan, startService, task } from '../support/fakeService';
import type { RoleBehaviour } from '../support/fakeWorld';
import { boom } from '../support/fakeWorld';

/**
 * The table of role-lifecycle.md 4, row by row, under its own words. The life after the first behaves well, so that what follows can be seen.
 */
interface Row {
	readonly row: string;
	readonly first?: RoleBehaviour;
	readonly tasks?: Parameters<typeof task>[];
	readonly act?: (run: FakeRun) => void;
	readonly stopping: boolean;
	readonly onStop: boolean | 'cut short';
	/** The state in the end, the life, and the chain of the restart. */
	readonly follows: string;
}

const worker = 'Worker_IN_0';
const process = (run: FakeRun) => run.world.process(worker);

const rows: readonly Row[] = [
	{
		row: 'OnStart returns false',
		first: { onStart: 'false' },
		stopping: false,
		onStop: false,
		follows: 'ReadyRole, life 2: OnStart returned false < the host process ended',
	},
	{
		row: 'Uncaught exception in OnStart',
		first: { onStart: 'throws' },
		stopping: false,
		onStop: false,
		follows: 'ReadyRole, life 2: unhandled exception in OnStart < the host process ended',
	},
	{
		row: 'Uncaught exception in Run',
		first: { run: 'throws' },
		stopping: false,
		onStop: false,
		follows: 'ReadyRole, life 2: unhandled exception in Run < the host process ended',
	},
	{
		row: 'Uncaught exception on any other thread',
		act: run => process(run).fault(boom),
		stopping: false,
		onStop: false,
		follows: "ReadyRole, life 2: unhandled exception in the role's code < the host process ended",
	},
	{
		row: 'Uncaught exception in OnStop',
		first: { onStop: 'throws' },
		act: run => run.deployment.submit({ command: 'recycle', instance: worker }, 'editor'),
		stopping: true,
		onStop: 'cut short',
		follows: 'ReadyRole, life 2: command < unhandled exception in OnStop < the host process ended',
	},
	{
		row: 'Run returns',
		first: { run: 'returns' },
		stopping: true,
		onStop: true,
		follows: 'ReadyRole, life 2: Run returned',
	},
	{
		row: 'RequestRecycle()',
		act: run => process(run).say({ type: 'requestRecycle' }),
		stopping: true,
		onStop: true,
		follows: 'ReadyRole, life 2: RequestRecycle',
	},
	{
		row: 'Changing cancelled',
		first: { changing: 'cancels' },
		act: run => run.deployment.submit({ command: 'set', role: 'Worker', setting: 'Greeting', value: 'new' }, 'stdin'),
		stopping: true,
		onStop: true,
		follows: 'ReadyRole, life 2: Changing cancelled',
	},
	{
		row: 'Stop by the operator',
		act: run => run.deployment.submit({ command: 'stop', instance: worker }, 'stdin'),
		stopping: true,
		onStop: true,
		follows: 'StoppedVM, life 1: ',
	},
	{
		row: 'Scale-in',
		act: run => run.deployment.submit({ command: 'scale', role: 'Worker', count: 0 }, 'stdin'),
		stopping: true,
		onStop: true,
		follows: 'DeletingVM, life 1: ',
	},
	{
		row: 'Process killed',
		act: run => process(run).kill(),
		stopping: false,
		onStop: false,
		follows: 'ReadyRole, life 2: the host process ended',
	},
	{
		row: 'Environment.Exit, stack overflow, failfast',
		act: run => process(run).exit(134),
		stopping: false,
		onStop: false,
		follows: 'ReadyRole, life 2: the host process ended',
	},
	{
		row: 'Simple startup task fails',
		tasks: [['exit 1'], ['exit 0']],
		stopping: false,
		onStop: false,
		follows: 'RestartingRole, life 0: startup task 1 failed',
	},
	{
		row: 'Background or foreground task ends',
		tasks: [
			['agent', 'background'],
			['watcher', 'foreground'],
		],
		act: run => {
			run.world.task('agent').exit(1);
			run.world.task('watcher').exit(2);
		},
		stopping: false,
		onStop: false,
		follows: 'ReadyRole, life 1: ',
	},
	...(['hard-reboot', 'heal', 'power-cycle'] as const).map(
		(command, index): Row => ({
			row: `Guest OS dies, host dies, power cut: ${command}`,
			act: run => run.deployment.submit({ command, instance: worker }, 'stdin'),
			stopping: false,
			onStop: false,
			follows: `ReadyRole, life 2: ${['hard reboot', 'service healing', 'host power cycle'][index]}`,
		}),
	),
	{
		row: 'VM reboot (asked for through management)',
		act: run => run.deployment.submit({ command: 'reboot', instance: worker }, 'stdin'),
		stopping: false,
		onStop: true,
		follows: 'ReadyRole, life 2: reboot',
	},
	...(['guest-os-update', 'host-os-update'] as const).map(
		(command, index): Row => ({
			row: `OS update: ${command}`,
			act: run => run.deployment.submit({ command }, 'stdin'),
			stopping: true,
			onStop: true,
			follows: `ReadyRole, life 2: ${['guest OS update', 'host OS update'][index]}`,
		}),
	),
	{
		row: 'Update walk',
		act: run => run.deployment.update(servicePlan([rolePlan()]), 'auto', 'stdin'),
		stopping: true,
		onStop: true,
		follows: 'ReadyRole, life 2: in-place update',
	},
	{
		row: 'Hang, endless loop, deadlock in Run',
		act: run => run.deployment.submit({ command: 'hang', instance: worker }, 'stdin'),
		stopping: false,
		onStop: false,
		follows: 'BusyRole, life 1: ',
	},
];

suite('what every ending means (role-lifecycle.md 4)', () => {
	for (const { row, first, tasks, act, stopping, onStop, follows } of rows) {
		test(row, async () => {
			const plan = rolePlan({ startupTasks: (tasks ?? []).map(each => task(...each)) });
			const run = await startService([plan], { '*#1': first ?? {} });
			act?.(run);
			await run.world.pass(row.startsWith('Hang') ? 24 * 3_600_000 : 500);

			const entries = run.deployment.journal.entries;
			const said = (call: string, phase: string) =>
				entries.some(entry => entry.event === 'call' && entry.call === call && entry.phase === phase);
			assert.equal(said('Stopping', 'begin'), stopping, 'Stopping');
			assert.equal(said('OnStop', 'begin'), onStop !== false, 'OnStop');
			const cut = entries.some(entry => entry.event === 'call' && entry.call === 'OnStop' && 'error' in entry);
			assert.equal(cut, onStop === 'cut short', 'OnStop is cut short');
			assert.equal(whatFollowed(run), follows);
			assert.deepEqual(run.world.violations, []);
			const stopped = run.deployment.stop();
			await run.world.pass(300_000);
			await stopped;
		});
	}

	test('a graceful stop leaves the load balancer first, then Stopping, OnStop, and the process ends', async () => {
		const run = await startService();
		run.news();
		process(run).say({ type: 'requestRecycle' });
		await run.world.settled();
		assert.deepEqual(run.news('rotation', 'call', 'process').slice(0, 7), [
			'Worker_IN_0: rotation out',
			'Worker_IN_0: Stopping begin',
			'Worker_IN_0: Stopping end',
			'Worker_IN_0: OnStop begin',
			'Worker_IN_0: OnStop end',
			'Worker_IN_0: Run end',
			'Worker_IN_0: host ended 0',
		]);
	});

	test('a program entry point that ends with any code recycles the role, with its startup tasks', async () => {
		const entry = { kind: 'program', commandLine: 'node worker.js', readyOnStart: true } as const;
		const run = await startService([rolePlan({ entry, startupTasks: [task('exit 0')] })], { '*': { program: true } });
		run.news();
		process(run).exit(0);
		await run.world.settled();
		assert.deepEqual(run.news('process', 'restart', 'state').slice(0, 4), [
			'Worker_IN_0: program ended 0',
			'Worker_IN_0: RestartingRole',
			'Worker_IN_0: restart after 0 ms: the program ended',
			'Worker_IN_0: StartingRole',
		]);
		assert.equal(run.world.taskProcesses.length, 2);
		assert.equal(run.deployment.snapshot.instances[0]?.state, 'ReadyRole');
	});
});

function whatFollowed({ deployment }: FakeRun): string {
	const states = deployment.journal.entries.filter(entry => entry.event === 'state');
	const instance = deployment.snapshot.instances[0];
	const restart = deployment.journal.entries.find(entry => entry.event === 'restart');
	const chain = restart ? restart.cause.map(cause => cause.what).join(' < ') : '';
	return `${states.at(-1)?.state}, life ${instance?.life ?? 1}: ${chain}`;
}
