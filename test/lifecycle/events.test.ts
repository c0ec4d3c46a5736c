import assert from 'node:assert/strict';
import type { Command } from '../../src/lifecycle/command';
import { endpoint, type FakeRun, rolePlan, servicePlan, startService, task } from '../support/fakeService';

/** What is done to machines, hosts and code, and what each does to calls, states and disks (role-lifecycle.md 4 and 8). */

const worker = 'Worker_IN_0';
const localStorage = [
	{ name: 'Clean', sizeInMB: 1, cleanOnRoleRecycle: true },
	{ name: 'Kept', sizeInMB: 1, cleanOnRoleRecycle: false },
];

function submit(run: FakeRun, ...commands: readonly Command[]): void {
	for (const command of commands) {
		run.deployment.submit(command, 'stdin');
	}
}

interface Row {
	/** The words of the reference. */
	readonly row: string;
	readonly act: (run: FakeRun) => void;
	/** C, D, E/F: kept or rebuilt; the calls of the stop. */
	readonly disks: string;
	/** Local stores with `cleanOnRoleRecycle` and without: emptied or kept (8.3). */
	readonly stores: string;
	readonly stop: 'Stopping, OnStop' | 'OnStop' | 'none';
	/** The chain of the restart; a stop and a start are none. */
	readonly cause: string | undefined;
}

const asked = (command: 'recycle' | 'reboot' | 'hard-reboot' | 'power-cycle' | 'reimage' | 'rebuild' | 'heal') => ({
	act: (run: FakeRun) => submit(run, { command, instance: worker }),
});

const rows: readonly Row[] = [
	{
		row: 'Recycle (process restart)',
		...asked('recycle'),
		disks: 'K K K',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: 'command: recycle Worker_IN_0 (stdin)',
	},
	{
		row: 'Reboot from inside Windows',
		...asked('hard-reboot'),
		disks: 'K K K',
		stores: 'E K',
		stop: 'none',
		cause: 'hard reboot: hard-reboot Worker_IN_0 (stdin)',
	},
	{
		row: 'Reboot by portal or API',
		...asked('reboot'),
		disks: 'K K R',
		stores: 'E K',
		stop: 'OnStop',
		cause: 'reboot: reboot Worker_IN_0 (stdin)',
	},
	{
		row: 'Stop and start of deployment',
		act: run => submit(run, { command: 'suspend' }, { command: 'resume' }),
		disks: 'K K R',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: undefined,
	},
	{
		row: 'Host OS update',
		act: run => submit(run, { command: 'host-os-update' }),
		disks: 'K K R',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: 'host OS update: host-os-update (stdin)',
	},
	{
		row: 'Guest OS update',
		act: run => submit(run, { command: 'guest-os-update' }),
		disks: 'K R R',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: 'guest OS update: guest-os-update (stdin)',
	},
	{
		row: 'Reimage',
		...asked('reimage'),
		disks: 'K R R',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: 'reimage: reimage Worker_IN_0 (stdin)',
	},
	{
		row: 'In-place update',
		act: run => run.deployment.update(servicePlan([rolePlan({ localStorage })]), 'auto', 'stdin'),
		disks: 'K K R',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: 'in-place update: update auto (stdin)',
	},
	{
		row: 'Grow sizeInMB in place',
		act: run => {
			const grown = localStorage.map(store => ({ ...store, sizeInMB: 2 }));
			run.deployment.update(servicePlan([rolePlan({ localStorage: grown })]), 'auto', 'stdin');
		},
		disks: 'K K R',
		stores: 'E K',
		stop: 'Stopping, OnStop',
		cause: 'in-place update: update auto (stdin)',
	},
	{
		row: 'VM size change',
		act: run => run.deployment.update(servicePlan([rolePlan({ localStorage, size: 'Large' })]), 'auto', 'stdin'),
		disks: 'R R R',
		stores: 'E E',
		stop: 'Stopping, OnStop',
		cause: 'size change: update auto (stdin)',
	},
	{
		row: 'Host power cycle, recovered in place',
		...asked('power-cycle'),
		disks: 'K R K',
		stores: 'E K',
		stop: 'none',
		cause: 'host power cycle: power-cycle Worker_IN_0 (stdin)',
	},
	{
		row: 'Service healing, move to another host',
		...asked('heal'),
		disks: 'R R R',
		stores: 'E E',
		stop: 'none',
		cause: 'service healing: heal Worker_IN_0 (stdin)',
	},
	{
		row: 'Rebuild',
		...asked('rebuild'),
		disks: 'R R R',
		stores: 'E E',
		stop: 'Stopping, OnStop',
		cause: 'rebuild: rebuild Worker_IN_0 (stdin)',
	},
];

