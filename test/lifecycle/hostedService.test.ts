import assert from 'node:assert/strict';
import { Failure } from '../../src/base/failure';
import type { Staged } from '../../src/lifecycle/deployment/deploymentSlots';
import { HostedService } from '../../src/lifecycle/deployment/hostedService';
import { parseCommand } from '../../src/lifecycle/parseCommand';
import type { RolePlan } from '../../src/lifecycle/plan/deploymentPlan';
import { endpoint, rolePlan, servicePlan, shortWords } from '../support/fakeService';
import { FakeWorld } from '../support/fakeWorld';

/** A deployment in production and one in staging, and the swap of their addresses (role-lifecycle.md 7). */

const web = (changes: Partial<RolePlan> = {}) =>
	rolePlan({ name: 'Web', count: 2, endpoints: [endpoint('Site', 'input', 80)], ...changes });

interface Two {
	readonly world: FakeWorld;
	readonly hosted: HostedService;
	readonly released: string[];
	ask(...lines: readonly string[]): Promise<void>;
	stage(role?: RolePlan): Promise<void>;
	/** The journal since the last call, with the slot that each entry names. */
	news(...events: readonly string[]): readonly string[];
	/** Who is behind the public port 80, and behind the staging address: the code of each instance in rotation. */
	behind(): readonly string[];
}

async function start(role = web()): Promise<Two> {
	const world = new FakeWorld();
	const hosted = new HostedService(servicePlan([role]), world, { onStopLimit: 300_000, debug: new Set() });
	const released: string[] = [];
	let stages = 1;
	let seen = 0;
	const two: Two = {
		world,
		hosted,
		released,
		ask: async (...lines) => {
			for (const line of lines) {
				const command = parseCommand(line);
				assert.ok(!('error' in command), line);
				hosted.submit(command, 'stdin');
			}
			await world.settled();
		},
		stage: async (staged = web({ code: '/new' })) => {
			const deploymentId = `d${++stages}`;
			const plan = servicePlan([staged], { deploymentId, stateFolder: `/state/${deploymentId}` });
			const make = async (): Promise<Staged> => ({ plan, world, release: () => void released.push(deploymentId) });
			hosted.stage(make, 'stdin');
			await world.settled();
			await world.settled();
		},
		news: (...events) => {
			const entries = hosted.journal.after(seen);
			seen = hosted.journal.length;
			return entries
				.filter(entry => events.includes(entry.event))
				.map(entry => `${entry.slot === 'staging' ? '[staging] ' : ''}${shortWords(entry)}`);
		},
		behind: () =>
			[...world.network.opened].map(([name, place]) => {
				const ports = world.network.routes.get(name) ?? [];
				const owners = ports.map(port => ownerOf(world, port));
				return `${place.port}: ${owners.join(' ')}`;
			}),
	};
	hosted.start();
	await world.settled();
	return two;
}

function ownerOf({ network, processes }: FakeWorld, port: number): string {
	const [name = ''] = [...network.claimed].find(([, place]) => place.port === port) ?? [];
	const [, prefix = '', instance = ''] = /^(d\d\/)?([^/]+)\//.exec(name) ?? [];
	const folder = prefix === '' ? '/state/Web' : `/state/${prefix}`;
	assert.ok(processes.some(each => each.alive && each.life.folders.root.startsWith(folder)));
	return prefix + instance;
}

