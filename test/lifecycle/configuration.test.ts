import assert from 'node:assert/strict';
import type { RolePlan } from '../../src/lifecycle/plan/deploymentPlan';
import { endpoint, type FakeRun, rolePlan, servicePlan, startService } from '../support/fakeService';

/** A new configuration reaches a running service (role-lifecycle.md 6 and 7). */

function set(run: FakeRun, value: string): void {
	run.deployment.submit({ command: 'set', role: 'Worker', setting: 'Greeting', value }, 'stdin');
}

suite('a changed setting', () => {
	test('Changing, the new values, Changed; the instance stays Ready and in rotation', async () => {
		const run = await startService();
		run.news();
		set(run, 'bye');
		await run.world.settled();
		assert.deepEqual(run.news(), [
			'> set Worker Greeting bye (stdin)',
			'Worker.Greeting hello -> bye',
			'Worker_IN_0: Changing begin',
			'Worker_IN_0: Changing end {"cancel":false}',
			'Worker_IN_0: Changed begin',
			'Worker_IN_0: Changed end',
		]);
		const sent = run.world.process('Worker_IN_0').sent;
		assert.deepEqual(sent[1]?.type === 'changing' && sent[1].changes, [{ kind: 'setting', name: 'Greeting' }]);
		assert.equal(sent[2]?.type === 'changed' && sent[2].environment.settings.Greeting, 'bye');
	});

	test('cancelled: out of rotation, stopped in order, started with the new value; no Changed', async () => {
		const run = await startService([rolePlan()], { '*': { changing: 'cancels' } });
		run.news();
		set(run, 'bye');
		await run.world.settled();
		assert.deepEqual(run.news('rotation', 'call', 'restart'), [
			'Worker_IN_0: Changing begin',
			'Worker_IN_0: Changing end {"cancel":true}',
			'Worker_IN_0: rotation out',
			'Worker_IN_0: Stopping begin',
			'Worker_IN_0: Stopping end',
			'Worker_IN_0: OnStop begin',
			'Worker_IN_0: OnStop end',
			'Worker_IN_0: Run end',
			'Worker_IN_0: restart after 0 ms: Changing cancelled',
			'Worker_IN_0: OnStart begin',
			'Worker_IN_0: OnStart end true',
			'Worker_IN_0: rotation in',
			'Worker_IN_0: Run begin',
		]);
		assert.equal(run.world.process('Worker_IN_0').life.environment.settings.Greeting, 'bye');
	});

	test('RequestRecycle inside a Changing handler that also cancels: exactly one recycle, with the new value', async () => {
		const run = await startService([rolePlan()], { '*': { changing: 'recycles' } });
		set(run, 'bye');
		await run.world.pass(60_000);
		assert.equal(run.world.processes.length, 2);
		assert.equal(run.world.process('Worker_IN_0').life.environment.settings.Greeting, 'bye');
	});

	test('one upgrade domain after another; the next one when all of the former are Ready', async () => {
		const run = await startService(
			[rolePlan({ count: 4 })],
			{ '*#1': { changing: 'cancels' }, '*#2': { onStart: 'hangs' } },
			{
				upgradeDomainCount: 2,
			},
		);
		set(run, 'bye');
		await run.world.settled();
		const lives = () => run.deployment.snapshot.instances.map(each => each.life);
		assert.deepEqual([lives(), run.deployment.snapshot.status], [[2, 1, 2, 1], 'RunningTransitioning']);
		run.world.process('Worker_IN_0').started();
		await run.world.settled();
		assert.deepEqual(lives(), [2, 1, 2, 1]);
		run.world.process('Worker_IN_2').started();
		await run.world.settled();
		assert.deepEqual(lives(), [2, 2, 2, 2]);
		run.world.process('Worker_IN_1').started();
		run.world.process('Worker_IN_3').started();
		await run.world.settled();
		assert.equal(run.deployment.snapshot.status, 'Running');
	});

	test('a domain that does not get ready is left after 30 minutes, and that is said', async () => {
		const run = await startService([rolePlan({ count: 2 })], { Worker_IN_0: { changing: 'hangs' } });
		run.news();
		set(run, 'bye');
		await run.world.pass(30 * 60_000);
		assert.deepEqual(run.news('note', 'call'), [
			'Worker_IN_0: Changing begin',
			'note: Upgrade domain 0: Worker_IN_0 did not get ready within 30 min; the walk goes on.',
			'Worker_IN_1: Changing begin',
			'Worker_IN_1: Changing end {"cancel":false}',
			'Worker_IN_1: Changed begin',
			'Worker_IN_1: Changed end',
		]);
	});

	test('a second change waits until the first is through', async () => {
		const run = await startService([rolePlan()], { '*': { changing: 'hangs' } });
		set(run, 'one');
		set(run, 'two');
		await run.world.settled();
		const asked = () => run.world.process('Worker_IN_0').sent.filter(message => message.type === 'changing').length;
		assert.equal(asked(), 1);
		run.world.process('Worker_IN_0').end('Changing', { result: { cancel: false } });
		assert.equal(asked(), 2);
		run.world.process('Worker_IN_0').end('Changing', { result: { cancel: false } });
		await run.world.settled();
		const changed = run.world
			.process('Worker_IN_0')
			.sent.flatMap(message => (message.type === 'changed' ? [message.environment.settings.Greeting] : []));
		assert.deepEqual([changed, run.deployment.snapshot.status], [['one', 'two'], 'Running']);
	});

	test('that arrives during OnStart is told when the role is Ready', async () => {
		const run = await startService([rolePlan()], { '*': { onStart: 'hangs' } });
		set(run, 'bye');
		await run.world.settled();
		run.news();
		run.world.process('Worker_IN_0').started();
		assert.deepEqual(run.news('state', 'call').slice(0, 3), [
			'Worker_IN_0: OnStart end true',
			'Worker_IN_0: ReadyRole',
			'Worker_IN_0: Changing begin',
		]);
	});

	test('a stopped instance takes it at its next start', async () => {
		const run = await startService();
		run.deployment.submit({ command: 'stop', instance: 'Worker_IN_0' }, 'stdin');
		set(run, 'bye');
		await run.world.settled();
		assert.equal(run.deployment.snapshot.status, 'Running');
		run.deployment.submit({ command: 'start', instance: 'Worker_IN_0' }, 'stdin');
		await run.world.settled();
		assert.equal(run.world.process('Worker_IN_0').life.environment.settings.Greeting, 'bye');
	});

	test('a configuration in which nothing differs does nothing', async () => {
		const run = await startService();
		run.news();
		run.deployment.configure(servicePlan([rolePlan()]), 'file');
		await run.world.settled();
		assert.deepEqual(run.news(), [
			'> configure (file)',
			'note: The configuration says the same as before: nothing changes.',
		]);
	});

	test('what a running service cannot take is told and left out, the rest is taken', async () => {
		const run = await startService();
		run.news();
		const changed = rolePlan({ settings: { Greeting: 'bye' }, code: '/elsewhere' });
		run.deployment.configure(servicePlan([changed, rolePlan({ name: 'New' })]), 'file');
		await run.world.settled();
		assert.deepEqual(run.news('error', 'configuration'), [
			"error: Role 'New' is new and is not started while the service runs. Stop the service and start it again to take that.",
			"error: Role 'Worker': only settings, certificates, access control lists and the instance count change while it runs. Stop the service and start it again to take that.",
			'Worker.Greeting hello -> bye',
		]);
		assert.equal(run.deployment.snapshot.instances.length, 1);
	});

	test('a cancelled Changing cuts nothing short: a restart that fails keeps the walk waiting', async () => {
		const run = await startService([rolePlan({ count: 2 })], {
			'*#1': { changing: 'cancels' },
			'Worker_IN_0#2': { onStart: 'false' },
		});
		set(run, 'bye');
		await run.world.settled();
		assert.deepEqual(
			run.deployment.snapshot.instances.map(each => each.life),
			[3, 2],
		);
	});
});