suite('the tables of role-lifecycle.md 8.2 and 8.3', () => {
	for (const row of rows) {
		test(row.row, async () => {
			const run = await startService([rolePlan({ localStorage })]);
			const before = run.deployment.journal.entries.length;
			row.act(run);
			await run.world.settled();
			await run.world.settled();
			const entries = run.deployment.journal.entries.slice(before);
			const calls = entries.flatMap(each => (each.event === 'call' && each.phase === 'begin' ? [each.call] : []));
			const request = run.world.diskRequests[1];
			assert.ok(request);
			const { local, windows, application } = request.effects;
			const letters = { kept: 'K', rebuilt: 'R', emptied: 'E' };
			const restart = entries.find(each => each.event === 'restart');
			assert.deepEqual(
				{
					disks: [local, windows, application].map(effect => letters[effect]).join(' '),
					stores: request.localResources.map(({ effect }) => letters[effect]).join(' '),
					stop: calls.filter(call => call === 'Stopping' || call === 'OnStop').join(', ') || 'none',
					cause: restart?.cause.map(({ what, detail }) => `${what}: ${detail}`).join(' < '),
				},
				{ disks: row.disks, stores: row.stores, stop: row.stop, cause: row.cause },
			);
			const told = entries.flatMap(each => (each.event === 'disk' ? [letters[each.effect]] : []));
			assert.equal(told.join(' '), `${row.disks} ${row.stores}`);
			const [instance] = run.deployment.snapshot.instances;
			assert.deepEqual([instance?.state, instance?.life, run.world.processes.length], ['ReadyRole', 2, 2]);
		});
	}
});

suite('the states on the way', () => {
	const states = async (command: Command, behaviour = {}) => {
		const run = await startService([rolePlan()], behaviour);
		run.news();
		submit(run, command);
		await run.world.settled();
		const seen = run.news('state', 'step', 'rotation').map(words => words.slice(worker.length + 2));
		return seen.filter(words => !words.startsWith('step') || words.endsWith('begin')).join(', ');
	};
	const start = 'StartingRole, StartingRole, step 7 begin';
	const code = ', step 8 begin';
	const run = ', step 9 begin, StartingRole, StartingRole, BusyRole, ReadyRole, rotation in';

	test('reboot: the machine boots', async () => {
		assert.equal(
			await states({ command: 'reboot', instance: worker }),
			`rotation out, StoppingRole, StoppingVM, StartingVM, ${start}${code}${run}`,
		);
	});

	test('reimage: the image anew, on the same host', async () => {
		assert.equal(
			await states({ command: 'reimage', instance: worker }),
			`rotation out, StoppingRole, StoppingVM, CreatingVM, step 1 begin, StartingVM, step 3 begin, ${start}${code}${run}`,
		);
	});

	test('heal: nothing is heard of it, then all steps again', async () => {
		assert.equal(
			await states({ command: 'heal', instance: worker }),
			`rotation out, Unknown, CreatingVM, step 1 begin, step 2 begin, StartingVM, step 3 begin, step 4 begin, step 5 begin, step 6 begin, ${start}${code}${run}`,
		);
	});
});

