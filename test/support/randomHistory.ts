import assert from 'node:assert/strict';
import type { Command } from '../../src/lifecycle/command';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { endpoint, rolePlan, type startService as Start, servicePlan, startService, task } from './fakeService';
import { boom, type RoleBehaviour } from './fakeWorld';

/** Long random histories, the same ones every time, and what must hold in all of them. */

const behaviours: readonly RoleBehaviour[] = [
	{},
	{},
	{},
	{ onStart: 'false' },
	{ onStart: 'throws' },
	{ onStart: 'hangs' },
	{ run: 'returns' },
	{ run: 'throws' },
	{ run: 'recycles' },
	{ onStop: 'hangs' },
	{ onStop: 'throws' },
	{ changing: 'cancels' },
	{ changing: 'hangs' },
	{ changing: 'recycles' },
	{ status: 'Busy' },
	{ status: 'none' },
	{ hello: 'silent' },
];

const endpoints = [endpoint('Inner', 'internal')];
/** What an update brings: other startup tasks. */
const updated = { count: 2, startupTasks: [task('exit 0'), task('exit 0')], endpoints };
const modes = ['auto', 'manual', 'simultaneous'] as const;

/** One history: the same for the same seed. Throws where something does not hold. */
export async function playHistory(seed: number, events = 60): Promise<void> {
	const random = generator(seed);
	const startupTasks = [task('exit 0'), ...(random(3) === 0 ? [task('agent', 'background')] : [])];
	const roles = [rolePlan({ count: 2, startupTasks, endpoints })];
	const run = await startService(roles, {}, { onStopLimit: 30_000 });
	for (let turn = 0; turn < events; turn++) {
		await happen(run, random);
		check(run);
	}
	run.world.behaviour.clear();
	for (const each of run.world.aliveProcesses) {
		each.attach(false);
		// Our own hosts are given up when they say no hello; here nobody else would end such a process.
		if (each.sent.length === 0) {
			each.exit(1);
		}
	}
	await run.world.pass(300_000);
	for (const { instance, state, text } of run.deployment.snapshot.instances) {
		// A role that asks for a recycle in an OnStart that never returns: OnStart has no limit.
		assert.ok(settled.has(state) || text.endsWith('waits for OnStart to return'), `${instance} is ${state} in the end`);
	}
	const stopped = run.deployment.stop();
	await run.world.pass(40_000);
	void run.deployment.stop();
	await run.world.settled();
	await stopped;
	assert.deepEqual([run.world.aliveProcesses, run.world.aliveTasks, run.world.clock.pending], [[], [], 0]);
	checkJournal(run);
	checkStarts(run);
	checkWalks(run);
	checkDisks(run);
}

/** Nothing goes on any more: it runs, well or busy, or it rests. */
const settled: ReadonlySet<string> = new Set(['ReadyRole', 'BusyRole', 'StoppedVM', 'Unknown']);

type Run = Awaited<ReturnType<typeof Start>>;
type Random = (below: number) => number;

async function happen(run: Run, random: Random): Promise<void> {
	const { world, deployment } = run;
	world.behaviour.set(`Worker_IN_${random(3)}`, behaviours[random(behaviours.length)] ?? {});
	const role = world.aliveProcesses[random(Math.max(1, world.aliveProcesses.length))];
	switch (random(12)) {
		case 0:
			role?.exit(random(5));
			break;
		case 1:
			role?.fault(boom);
			break;
		case 2:
			role?.attach(random(2) === 0);
			break;
		case 3:
			role?.say({ type: 'requestRecycle' });
			break;
		case 4:
			await world.pass(random(60_000));
			break;
		case 5:
			deployment.update(servicePlan([rolePlan(updated)]), modes[random(modes.length)] ?? 'auto', 'scenario');
			break;
		default:
			deployment.submit(command(random), 'scenario');
	}
	if (random(3) > 0) {
		await world.settled();
	}
}

function command(random: Random): Command {
	const instance = `Worker_IN_${random(3)}`;
	const commands: readonly Command[] = [
		{ command: 'start', instance },
		{ command: 'stop', instance },
		{ command: 'recycle', instance },
		{ command: 'crash', instance },
		{ command: 'scale', role: 'Worker', count: random(4) },
		{ command: 'set', role: 'Worker', setting: 'Greeting', value: String(random(100)) },
		{ command: 'suspend' },
		{ command: 'resume' },
		{ command: 'start', instance },
		...(['reboot', 'hard-reboot', 'power-cycle', 'reimage', 'rebuild', 'heal', 'hang'] as const).map(word => ({
			command: word,
			instance,
		})),
		{ command: 'fail-domain', domain: random(2) },
		{ command: 'guest-os-update' },
		{ command: 'host-os-update' },
		{ command: 'rollback' },
		{ command: 'walk', domain: random(3) },
	];
	return commands[random(commands.length)] ?? { command: 'status' };
}

/** Holds after every event. */
function check({ world, deployment }: Run): void {
	assert.deepEqual(world.violations, []);
	for (const each of deployment.snapshot.instances) {
		const alive = world.aliveProcesses.filter(process => process.life.instance === each.instance);
		assert.ok(alive.length <= 1, `${each.instance} has ${alive.length} processes`);
		if (each.state === 'StoppedVM') {
			assert.deepEqual([alive.length, each.pid], [0, undefined], `${each.instance} is stopped`);
		}
		if (each.pid !== undefined) {
			assert.equal(alive[0]?.pid, each.pid);
		}
		assert.ok(!each.inRotation || each.state === 'ReadyRole', `${each.instance} is in rotation and ${each.state}`);
	}
}