suite('a changed certificate', () => {
	test('restarts the role in order, without asking', async () => {
		const run = await startService([rolePlan({ certificates: { Tls: 'AA' } })]);
		run.news();
		run.deployment.configure(servicePlan([rolePlan({ certificates: { Tls: 'BB' } })]), 'file');
		await run.world.settled();
		assert.deepEqual(run.news('configuration', 'call', 'restart').slice(0, 7), [
			'Worker.Tls AA -> BB',
			'Worker_IN_0: Stopping begin',
			'Worker_IN_0: Stopping end',
			'Worker_IN_0: OnStop begin',
			'Worker_IN_0: OnStop end',
			'Worker_IN_0: Run end',
			'Worker_IN_0: restart after 0 ms: certificate changed',
		]);
	});
});

suite('a changed instance count', () => {
	const inner = [endpoint('Inner', 'internal')];
	const scale = (run: FakeRun, count: number) =>
		run.deployment.submit({ command: 'scale', role: 'Worker', count }, 'stdin');
	const told = (run: FakeRun, instance: string) =>
		run.world
			.process(instance)
			.sent.filter(message => message.type.toLowerCase().includes('chang'))
			.map(message => message.type);
	const seenBy = (run: FakeRun, instance: string) =>
		run.world
			.process(instance)
			.life.environment.roles.find(role => role.name === 'Worker')
			?.instances.map(each => each.id);

	test('out: new instances start with ports of their own and see all; others hear of it', async () => {
		const run = await startService([rolePlan({ endpoints: inner })]);
		scale(run, 3);
		await run.world.settled();
		assert.deepEqual(
			run.deployment.snapshot.instances.map(each => `${each.instance} ${each.state}`),
			['Worker_IN_0 ReadyRole', 'Worker_IN_1 ReadyRole', 'Worker_IN_2 ReadyRole'],
		);
		assert.deepEqual(seenBy(run, 'Worker_IN_2'), ['Worker_IN_0', 'Worker_IN_1', 'Worker_IN_2']);
		assert.deepEqual(told(run, 'Worker_IN_0'), ['changing', 'changed']);
		const changed = run.world.process('Worker_IN_0').sent.find(message => message.type === 'changed');
		assert.equal(changed?.type === 'changed' && changed.environment.roles[0]?.instances[2]?.endpoints[0]?.port, 20_002);
	});

	test('in: the highest numbers leave with an orderly stop, their disks and ports are given back', async () => {
		const run = await startService([rolePlan({ count: 3, endpoints: inner })]);
		run.news();
		scale(run, 1);
		await run.world.settled();
		assert.deepEqual(
			run.deployment.snapshot.instances.map(each => each.instance),
			['Worker_IN_0'],
		);
		assert.deepEqual(
			run.news('call').filter(words => words.includes('OnStop begin')),
			['Worker_IN_1: OnStop begin', 'Worker_IN_2: OnStop begin'],
		);
		assert.deepEqual(
			[run.world.removedDisks, run.world.network.released],
			[
				['Worker_IN_1', 'Worker_IN_2'],
				['Worker_IN_1', 'Worker_IN_2'],
			],
		);
	});

	test('nobody hears of it where no role has an internal endpoint', async () => {
		const run = await startService();
		scale(run, 2);
		await run.world.settled();
		assert.deepEqual([told(run, 'Worker_IN_0'), run.world.processes.length], [[], 2]);
	});

	test('Blast: all at once, without a way to cancel', async () => {
		const run = await startService(
			[rolePlan({ endpoints: inner })],
			{ '*': { changing: 'cancels' } },
			{
				topologyChangeDiscovery: 'Blast',
			},
		);
		scale(run, 2);
		await run.world.settled();
		assert.deepEqual(told(run, 'Worker_IN_0'), ['simultaneousChanging', 'simultaneousChanged']);
		assert.equal(run.world.process('Worker_IN_0').life.life, 1);
	});

	test('in and out again at once: the second waits until the first instance has left', async () => {
		const run = await startService([rolePlan({ count: 2 })], { 'Worker_IN_1#1': { onStop: 'hangs' } });
		scale(run, 1);
		scale(run, 2);
		await run.world.settled();
		assert.equal(run.deployment.snapshot.status, 'RunningTransitioning');
		await run.world.pass(300_000);
		assert.deepEqual(
			run.deployment.snapshot.instances.map(each => `${each.instance} ${each.state} ${each.life}`),
			['Worker_IN_0 ReadyRole 1', 'Worker_IN_1 ReadyRole 1'],
		);
		assert.deepEqual(run.world.violations, []);
	});

	test('to none: the role has no instance, and can be scaled out again', async () => {
		const run = await startService();
		scale(run, 0);
		scale(run, 1);
		await run.world.settled();
		assert.deepEqual(
			run.deployment.snapshot.instances.map(each => each.state),
			['ReadyRole'],
		);
	});
});

suite('what an instance sees', () => {
	test('all instances of roles with an internal endpoint, and itself', async () => {
		const roles: RolePlan[] = [
			rolePlan({ name: 'Web', count: 2, endpoints: [endpoint('Http', 'input', 80)] }),
			rolePlan({ name: 'Worker', count: 2, endpoints: [endpoint('Inner', 'internal')] }),
		];
		const { world } = await startService(roles);
		const { environment } = world.process('Web_IN_1').life;
		assert.deepEqual(
			environment.roles.map(role => [role.name, ...role.instances.map(each => each.id)]),
			[
				['Web', 'Web_IN_1'],
				['Worker', 'Worker_IN_0', 'Worker_IN_1'],
			],
		);
		assert.deepEqual([environment.updateDomain, environment.faultDomain], [1, 1]);
		assert.equal(environment.roles[0]?.instances[0]?.endpoints[0]?.publicPort, 80);
	});
});
