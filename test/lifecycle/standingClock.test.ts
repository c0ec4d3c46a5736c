import assert from 'node:assert/strict';
import { Deployment } from '../../src/lifecycle/deployment/deployment';
import { standingClock } from '../../src/lifecycle/standingClock';
import { rolePlan, servicePlan, shortWords } from '../support/fakeService';
import { FakeClock, FakeWorld } from '../support/fakeWorld';

suite('a clock that stands still', () => {
	function watched() {
		const wall = new FakeClock();
		const clock = standingClock(wall);
		const began = clock.now();
		const rung: number[] = [];
		const pass = (milliseconds: number) => {
			const end = wall.now() + milliseconds;
			while (wall.runNext(end)) {}
			wall.set(end);
		};
		const ring = (after: number) => clock.after(after, () => rung.push(clock.now() - began));
		return { wall, clock, pass, ring, rung, passed: () => clock.now() - began };
	}

	test('what is due comes later by as long as it stood', () => {
		const { wall, clock, pass, ring, rung, passed } = watched();
		ring(100);
		pass(40);
		const hold = clock.hold();
		pass(1_000_000);
		assert.deepEqual([passed(), rung, wall.pending], [40, [], 0]);
		hold.dispose();
		pass(59);
		assert.deepEqual(rung, []);
		pass(1);
		assert.deepEqual([rung, passed()], [[100], 100]);
	});

	test('stands until the last who holds it has let go, each once', () => {
		const { clock, pass, ring, rung, passed } = watched();
		const [one, other] = [clock.hold(), clock.hold()];
		ring(10);
		one.dispose();
		one.dispose();
		pass(50);
		assert.deepEqual([passed(), rung], [0, []]);
		other.dispose();
		pass(10);
		assert.deepEqual(rung, [10]);
	});

	test('what is asked for or given up while it stands', () => {
		const { wall, clock, pass, ring, rung } = watched();
		const early = ring(5);
		const hold = clock.hold();
		const late = ring(7);
		ring(9);
		early.dispose();
		late.dispose();
		hold.dispose();
		pass(20);
		assert.deepEqual([rung, wall.pending], [[9], 0]);
	});
});

suite('a debugger that has stopped a role', () => {
	const worker = 'Worker_IN_0';
	const start = async () => {
		const world = new FakeWorld();
		const wall = new FakeClock();
		Object.assign(world, { clock: standingClock(wall) });
		const deployment = new Deployment(servicePlan([rolePlan({ count: 2 })]), world, {
			onStopLimit: 30_000,
			debug: new Set(),
		});
		const pass = async (milliseconds: number) => {
			const end = wall.now() + milliseconds;
			await world.settled();
			while (wall.runNext(end)) {
				await world.settled();
			}
			wall.set(end);
			await world.settled();
		};
		world.behaviour.set('Worker_IN_1', { onStop: 'hangs' });
		deployment.start();
		await pass(0);
		return { world, deployment, pass, wall };
	};
	const words = ({ journal }: Deployment, ...events: string[]) =>
		journal.entries.filter(entry => events.includes(entry.event)).map(shortWords);

	test('stops fabric time for all: no limit of another instance runs out, no status check is missed', async () => {
		const { world, deployment, pass } = await start();
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_1' }, 'stdin');
		world.process(worker).attach(true);
		world.process(worker).say({ type: 'debugger', attached: true, stopped: true });
		assert.equal(deployment.snapshot.instances[0]?.isStopped, true);
		await pass(24 * 3_600_000);
		assert.deepEqual(
			deployment.snapshot.instances.map(each => each.state),
			['ReadyRole', 'StoppingRole'],
		);
		world.process(worker).say({ type: 'debugger', attached: true });
		assert.equal(deployment.snapshot.instances[0]?.isStopped, undefined);
		await pass(29_000);
		assert.equal(deployment.snapshot.instances[1]?.life, 1);
		await pass(2_000);
		assert.equal(deployment.snapshot.instances[1]?.life, 2);
		assert.deepEqual(words(deployment, 'debugger'), [
			'Worker_IN_0: debugger attached',
			'Worker_IN_0: debugger stopped',
			'Worker_IN_0: debugger continued',
		]);
	});

	for (const [how, let_go] of [
		['it detaches', (run: Awaited<ReturnType<typeof start>>) => run.world.process(worker).attach(false)],
		['the process ends', (run: Awaited<ReturnType<typeof start>>) => run.world.process(worker).exit(1)],
		[
			'the debug layer says so',
			(run: Awaited<ReturnType<typeof start>>) => run.deployment.debuggerStopped(worker, false),
		],
	] as const) {
		test(`time goes on when ${how}`, async () => {
			const run = await start();
			run.world.process(worker).attach(true);
			run.deployment.debuggerStopped(worker, true);
			const stood = run.world.clock.now();
			await run.pass(60_000);
			assert.equal(run.world.clock.now(), stood);
			let_go(run);
			await run.pass(60_000);
			assert.equal(run.world.clock.now(), stood + 60_000);
		});
	}

	test('one that is only attached stops nothing', async () => {
		const { world, pass } = await start();
		world.process(worker).attach(true);
		const began = world.clock.now();
		await pass(60_000);
		assert.equal(world.clock.now(), began + 60_000);
	});
});
