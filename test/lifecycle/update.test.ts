import assert from 'node:assert/strict';
import { Failure } from '../../src/base/failure';
import type { WalkMode } from '../../src/lifecycle/deployment/domainWalk';
import type { RolePlan } from '../../src/lifecycle/plan/deploymentPlan';
import { endpoint, type FakeRun, rolePlan, servicePlan, startService, task } from '../support/fakeService';
import type { RoleBehaviour } from '../support/fakeWorld';

/** In-place updates, their rollback, and the updates of the operating systems (role-lifecycle.md 7). */

interface Started {
	readonly count?: number;
	readonly domains?: number;
	readonly behaviour?: Readonly<Record<string, RoleBehaviour>>;
}

/** Four instances in two upgrade domains: 0 and 2, then 1 and 3. */
async function start({ count = 4, domains = 2, behaviour = {} }: Started = {}): Promise<FakeRun> {
	const run = await startService([rolePlan({ count })], behaviour, { upgradeDomainCount: domains });
	run.news();
	return run;
}

async function update(run: FakeRun, mode: WalkMode = 'auto', changes: Partial<RolePlan> = {}): Promise<void> {
	run.deployment.update(
		servicePlan([rolePlan({ code: '/new', ...changes })], { upgradeDomainCount: 2 }),
		mode,
		'stdin',
	);
	await run.world.settled();
}

const walk = (run: FakeRun, domain: number) => run.deployment.submit({ command: 'walk', domain }, 'stdin');
const lives = (run: FakeRun) => run.deployment.snapshot.instances.map(each => each.life).join(' ');
const states = (run: FakeRun) =>
	run.deployment.snapshot.instances.map(each => each.state.replace('Role', '')).join(' ');
/** The code that each instance got with its newest application disk: `old` or `new`. */
const codes = (run: FakeRun) =>
	run.deployment.snapshot.instances
		.map(({ instance }) =>
			run.world.diskRequests.findLast(each => each.instance === instance && each.effects.application === 'rebuilt'),
		)
		.map(request => (request?.code.startsWith('/new') ? 'new' : 'old'))
		.join(' ');
const slowOnce = { onStart: 'hangs' } as const;

