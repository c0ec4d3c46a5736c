import assert from 'node:assert/strict';
import { Deployment } from '../../src/lifecycle/deployment/deployment';
import { Mailbox, type Pace } from '../../src/lifecycle/mailbox';
import type { DeploymentSnapshot } from '../../src/lifecycle/snapshot';
import { endpoint, type FakeRun, rolePlan, servicePlan, startService } from '../support/fakeService';
import { FakeWorld } from '../support/fakeWorld';

/** A thousand instances in one deployment: what must hold however many there are. Figures are in `npm run bench -- fabric`. */

const count = 1_000;
const instances = (many: number) =>
	rolePlan({ count: many, endpoints: [endpoint('Site', 'input', 80), endpoint('Inner', 'internal')] });
const thousand = instances(count);

async function stop(run: FakeRun): Promise<void> {
	const stopped = run.deployment.stop();
	await run.world.settled();
	await stopped;
	assert.deepEqual([run.world.aliveProcesses, run.world.clock.pending], [[], 0]);
}

/** The instances that are not the same object in the later snapshot. */
function changed(before: DeploymentSnapshot, after: DeploymentSnapshot): readonly string[] {
	return after.instances.filter((each, index) => each !== before.instances[index]).map(({ instance }) => instance);
}

suite('a thousand instances', () => {
	let run: FakeRun;
	suiteSetup(async () => {
		run = await startService([thousand]);
	});
	suiteTeardown(() => stop(run));

	test('are all ready, and all in the rotation of the balancer', () => {
		assert.ok(run.deployment.snapshot.instances.every(({ state, inRotation }) => state === 'ReadyRole' && inRotation));
		assert.equal(new Set(run.world.network.routes.get('Worker/Site')).size, count);
	});

	test('share what they see of each other', () => {
		const [one, other] = run.world.processes.map(({ life }) => life.environment.roles[0]?.instances);
		assert.equal(one?.length, count);
		assert.equal(one, other);
	});

	test('a transition of one of them makes one new value, whoever draws them', async () => {
		const before = run.deployment.snapshot;
		run.deployment.submit({ command: 'recycle', instance: 'Worker_IN_500' }, 'stdin');
		await run.world.settled();
		assert.deepEqual(changed(before, run.deployment.snapshot), ['Worker_IN_500']);
	});
});

suite('a hundred instances', () => {
	test('a walk takes one upgrade domain after another; who is down gets no traffic', async () => {
		const many = instances(100);
		const run = await startService([many]);
		run.news();
		const down: string[] = [];
		const watching = run.deployment.onSnapshot(({ instances }) => {
			const others = instances.filter(({ state }) => state !== 'ReadyRole').map(({ upgradeDomain }) => upgradeDomain);
			assert.ok(others.every(domain => domain === others[0]));
			assert.ok((run.world.network.routes.get('Worker/Site')?.length ?? 0) <= 100 - others.length + 1);
			down.push(String(others[0] ?? ''));
		});
		run.deployment.update(servicePlan([many]), 'auto', 'stdin');
		for (let turn = 0; turn < 10; turn++) {
			await run.world.settled();
		}
		watching.dispose();
		assert.deepEqual(
			down.filter((domain, index) => domain !== '' && domain !== down[index - 1]),
			['0', '1', '2', '3', '4'],
		);
		assert.equal(run.deployment.snapshot.status, 'Running');
		assert.equal(run.world.network.routes.get('Worker/Site')?.length, 100);
		await stop(run);
	});
});

/** A clock in which each look costs a millisecond, and a queue of what is put off. */
function countedPace(): Pace & { turns(): number } {
	let time = 0;
	let turns = 0;
	const later: (() => void)[] = [];
	return {
		now: () => time++,
		later: run => void later.push(run),
		turns: () => {
			for (let run = later.shift(); run; run = later.shift()) {
				turns++;
				run();
			}
			return turns;
		},
	};
}

suite('work that makes room for others', () => {
	test('ends its turn after some time, goes on in the next, and keeps the order', () => {
		const pace = countedPace();
		const box = new Mailbox(pace);
		const done: string[] = [];
		const note = (what: string) => () => void done.push(what);
		box.onEmpty(note('empty'));
		box.post(() => {
			box.post(note('other'));
			box.postNext(Array.from({ length: 30 }, (_, index) => note(String(index))));
		});
		assert.ok(done.length < 30, 'the first turn did everything');
		assert.ok(pace.turns() > 2);
		assert.deepEqual(done, [...Array.from({ length: 30 }, (_, index) => String(index)), 'other', 'empty']);
	});

	test('asks for no turn when nothing is left to do', () => {
		const pace = countedPace();
		const box = new Mailbox(pace);
		box.post(() => {});
		assert.equal(pace.turns(), 1);
		assert.equal(pace.turns(), 1);
	});

	test('tells at the end of a turn how far it has come', () => {
		const pace = countedPace();
		const box = new Mailbox(pace);
		let done = 0;
		const seen: number[] = [];
		box.onTurnOver(() => seen.push(done));
		box.postNext(Array.from({ length: 20 }, () => () => done++));
		pace.turns();
		assert.ok(seen.length > 1 && seen.every((each, index) => each > (seen[index - 1] ?? 0)));
	});

	test('who waits until a command is carried out sees what it led to', async () => {
		const pace = countedPace();
		const world = Object.assign(new FakeWorld(), { pace });
		const deployment = new Deployment(servicePlan([rolePlan()]), world, { onStopLimit: 1_000, debug: new Set() });
		const state = () => deployment.snapshot.instances[0]?.state;
		deployment.start();
		while (state() !== 'ReadyRole') {
			pace.turns();
			await world.settled();
		}
		// The turn is used up, so that the command has to wait for the next.
		for (let note = 0; note < 10; note++) {
			deployment.report({ event: 'note', text: 'busy' });
		}
		deployment.submit({ command: 'stop', instance: 'Worker_IN_0' }, 'stdin');
		assert.equal(state(), 'ReadyRole');
		const carriedOut = deployment.carriedOut();
		pace.turns();
		await carriedOut;
		assert.notEqual(state(), 'ReadyRole');
	});

	test('while it is held nothing begins; then what is held comes first', () => {
		const box = new Mailbox(countedPace());
		const done: string[] = [];
		const note = (what: string) => () => void done.push(what);
		box.hold();
		box.post(note('later'));
		assert.equal(done.join(), '');
		box.goOn(note('first'));
		assert.equal(done.join(), 'first,later');
	});

	test('a suspend and a resume in one breath stop every instance before they start it', async () => {
		const pace = countedPace();
		const world = Object.assign(new FakeWorld(), { pace });
		const deployment = new Deployment(servicePlan([rolePlan({ count: 50 })]), world, options);
		const goOn = async () => {
			for (let turn = 0; turn < 20; turn++) {
				pace.turns();
				await world.settled();
			}
		};
		deployment.start();
		await goOn();
		deployment.submit({ command: 'suspend' }, 'stdin');
		deployment.submit({ command: 'resume' }, 'stdin');
		await goOn();
		const seen = deployment.snapshot.instances.map(({ life, state }) => `${state} ${life}`);
		assert.deepEqual([...new Set(seen)], ['ReadyRole 2']);
	});
});

const options = { onStopLimit: 300_000, debug: new Set<string>() };
