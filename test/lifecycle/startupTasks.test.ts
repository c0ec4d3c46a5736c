import assert from 'node:assert/strict';
import { rolePlan, startService, task } from '../support/fakeService';

const worker = 'Worker_IN_0';
const told = ['command', 'process', 'note', 'error'] as const;

suite('one startup task alone', () => {
	const runAlone = { command: 'task', instance: worker, number: 2 } as const;
	const startupTasks = [task('exit 0'), task('install', 'background')];

	test('it runs beside the role with the environment of every start, and its end is told and explained', async () => {
		const { world, deployment, news } = await startService([rolePlan({ startupTasks })]);
		world.task('install').exit(0);
		await world.settled();
		news();
		deployment.submit(runAlone, 'stdin');
		await world.settled();
		const [, first, alone] = world.taskProcesses;
		assert.deepEqual(alone?.task, first?.task);
		alone?.exit(9009);
		await world.settled();
		assert.deepEqual(news(...told), [
			'Worker_IN_0: > task Worker_IN_0 2 (stdin)',
			'Worker_IN_0: task started',
			'Worker_IN_0: task ended 9009',
			'Worker_IN_0: note: Startup task 2, run alone, ended with exit code 9009 (the command interpreter found no such program).',
		]);
		assert.equal(deployment.snapshot.instances[0]?.state, 'ReadyRole');
		assert.equal(alone?.kills, 1);
	});

	test('a simple task that fails alone does not restart the instance', async () => {
		const { world, deployment, news } = await startService([rolePlan({ startupTasks: [task('install')] })]);
		world.task('install').exit(0);
		await world.settled();
		news();
		deployment.submit({ ...runAlone, number: 1 }, 'stdin');
		await world.settled();
		world.taskProcesses[1]?.exit(1);
		await world.settled();
		assert.deepEqual(news('restart', 'state'), []);
	});

	test('it is run once at a time, and ends with the life', async () => {
		const { world, deployment, news } = await startService([rolePlan({ startupTasks })]);
		deployment.submit(runAlone, 'stdin');
		deployment.submit(runAlone, 'stdin');
		await world.settled();
		assert.deepEqual(news('error'), ['Worker_IN_0: error: Startup task 2 runs already; wait for its end.']);
		const alone = world.taskProcesses[2];
		assert.equal(alone?.alive, true);
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await world.settled();
		assert.equal(alone?.alive, false);
		await deployment.stop();
		assert.deepEqual(world.aliveTasks, []);
	});

	test('a task that failed can be tried while its instance waits to be started again', async () => {
		const { world, deployment, news } = await startService([rolePlan({ startupTasks: [task('exit 3')] })]);
		news();
		deployment.submit({ ...runAlone, number: 1 }, 'stdin');
		await world.settled();
		assert.ok(news('note').includes('Worker_IN_0: note: Startup task 1, run alone, ended with exit code 3.'));
	});

	test('a task that cannot run on this system is told with the line to write, and the failure says why', async () => {
		const { deployment, news } = await startService([rolePlan({ startupTasks: [task('"set up".cmd')] })]);
		assert.deepEqual(news('error').slice(0, 2), [
			`Worker_IN_0: error: '"set up".cmd' needs Windows. Choose in rolewright.json what happens with it here: {"roles": {"Worker": {"tasks": {"\\"set up\\".cmd": "skip"}}}} leaves it out; "fail" fails as now; {"run": "COMMAND"} runs another command.`,
			`Worker_IN_0: error: Startup task 1 failed: '"set up".cmd' needs Windows.`,
		]);
		const offer = { kind: 'taskChoice', role: 'Worker', commandLine: '"set up".cmd' };
		assert.deepEqual(
			deployment.journal.entries.flatMap(entry => (entry.event === 'error' && entry.offer ? [entry.offer] : []))[0],
			offer,
		);
	});

	test('what cannot be run is said', async () => {
		const { world, deployment, news } = await startService([rolePlan({ startupTasks })]);
		for (const number of [0, 3]) {
			deployment.submit({ ...runAlone, number }, 'stdin');
		}
		deployment.submit({ ...runAlone, instance: 'Other_IN_0' }, 'stdin');
		await world.settled();
		assert.deepEqual(news('error'), [
			"Worker_IN_0: error: The role 'Worker' has 2 startup tasks; there is no number 0.",
			"Worker_IN_0: error: The role 'Worker' has 2 startup tasks; there is no number 3.",
			"error: There is no instance 'Other_IN_0'; the instances are Worker_IN_0.",
		]);
	});
});