suite('a deployment in staging', () => {
	test('starts beside production, with instances, disks and public addresses of its own', async () => {
		const two = await start();
		two.world.network.taken.add(80);
		two.news();
		await two.stage();
		const { snapshot } = two.hosted;
		assert.deepEqual(
			[...snapshot.instances, ...(snapshot.staging?.instances ?? [])].map(each => [
				each.slot,
				each.instance,
				each.state,
				each.endpoints[0]?.port,
			]),
			[
				[undefined, 'Web_IN_0', 'ReadyRole', 20_000],
				[undefined, 'Web_IN_1', 'ReadyRole', 20_001],
				['staging', 'Web_IN_0', 'ReadyRole', 20_002],
				['staging', 'Web_IN_1', 'ReadyRole', 20_003],
			],
		);
		assert.deepEqual(two.behind(), ['80: Web_IN_0 Web_IN_1', '81: d2/Web_IN_0 d2/Web_IN_1']);
		assert.deepEqual(
			[snapshot, snapshot.staging].map(each => each?.publicEndpoints?.map(({ port }) => port)),
			[[80], [81]],
		);
		const folders = two.world.processes.map(({ life }) => life.folders.root);
		assert.equal(new Set(folders).size, 4);
		const ids = two.world.processes.map(({ life }) => life.environment.deploymentId);
		assert.deepEqual(ids, ['d1', 'd1', 'd2', 'd2']);
	});

	test('its entries say so, and whose they are for good', async () => {
		const two = await start();
		await two.stage();
		const ready = two.hosted.journal.entries.filter(entry => entry.event === 'state' && entry.state === 'ReadyRole');
		assert.deepEqual(
			ready.map(({ instance, slot, deploymentId }) => [instance, slot, deploymentId]),
			[
				['Web_IN_0', undefined, undefined],
				['Web_IN_1', undefined, undefined],
				['Web_IN_0', 'staging', 'd2'],
				['Web_IN_1', 'staging', 'd2'],
			],
		);
		const numbers = two.hosted.journal.entries.map(({ n }) => n);
		assert.deepEqual(
			numbers,
			numbers.map((_, index) => index + 1),
		);
	});

	const lives = ({ hosted: { snapshot } }: Two) =>
		[...snapshot.instances, ...(snapshot.staging?.instances ?? [])].map(each => each.life).join(' ');

	test('is asked by its address, and nothing of it reaches production', async () => {
		const two = await start();
		await two.stage();
		two.news();
		await two.ask('recycle staging:Web_IN_1', 'set staging:Web Greeting bye', 'scale staging:Web 3');
		assert.equal(lives(two), '1 1 1 2 1');
		assert.deepEqual(two.news('command', 'configuration'), [
			'[staging] Web_IN_1: > recycle staging:Web_IN_1 (stdin)',
			'[staging] > set staging:Web Greeting bye (stdin)',
			'[staging] Web.Greeting hello -> bye',
			'[staging] > scale staging:Web 3 (stdin)',
			'[staging] Web.count 2 -> 3',
		]);
		const settings = two.world.processes.map(({ life }) => life.environment.settings.Greeting);
		assert.deepEqual(settings.slice(0, 2), ['hello', 'hello']);
	});

	test('the whole of it is asked by the word', async () => {
		const two = await start();
		await two.stage();
		await two.ask('suspend staging', 'fail-domain 0');
		const { snapshot } = two.hosted;
		assert.deepEqual([snapshot.status, snapshot.staging?.status, lives(two)], ['Running', 'Suspended', '2 1 1 1']);
	});

	test('what is built while nothing or something is there', async () => {
		const two = await start();
		two.news();
		await two.ask('recycle staging:Web_IN_0', 'suspend staging', 'swap', 'unstage');
		await two.stage();
		await two.stage();
		const nothing = 'error: There is no deployment in staging: deploy to staging first (stage).';
		assert.deepEqual(two.news('error'), [
			nothing,
			nothing,
			nothing,
			nothing,
			'error: There is a deployment in staging already: update it, or remove it with unstage first.',
		]);
	});

	test('one that cannot be built is told, and production runs on', async () => {
		const two = await start();
		two.news();
		two.hosted.stage(() => Promise.reject(new Failure('Worker.cs(3,1): error CS1002.')), 'stdin');
		assert.equal(two.hosted.snapshot.staging?.status, 'Deploying');
		await two.world.settled();
		assert.deepEqual(two.news('error'), [
			'error: Nothing was staged, and production runs on. Worker.cs(3,1): error CS1002.',
		]);
		assert.equal(two.hosted.snapshot.staging, undefined);
	});

	test('is removed in order, and what it holds is given back', async () => {
		const two = await start();
		await two.stage();
		two.news();
		await two.ask('unstage');
		assert.deepEqual([two.hosted.snapshot.staging, two.released], [undefined, ['d2']]);
		assert.equal(two.news('call').filter(words => words.endsWith('OnStop end')).length, 2);
		assert.deepEqual(two.behind(), ['80: Web_IN_0 Web_IN_1']);
		await two.stage();
		assert.equal(two.hosted.snapshot.staging?.status, 'Running');
	});

	test('the end of the service is the end of both', async () => {
		const two = await start();
		await two.stage();
		two.world.behaviour.set('Web_IN_0', { onStop: 'hangs' });
		await two.ask('recycle staging:Web_IN_0');
		const seen: string[] = [];
		two.hosted.onSnapshot(({ status }) => seen.push(status));
		const stopped = two.hosted.stop();
		await two.world.settled();
		assert.deepEqual([two.hosted.snapshot.status, two.hosted.snapshot.staging?.status], ['Deleting', 'Deleting']);
		await two.world.pass(300_000);
		await stopped;
		await two.world.settled();
		assert.equal(seen.indexOf('Stopped'), seen.length - 1);
		assert.deepEqual([two.world.aliveProcesses, two.world.clock.pending, two.released], [[], 0, ['d2']]);
	});
});

