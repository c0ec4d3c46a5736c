import assert from 'node:assert/strict';
import { type FakeRun, rolePlan, startService, task } from '../support/fakeService';

/** Two tables of role-lifecycle.md, row by row: the startup tasks of section 3 and who restarts what of section 8.1. */

const worker = 'Worker_IN_0';
const state = (run: FakeRun) =>
	`${run.deployment.snapshot.instances[0]?.state} ${run.deployment.snapshot.instances[0]?.life}`;

interface TaskRow {
	readonly taskType: 'simple' | 'background' | 'foreground';
	/** What has come while the task runs. */
	readonly meanwhile: string;
	/** What its exit code 1 leads to. */
	readonly failed: string;
	/** What a stop does while it still runs. */
	readonly stop: string;
}

const taskRows: readonly TaskRow[] = [
	{ taskType: 'simple', meanwhile: 'StartingRole 0', failed: 'RestartingRole 0', stop: 'StoppedVM 0' },
	{ taskType: 'background', meanwhile: 'ReadyRole 1', failed: 'ReadyRole 1', stop: 'StoppedVM 1' },
	{ taskType: 'foreground', meanwhile: 'ReadyRole 1', failed: 'ReadyRole 1', stop: 'StoppingRole 1' },
];

suite('startup tasks (the table of role-lifecycle.md 3)', () => {
	for (const { taskType, meanwhile, failed, stop } of taskRows) {
		const start = () => startService([rolePlan({ startupTasks: [task('install', taskType)] })]);

		test(`${taskType}: whether the next step waits`, async () => {
			const run = await start();
			await run.world.pass(50 * 3_600_000);
			assert.equal(state(run), meanwhile);
		});

		test(`${taskType}: whether its exit code counts`, async () => {
			const run = await start();
			run.world.task('install').exit(1);
			await run.world.settled();
			// The first restart comes at once; its task runs again.
			const [first] = run.deployment.journal.entries.filter(entry => entry.event === 'restart');
			assert.equal(
				first === undefined ? state(run) : `RestartingRole ${run.deployment.snapshot.instances[0]?.life}`,
				failed,
			);
		});

		test(`${taskType}: what a stop does while it runs`, async () => {
			const run = await start();
			run.deployment.submit({ command: 'stop', instance: worker }, 'stdin');
			await run.world.pass(24 * 3_600_000);
			assert.equal(state(run), stop);
		});
	}
});

interface RecoveryRow {
	readonly fault: string;
	readonly act: (run: FakeRun) => void;
	/** The state in the end, the life, whether another host was taken, whether the tasks ran again. */
	readonly action: string;
}

const recoveryRows: readonly RecoveryRow[] = [
	{
		fault: 'Host process or bootstrapper child dies: its children are restarted, VM stays',
		act: run => run.world.process(worker).exit(1),
		action: 'ReadyRole 2, same host, tasks again',
	},
	{
		fault: 'Host process does not answer status: left alone without limit',
		act: run => run.deployment.submit({ command: 'hang', instance: worker }, 'stdin'),
		action: 'BusyRole 1, same host, tasks once',
	},
	{
		fault: 'Guest agent silent: guest OS restarted',
		act: run => run.deployment.submit({ command: 'hard-reboot', instance: worker }, 'stdin'),
		action: 'ReadyRole 2, same host, tasks again',
	},
	{
		fault: 'Host silent or broken: service healing, same instance on another host',
		act: run => run.deployment.submit({ command: 'heal', instance: worker }, 'stdin'),
		action: 'ReadyRole 2, other host, tasks again',
	},
];

suite('who restarts what (the table of role-lifecycle.md 8.1)', () => {
	for (const { fault, act, action } of recoveryRows) {
		test(fault, async () => {
			const run = await startService([rolePlan({ startupTasks: [task('exit 0')] })]);
			const host = run.deployment.snapshot.instances[0]?.host;
			act(run);
			await run.world.pass(24 * 3_600_000);
			const place = run.deployment.snapshot.instances[0]?.host === host ? 'same host' : 'other host';
			const tasks = run.world.taskProcesses.length > 1 ? 'tasks again' : 'tasks once';
			assert.equal(`${state(run)}, ${place}, ${tasks}`, action);
			assert.equal(run.deployment.snapshot.instances[0]?.instance, worker);
		});
	}
});