suite('an in-place update', () => {
	test('walks the upgrade domains in their order and waits until each is ready', async () => {
		const run = await start({ behaviour: { '*#2': slowOnce } });
		await update(run);
		assert.deepEqual(
			[lives(run), codes(run), run.deployment.snapshot.status],
			['2 1 2 1', 'new old new old', 'RunningTransitioning'],
		);
		run.world.process('Worker_IN_0').started();
		await run.world.settled();
		assert.equal(lives(run), '2 1 2 1');
		run.world.process('Worker_IN_2').started();
		await run.world.settled();
		assert.equal(lives(run), '2 2 2 2');
		run.world.process('Worker_IN_1').started();
		run.world.process('Worker_IN_3').started();
		await run.world.settled();
		assert.deepEqual([codes(run), run.deployment.snapshot.status], ['new new new new', 'Running']);
		assert.deepEqual(run.news('note', 'command'), [
			'> update auto (stdin)',
			'note: In-place update: upgrade domain 0 (Worker_IN_0, Worker_IN_2).',
			'note: In-place update: upgrade domain 1 (Worker_IN_1, Worker_IN_3).',
			'note: In-place update: the walk is through.',
		]);
	});

	test('simultaneous: all at once', async () => {
		const run = await start({ behaviour: { '*#2': slowOnce } });
		await update(run, 'simultaneous');
		assert.deepEqual([lives(run), codes(run), states(run)], ['2 2 2 2', 'new new new new', 'Busy Busy Busy Busy']);
	});

	test('manual: each domain when it is asked for, in any order, one at a time', async () => {
		const run = await start({ behaviour: { '*#2': slowOnce } });
		await update(run, 'manual');
		assert.equal(lives(run), '1 1 1 1');
		walk(run, 1);
		walk(run, 0);
		await run.world.settled();
		assert.equal(lives(run), '1 2 1 2');
		run.world.process('Worker_IN_1').started();
		run.world.process('Worker_IN_3').started();
		walk(run, 1);
		await run.world.settled();
		assert.deepEqual([lives(run), run.deployment.snapshot.status], ['1 2 1 2', 'Running']);
		walk(run, 0);
		await run.world.settled();
		assert.equal(lives(run), '2 2 2 2');
		assert.deepEqual(run.news('note', 'error'), [
			'note: In-place update: walk 0, 1 when each is to have it.',
			'note: In-place update: upgrade domain 1 (Worker_IN_1, Worker_IN_3).',
			'error: Upgrade domain 1 is not ready yet; walk 0 when it is.',
			'error: There is no upgrade domain 1 still to walk; those are 0.',
			'note: In-place update: upgrade domain 0 (Worker_IN_0, Worker_IN_2).',
		]);
	});

	test('the snapshot tells the domain, and whether it is before it or in it', async () => {
		const run = await start({ behaviour: { '*#2': slowOnce } });
		const seen = () => run.deployment.snapshot.update;
		assert.equal(seen(), undefined);
		await update(run, 'manual');
		assert.deepEqual(seen(), { mode: 'manual', domain: 0, state: 'Before' });
		walk(run, 0);
		assert.deepEqual(seen(), { mode: 'manual', domain: 0, state: 'During' });
		await run.world.settled();
		run.world.process('Worker_IN_0').started();
		run.world.process('Worker_IN_2').started();
		assert.deepEqual(seen(), { mode: 'manual', domain: 1, state: 'Before' });
		run.deployment.submit({ command: 'rollback' }, 'stdin');
		await run.world.settled();
		assert.equal(seen(), undefined);
	});

	test('a walk that is asked for while the update is built begins when it is', async () => {
		const run = await start();
		const building = update(run, 'manual');
		walk(run, 0);
		assert.equal(run.deployment.snapshot.status, 'RunningTransitioning');
		await building;
		assert.deepEqual([lives(run), run.news('error')], ['2 1 2 1', []]);
	});

	test('an instance that is not walked yet keeps the old code, also over a reimage', async () => {
		const run = await start();
		await update(run, 'manual');
		run.deployment.submit({ command: 'reimage', instance: 'Worker_IN_1' }, 'stdin');
		walk(run, 0);
		await run.world.settled();
		assert.deepEqual([codes(run), lives(run)], ['new old new old', '2 2 2 1']);
	});

	test('that cannot be built is told; the old code runs on', async () => {
		const run = await start({ count: 1 });
		run.deployment.update(Promise.reject(new Failure('Worker.cs(3,1): error CS1002.')), 'auto', 'stdin');
		assert.equal(run.deployment.snapshot.status, 'RunningTransitioning');
		await run.world.settled();
		assert.deepEqual(run.news('error'), [
			'error: The update was not begun, and the code of before runs on. Worker.cs(3,1): error CS1002.',
		]);
		assert.deepEqual([lives(run), run.deployment.snapshot.status], ['1', 'Running']);
	});

	test('old and new code are copied side by side, before anything is stopped', async () => {
		const run = await start({ count: 1 });
		assert.deepEqual(
			run.world.diskRequests.map(each => each.code),
			['/built/Worker@1'],
		);
		await update(run);
		assert.deepEqual(
			run.world.diskRequests.map(each => each.code),
			['/built/Worker@1', '/new@2'],
		);
	});

	test('copies are removed when no instance can come back to them', async () => {
		const run = await start({ count: 2 });
		await update(run, 'manual');
		walk(run, 0);
		await run.world.settled();
		assert.deepEqual(run.world.unstaged, []);
		walk(run, 1);
		await run.world.settled();
		assert.deepEqual(run.world.unstaged, ['/built/Worker@1']);
		await update(run, 'auto', { name: 'Other' });
		assert.deepEqual(run.world.unstaged, ['/built/Worker@1', '/new@3']);
	});

	test('brings new startup tasks, another entry point, settings of its own; those in force stay', async () => {
		const run = await start({ count: 1 });
		run.deployment.submit({ command: 'set', role: 'Worker', setting: 'Greeting', value: 'bye' }, 'stdin');
		await run.world.settled();
		await update(run, 'auto', {
			settings: { Greeting: 'hello', New: 'one' },
			startupTasks: [task('exit 0')],
			entry: { kind: 'assembly', assembly: 'Newer.dll' },
			count: 7,
		});
		const { life } = run.world.process('Worker_IN_0');
		assert.deepEqual(
			[life.entry, life.environment.settings, run.world.taskProcesses.length, run.deployment.snapshot.instances.length],
			[{ kind: 'assembly', assembly: 'Newer.dll' }, { Greeting: 'bye', New: 'one' }, 1, 1],
		);
	});

	test('a domain that is only slow is left after 30 minutes', async () => {
		const run = await start({ behaviour: { 'Worker_IN_0#2': slowOnce } });
		await update(run);
		await run.world.pass(30 * 60_000 - 1_000);
		assert.equal(lives(run), '2 1 2 1');
		await run.world.pass(2_000);
		assert.deepEqual([lives(run), run.deployment.snapshot.status], ['2 2 2 2', 'Running']);
		assert.ok(
			run
				.news('note')
				.includes('note: Upgrade domain 0: Worker_IN_0 did not get ready within 30 min; the walk goes on.'),
		);
	});

	test('one that never gets healthy is stuck: the other domains keep the old code, until it is rolled back', async () => {
		const run = await start({ count: 2 });
		run.world.behaviour.set('Worker_IN_0', { onStart: 'throws' });
		await update(run);
		await run.world.pass(5 * 3_600_000);
		assert.deepEqual([states(run), codes(run)], ['Cycling Ready', 'new old']);
		assert.ok(
			run
				.news('note')
				.includes(
					'note: Upgrade domain 0: Worker_IN_0 recycled a number of times during the update, which is stuck; roll it back, or update with code that starts.',
				),
		);
		run.world.behaviour.delete('Worker_IN_0');
		run.deployment.submit({ command: 'rollback' }, 'stdin');
		await run.world.pass(60_000);
		assert.deepEqual([states(run), codes(run), run.deployment.snapshot.status], ['Ready Ready', 'old old', 'Running']);
		assert.equal(run.deployment.snapshot.instances[1]?.life, 1);
	});

	test('a second one during the first begins again at the first domain', async () => {
		const run = await start({ behaviour: { 'Worker_IN_1#2': slowOnce } });
		await update(run);
		assert.equal(lives(run), '2 2 2 2');
		await update(run, 'auto', { code: '/newer' });
		assert.deepEqual(lives(run), '3 2 3 3');
		run.world.process('Worker_IN_1').started();
		await run.world.settled();
		assert.deepEqual([lives(run), run.deployment.snapshot.status], ['3 3 3 3', 'Running']);
		const code = run.world.diskRequests.slice(-4).map(each => `${each.instance} ${each.code}`);
		assert.deepEqual(
			code.sort(),
			[0, 1, 2, 3].map(index => `Worker_IN_${index} /newer@3`),
		);
	});

	test('a configuration change waits until it is through', async () => {
		const run = await start({ behaviour: { 'Worker_IN_0#2': slowOnce } });
		await update(run);
		run.deployment.submit({ command: 'set', role: 'Worker', setting: 'Greeting', value: 'bye' }, 'stdin');
		await run.world.settled();
		assert.ok(!run.news('call').some(words => words.includes('Changing')));
		run.world.process('Worker_IN_0').started();
		await run.world.settled();
		assert.equal(run.news('call').filter(words => words.endsWith('Changed end')).length, 4);
		assert.deepEqual([codes(run), run.deployment.snapshot.status], ['new new new new', 'Running']);
	});

	test('a stopped instance takes it at its next start and holds up nothing', async () => {
		const run = await start({ count: 2 });
		run.deployment.submit({ command: 'stop', instance: 'Worker_IN_0' }, 'stdin');
		await run.world.settled();
		await update(run);
		assert.deepEqual([states(run), run.deployment.snapshot.status], ['StoppedVM Ready', 'Running']);
		run.deployment.submit({ command: 'start', instance: 'Worker_IN_0' }, 'stdin');
		await run.world.settled();
		assert.equal(codes(run), 'new new');
	});

	const refused: readonly (readonly [what: string, changes: Partial<RolePlan>, text: string])[] = [
		['a renamed role', { name: 'Other' }, 'An update keeps the roles: they were Worker and are Other.'],
		[
			'shrunk local storage',
			{ localStorage: [{ name: 'Data', sizeInMB: 5, cleanOnRoleRecycle: false }] },
			"An update may grow the local storage 'Data' of role 'Worker', not shrink it.",
		],
		[
			'other endpoints',
			{ endpoints: [endpoint('Inner', 'internal')] },
			"The endpoints of role 'Worker' differ; their ports are open already.",
		],
	];
	for (const [what, changes, text] of refused) {
		test(`${what} is refused, and nothing happens`, async () => {
			const localStorage = [{ name: 'Data', sizeInMB: 10, cleanOnRoleRecycle: false }];
			const run = await startService([rolePlan({ localStorage })]);
			run.news();
			run.deployment.update(servicePlan([rolePlan({ localStorage, ...changes })]), 'auto', 'stdin');
			await run.world.settled();
			assert.deepEqual(run.news('error'), [
				`error: The update was not begun. ${text} Stop the service and start it again to take that.`,
			]);
			assert.deepEqual([run.world.processes.length, run.deployment.snapshot.status], [1, 'Running']);
		});
	}

	test('another number of upgrade domains is refused', async () => {
		const run = await start();
		run.deployment.update(servicePlan([rolePlan()], { upgradeDomainCount: 3 }), 'auto', 'stdin');
		await run.world.settled();
		assert.deepEqual(run.news('error'), [
			'error: The update was not begun. An update keeps the number of upgrade domains, which is 2. Stop the service and start it again to take that.',
		]);
	});

	test('without one there is nothing to walk and nothing to roll back', async () => {
		const run = await start();
		walk(run, 0);
		run.deployment.submit({ command: 'rollback' }, 'stdin');
		assert.deepEqual(run.news('error'), [
			'error: There is no update under way that could walk; write "update manual" first.',
			'error: There is no update under way that could be rolled back; update again with the code of before.',
		]);
	});

	test('one that walks by itself is not told where to go', async () => {
		const run = await start({ behaviour: { '*#2': slowOnce } });
		await update(run);
		walk(run, 1);
		assert.deepEqual(run.news('error'), [
			'error: This update walks by itself (auto); only a manual one is told where to go.',
		]);
	});

	test('the end of the service ends it', async () => {
		const run = await start({ behaviour: { '*#2': slowOnce } });
		await update(run);
		const stopped = run.deployment.stop();
		await run.world.pass(300_000);
		await stopped;
		await run.world.settled();
		assert.deepEqual([run.world.clock.pending, run.deployment.snapshot.status], [0, 'Stopped']);
	});
});

suite('updates of the operating systems', () => {
	for (const [command, name] of [
		['guest-os-update', 'Guest OS update'],
		['host-os-update', 'Host OS update'],
	] as const) {
		test(`${command} walks by upgrade domain, orderly`, async () => {
			const run = await start({ behaviour: { '*#2': slowOnce } });
			run.deployment.submit({ command }, 'stdin');
			await run.world.settled();
			assert.equal(lives(run), '2 1 2 1');
			run.world.process('Worker_IN_0').started();
			run.world.process('Worker_IN_2').started();
			await run.world.settled();
			assert.deepEqual([lives(run), codes(run)], ['2 2 2 2', 'old old old old']);
			assert.deepEqual(run.news('note'), [
				`note: ${name}: upgrade domain 0 (Worker_IN_0, Worker_IN_2).`,
				`note: ${name}: upgrade domain 1 (Worker_IN_1, Worker_IN_3).`,
			]);
		});
	}
});