suite('a host that fails', () => {
	test('the instance goes to another one; its name and its ports stay', async () => {
		const run = await startService([rolePlan({ endpoints: [endpoint('Inner', 'internal')] })]);
		const seen = () =>
			run.deployment.snapshot.instances.map(each => [each.instance, each.host, each.endpoints[0]?.port]);
		assert.deepEqual(seen(), [[worker, 'rack0-Worker-0', 20_000]]);
		run.news();
		submit(run, { command: 'heal', instance: worker });
		await run.world.settled();
		assert.deepEqual(seen(), [[worker, 'rack0-Worker-0-moved1', 20_000]]);
		assert.deepEqual(run.news('note'), [
			'Worker_IN_0: note: The instance moves from host rack0-Worker-0 to host rack0-Worker-0-moved1; its name and its addresses stay.',
		]);
	});

	test('a fault domain: all of its instances at once, no OnStop; the others run on', async () => {
		const run = await startService([rolePlan({ count: 4 }), rolePlan({ name: 'Web', count: 1 })]);
		run.news();
		submit(run, { command: 'fail-domain', domain: 0 });
		assert.deepEqual(run.news('state'), [
			'Worker_IN_0: Unknown',
			'Worker_IN_2: Unknown',
			'Web_IN_0: Unknown',
			'Worker_IN_0: CreatingVM',
			'Worker_IN_0: StartingVM',
			'Worker_IN_0: StartingRole',
			'Worker_IN_2: CreatingVM',
			'Worker_IN_2: StartingVM',
			'Worker_IN_2: StartingRole',
			'Web_IN_0: CreatingVM',
			'Web_IN_0: StartingVM',
			'Web_IN_0: StartingRole',
		]);
		await run.world.settled();
		assert.deepEqual(
			run.deployment.snapshot.instances.map(each => `${each.instance} ${each.state} ${each.life}`),
			[
				'Worker_IN_0 ReadyRole 2',
				'Worker_IN_1 ReadyRole 1',
				'Worker_IN_2 ReadyRole 2',
				'Worker_IN_3 ReadyRole 1',
				'Web_IN_0 ReadyRole 2',
			],
		);
		assert.ok(!run.news('call').some(words => words.includes('OnStop')));
	});

	test('a fault domain without instances is told', async () => {
		const run = await startService();
		run.news();
		submit(run, { command: 'fail-domain', domain: 1 });
		assert.deepEqual(run.news('error'), ['error: No instance is in fault domain 1; there are instances in 0.']);
	});

	test('takes startup tasks with it, a foreground one too', async () => {
		const run = await startService([rolePlan({ startupTasks: [task('watcher', 'foreground')] })]);
		submit(run, { command: 'heal', instance: worker });
		await run.world.settled();
		assert.deepEqual(
			run.world.taskProcesses.map(each => each.alive),
			[false, true],
		);
		assert.equal(run.deployment.snapshot.instances[0]?.state, 'ReadyRole');
	});
});