suite('a swap', () => {
	test('exchanges the public addresses; instances run on and hear nothing', async () => {
		const two = await start();
		two.world.network.taken.add(80);
		await two.stage();
		const heard = two.world.processes.map(({ sent }) => sent.length);
		const pids = two.world.processes.map(({ pid }) => pid);
		two.news();
		await two.ask('swap');
		assert.deepEqual(two.behind(), ['80: d2/Web_IN_0 d2/Web_IN_1', '81: Web_IN_0 Web_IN_1']);
		const { snapshot } = two.hosted;
		assert.deepEqual([snapshot.deploymentId, snapshot.staging?.deploymentId], ['d2', 'd1']);
		assert.deepEqual(
			[snapshot, snapshot.staging].map(each => each?.publicEndpoints?.map(({ port }) => port)),
			[[80], [81]],
		);
		assert.deepEqual(
			[...snapshot.instances, ...(snapshot.staging?.instances ?? [])].map(each => [each.slot, each.life]),
			[
				[undefined, 1],
				[undefined, 1],
				['staging', 1],
				['staging', 1],
			],
		);
		assert.deepEqual(
			[two.world.processes.map(({ pid }) => pid), two.world.processes.map(({ sent }) => sent.length)],
			[pids, heard],
		);
		assert.deepEqual(two.news('command', 'note', 'call', 'state', 'restart', 'rotation'), [
			'> swap (stdin)',
			'note: Swap: deployment d2 is now in production, at Site 127.0.0.1:80; its instances run on.',
			'note: Swap: deployment d1 is now in staging, at Site 127.0.0.1:81; its instances run on.',
		]);
	});

	test('DeploymentId stays with the deployment, also in a later life; the entries follow the slot', async () => {
		const two = await start();
		await two.stage();
		await two.ask('swap');
		two.news();
		await two.ask('recycle Web_IN_0', 'recycle staging:Web_IN_0');
		const [one, other] = two.world.processes.slice(-2).map(({ life }) => life.environment);
		assert.deepEqual([one?.deploymentId, one?.emulated, other?.deploymentId], ['d2', true, 'd1']);
		assert.deepEqual(two.news('restart'), [
			'Web_IN_0: restart after 0 ms: command',
			'[staging] Web_IN_0: restart after 0 ms: command',
		]);
		assert.deepEqual(two.behind().length, 2);
	});

	test('back again, and then the new one is removed: the old one has its address', async () => {
		const two = await start();
		await two.stage();
		await two.ask('swap', 'swap', 'unstage');
		assert.deepEqual(two.behind(), ['80: Web_IN_0 Web_IN_1']);
		await two.ask('scale Web 3');
		assert.deepEqual(two.behind(), ['80: Web_IN_0 Web_IN_1 Web_IN_2']);
	});

	test('and the old one removed: the new one stays at the address, and is the service', async () => {
		const two = await start();
		await two.stage();
		await two.ask('swap', 'unstage');
		assert.deepEqual([two.behind(), two.hosted.snapshot.deploymentId], [['80: d2/Web_IN_0 d2/Web_IN_1'], 'd2']);
		const stopped = two.hosted.stop();
		await two.world.settled();
		await stopped;
		assert.deepEqual([two.world.aliveProcesses, [...two.world.network.opened], two.released], [[], [], ['d2']]);
	});

	const refused: readonly (readonly [why: string, act: (two: Two) => Promise<void>, text: string])[] = [
		[
			'an instance does not run',
			async two => {
				await two.stage();
				await two.ask('stop staging:Web_IN_1', 'swap');
			},
			'Every instance has to run before a swap; in staging Web_IN_1 is StoppedVM.',
		],
		[
			'a change is under way',
			async two => {
				await two.stage();
				two.world.behaviour.set('*#2', { onStart: 'hangs' });
				await two.ask('guest-os-update', 'swap');
			},
			'The deployment in production is RunningTransitioning; swap when it is Running and nothing changes.',
		],
		[
			'one is suspended',
			async two => {
				await two.stage();
				await two.ask('suspend staging', 'swap');
			},
			'The deployment in staging is Suspended; swap when it is Running and nothing changes.',
		],
		[
			'the endpoints differ',
			async two => {
				await two.stage(web({ endpoints: [endpoint('Site', 'input', 80), endpoint('Secure', 'input', 443)] }));
				await two.ask('swap');
			},
			'Both deployments must have the same public endpoints: only production has none; only staging has Web.Secure (http 443). Deploy such a change by stopping the service and starting it again.',
		],
	];
	for (const [why, act, text] of refused) {
		test(`is refused where ${why}, and nothing happens`, async () => {
			const two = await start();
			two.news();
			await act(two);
			assert.deepEqual(two.news('error'), [`error: ${text}`]);
			assert.equal(two.hosted.snapshot.deploymentId, 'd1');
		});
	}

	test('a busy instance is one that runs', async () => {
		const two = await start();
		two.world.behaviour.set('*', { status: 'Busy' });
		await two.stage();
		await two.world.pass(60_000);
		await two.ask('swap');
		assert.equal(two.hosted.snapshot.deploymentId, 'd2');
	});
});