/** Each process: started, calls, ended; nothing of it after its end; every started one ends. */
function checkJournal({ deployment }: Run): void {
	const living = new Map<string, number>();
	for (const [index, entry] of deployment.journal.entries.entries()) {
		assert.equal(entry.n, index + 1);
		const instance = entry.instance ?? '';
		if (entry.event === 'process' && entry.role === 'host') {
			assert.equal(living.get(instance), entry.phase === 'started' ? undefined : entry.pid, `entry ${entry.n}`);
			if (entry.phase === 'started') {
				living.set(instance, entry.pid);
			} else {
				living.delete(instance);
			}
		}
		if (entry.event === 'call') {
			assert.ok(living.has(instance), `entry ${entry.n}: a call of no process`);
		}
	}
	assert.equal(living.size, 0);
}

/** A small linear generator: the same numbers on every machine. */
function generator(seed: number): Random {
	let state = seed * 2_654_435_761;
	return below => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

/** OnStop only after an OnStart that has returned true, in each life anew. */
function checkStarts({ deployment }: Run): void {
	const started = new Set<string>();
	for (const entry of deployment.journal.entries) {
		const instance = entry.instance ?? '';
		if (entry.event === 'process' && entry.role === 'host') {
			started.delete(instance);
		}
		if (entry.event === 'call' && entry.call === 'OnStart' && entry.phase === 'end' && entry.result === true) {
			started.add(instance);
		}
		if (entry.event === 'call' && entry.call === 'OnStop' && entry.phase === 'begin') {
			assert.ok(started.has(instance), `entry ${entry.n}: OnStop of ${instance} without OnStart`);
		}
	}
}

const walked = new Set(['in-place update', 'guest OS update', 'host OS update']);

/** What walks restarts only instances of a domain that it has announced, each once. */
function checkWalks({ deployment }: Run): void {
	const announced = new Set<string>();
	for (const entry of deployment.journal.entries) {
		const [, names] =
			(entry.event === 'note' && /(?:upgrade domain \d+|all instances at once) \((.*)\)\.$/.exec(entry.text)) || [];
		for (const name of names?.split(', ') ?? []) {
			announced.add(name);
		}
		if (entry.event === 'restart' && walked.has(entry.cause.at(-1)?.what ?? '')) {
			assert.ok(announced.delete(entry.instance ?? ''), `entry ${entry.n}: nothing has walked to ${entry.instance}`);
		}
	}
}

/** The table of role-lifecycle.md 8.2 once more, by the words of the journal: the disks that are made anew. */
const madeAnew: Readonly<Record<string, string>> = {
	reboot: 'application',
	'hard reboot': '',
	'host power cycle': 'windows',
	'host OS update': 'application',
	'guest OS update': 'windows application',
	reimage: 'windows application',
	'in-place update': 'application',
	'service healing': 'local windows application',
	rebuild: 'local windows application',
	new: 'local windows application',
	stop: 'application',
};

/** What a command or a walk does to the disks of an instance that is on its way down already is not always told. */
const asked: Readonly<Record<string, string>> = {
	...{ reboot: 'reboot', 'power-cycle': 'host power cycle', reimage: 'reimage', rebuild: 'rebuild', start: 'stop' },
	...{ heal: 'service healing', 'fail-domain': 'service healing', resume: 'stop', suspend: 'stop' },
	...{ 'In-place update': 'in-place update', Rollback: 'in-place update' },
	...{ 'Guest OS update': 'guest OS update', 'Host OS update': 'host OS update' },
};

/** Each start finds its disks as the worst leaves them that has happened since the last one, and nothing made anew without a cause. */
function checkDisks({ deployment }: Run): void {
	const happened = new Map<string, { readonly surely: Set<string>; readonly perhaps: Set<string> }>();
	const since = (instance = '') => {
		const found = happened.get(instance) ?? { surely: new Set(['new']), perhaps: new Set<string>() };
		happened.set(instance, found);
		return found;
	};
	for (const entry of deployment.journal.entries) {
		const { surely, perhaps } = since(entry.instance);
		for (const what of surelyHappened(entry)) {
			surely.add(what);
		}
		const told =
			entry.event === 'command' ? entry.command.split(' ')[0] : entry.event === 'note' ? entry.text.split(':')[0] : '';
		const what = asked[told ?? ''];
		if (what !== undefined) {
			perhaps.add(what);
			for (const each of entry.instance === undefined ? happened.values() : []) {
				each.perhaps.add(what);
			}
		}
		if (entry.event === 'state' && entry.state === 'DeletingVM') {
			happened.delete(entry.instance ?? '');
		}
		if (entry.event === 'disk' && entry.name === undefined) {
			const makes = (some: Iterable<string>) => [...some].some(one => madeAnew[one]?.split(' ').includes(entry.disk));
			const text = `entry ${entry.n}: ${entry.disk} is ${entry.effect} after ${[...surely, '-', ...perhaps].join(', ')}`;
			assert.ok(entry.effect === 'rebuilt' || !makes(surely), text);
			assert.ok(entry.effect === 'kept' || makes(surely) || makes(perhaps), text);
			if (entry.disk === 'application') {
				surely.clear();
				perhaps.clear();
			}
		}
	}
}

function surelyHappened(entry: JournalEntry): readonly string[] {
	switch (entry.event) {
		case 'restart':
			return entry.cause.map(({ what }) => what);
		case 'state':
			return entry.state === 'StoppedVM' ? ['stop'] : [];
		case 'note':
			return [/^The (.*) shows on its disks at the next start/.exec(entry.text)?.[1] ?? ''];
		default:
			return [];
	}
}