suite('events that meet', () => {
	const effects = (run: FakeRun) => {
		const { local, windows, application } = run.world.diskRequests.at(-1)?.effects ?? {};
		return [local, windows, application].join(' ');
	};

	test('a host that fails during an orderly stop: at once, with the disks of the worse', async () => {
		const run = await startService([rolePlan()], { '*#1': { onStop: 'hangs' } });
		submit(run, { command: 'recycle', instance: worker }, { command: 'heal', instance: worker });
		await run.world.settled();
		assert.deepEqual(
			[effects(run), run.deployment.snapshot.instances[0]?.state],
			['rebuilt rebuilt rebuilt', 'ReadyRole'],
		);
		assert.deepEqual(
			run.deployment.snapshot.instances[0]?.lastRestart?.map(cause => cause.what),
			['command', 'service healing'],
		);
	});

	test('a stopped instance that is reimaged finds its disks so at the next start', async () => {
		const run = await startService();
		submit(run, { command: 'stop', instance: worker });
		await run.world.settled();
		run.news();
		submit(run, { command: 'reimage', instance: worker });
		assert.deepEqual(run.news('note', 'error'), [
			'Worker_IN_0: note: The reimage shows on its disks at the next start.',
		]);
		submit(run, { command: 'reboot', instance: worker });
		assert.deepEqual(
			run.news('note', 'error'),
			['error: Worker_IN_0 is stopped; start it.'].map(words => `Worker_IN_0: ${words}`),
		);
		submit(run, { command: 'start', instance: worker });
		await run.world.settled();
		assert.equal(effects(run), 'kept rebuilt rebuilt');
	});

	test('a stop on the way to a rebuild: the next start rebuilds', async () => {
		const run = await startService([rolePlan()], { '*#1': { onStop: 'hangs' } });
		submit(run, { command: 'rebuild', instance: worker }, { command: 'stop', instance: worker });
		await run.world.pass(300_000);
		assert.equal(run.deployment.snapshot.instances[0]?.state, 'StoppedVM');
		submit(run, { command: 'start', instance: worker });
		await run.world.settled();
		assert.equal(effects(run), 'rebuilt rebuilt rebuilt');
	});

	test('disks that could not be prepared are so in the end, also after a delay', async () => {
		const run = await startService();
		run.world.diskFailures.push('The disk is full.', 'The disk is full.');
		submit(run, { command: 'reimage', instance: worker });
		await run.world.pass(10_000);
		assert.deepEqual(
			[effects(run), run.deployment.snapshot.instances[0]?.state],
			['kept rebuilt rebuilt', 'ReadyRole'],
		);
	});

	test('one that fails while its disks are prepared prepares them again', async () => {
		const run = await startService();
		submit(run, { command: 'recycle', instance: worker });
		submit(run, { command: 'heal', instance: worker });
		await run.world.settled();
		assert.deepEqual(
			[run.world.diskRequests.length, effects(run), run.deployment.snapshot.instances[0]?.life],
			[3, 'rebuilt rebuilt rebuilt', 2],
		);
	});
});

suite('a role that hangs', () => {
	test('is left alone for ever: busy, out of rotation, not restarted', async () => {
		const run = await startService();
		run.news();
		submit(run, { command: 'hang', instance: worker });
		await run.world.pass(2 * 3_600_000);
		assert.deepEqual(
			run.news(),
			[
				'> hang Worker_IN_0 (stdin)',
				'Worker_IN_0: note: The process hangs: it answers nothing and is left alone until it is recycled, stopped or crashed.',
				'Worker_IN_0: BusyRole',
				'Worker_IN_0: rotation out',
			].map(words => (words.startsWith('>') ? `Worker_IN_0: ${words}` : words)),
		);
		assert.deepEqual([run.world.processes.length, run.deployment.snapshot.instances[0]?.life], [1, 1]);
	});

	test('a recycle ends it when OnStop has had its time, a crash at once', async () => {
		for (const [command, before, after] of [
			['recycle', 299_000, 2_000],
			['crash', 0, 1_000],
		] as const) {
			const run = await startService();
			submit(run, { command: 'hang', instance: worker });
			submit(run, { command, instance: worker });
			await run.world.pass(before);
			assert.equal(run.deployment.snapshot.instances[0]?.life, command === 'recycle' ? 1 : 2);
			await run.world.pass(after);
			assert.deepEqual(
				run.deployment.snapshot.instances.map(each => `${each.state} ${each.life}`),
				['ReadyRole 2'],
			);
		}
	});

	test('without a process there is nothing to hang', async () => {
		const run = await startService();
		submit(run, { command: 'stop', instance: worker });
		await run.world.settled();
		run.news();
		submit(run, { command: 'hang', instance: worker });
		assert.deepEqual(run.news('error'), [
			'Worker_IN_0: error: Worker_IN_0 is stopped and has no process that could hang.',
		]);
	});
});
