import assert from 'node:assert/strict';
import path from 'node:path';
import { findProgram } from '../../src/node/processes/programs';
import { isState, type WatchedService, watchService } from './watchedService';

const sample = path.resolve(__dirname, '../../samples/Languages');

/** Each role of the sample with the program that its language needs. */
const programs: Readonly<Record<string, readonly string[]>> = {
	Clock: ['java', 'javac'],
	Diary: ['php'],
	Lookout: ['python', 'python3'],
	Sweeper: ['sh'],
};

suite('The sample in several languages', () => {
	const isThere = (role: string): boolean => {
		const found = (programs[role] ?? []).map(program => findProgram(program));
		return role === 'Lookout' ? found.some(Boolean) : found.every(Boolean);
	};
	let run: WatchedService;

	suiteSetup(async () => {
		const roles = Object.keys(programs).filter(isThere);
		run = await watchService({ path: sample, roles });
	});
	suiteTeardown(() => run.stop());

	/** A test of a role whose language this machine has; without it, the test says what to install. */
	function roleTest(role: string, title: string, body: () => Promise<void>): void {
		test(`${role}: ${title}`, function () {
			if (!isThere(role)) {
				console.log(`      Left out: ${programs[role]?.join(' and ')} is not on the path; install it.`);
				this.skip();
			}
			return body();
		});
	}

	/** Sets a setting as a person would; gives the number of the entry of the command. */
	async function set(role: string, setting: string, value: string): Promise<number> {
		const command = `set ${role} ${setting} ${value}`;
		run.service.submit({ command: 'set', role, setting, value }, 'stdin');
		return (await run.until(entry => entry.event === 'command' && entry.command === command)).n;
	}

	/** What the fabric saw of an instance after an entry. */
	function lifeOf(instance: string, after: number): string[] {
		return run.entries
			.filter(entry => entry.instance === instance && entry.n > after)
			.flatMap(entry =>
				entry.event === 'call'
					? [`${entry.call} ${entry.phase}${entry.result ? ` ${JSON.stringify(entry.result)}` : ''}`]
					: [],
			);
	}

	roleTest('Clock', 'the Java client reads its environment, is busy first, and serves', async () => {
		await run.line('Clock_IN_0', 'The clock shows Europe/Lisbon');
		const busy = await run.until(isState('Clock_IN_0', 'BusyRole'));
		await run.until(isState('Clock_IN_0', 'ReadyRole'), busy.n);
		const [endpoint] = run.service.deployment.snapshot.instances.find(each => each.role === 'Clock')?.endpoints ?? [];
		const answer = await fetch(`http://${endpoint?.address}:${endpoint?.port}/`);
		assert.match(await answer.text(), /^\d\d:\d\d:\d\d Europe\/Lisbon$/m);
	});

	roleTest('Clock', 'the Java client accepts a change', async () => {
		const n = await set('Clock', 'Zone', 'Asia/Tokyo');
		await run.line('Clock_IN_0', 'The clock shows Asia/Tokyo', n);
		await run.until(entry => entry.event === 'call' && entry.call === 'Changed' && entry.phase === 'end', n);
		assert.deepEqual(lifeOf('Clock_IN_0', n), [
			'Changing begin',
			'Changing end {"cancel":false}',
			'Changed begin',
			'Changed end',
		]);
	});

	roleTest('Clock', 'the Java client refuses a change, is told to stop, and starts with the new value', async () => {
		const n = await set('Clock', 'Zone', 'Nowhere');
		await run.line('Clock_IN_0', 'The clock shows UTC', n);
		assert.deepEqual(lifeOf('Clock_IN_0', n), [
			'Changing begin',
			'Changing end {"cancel":true}',
			'Stopping begin',
			'Stopping end',
		]);
	});

	roleTest('Diary', 'the PHP client says when it is ready, polls, and follows a change', async () => {
		await run.line('Diary_IN_0', /^Page 1: \S+ \d+ MB free$/);
		const n = await set('Diary', 'EverySeconds', '3600');
		await run.line('Diary_IN_0', 'The diary is now written every 3600 s', n);
		await run.until(entry => entry.instance === 'Diary_IN_0' && entry.event === 'call' && entry.call === 'Changed', n);
		assert.deepEqual(lifeOf('Diary_IN_0', n).slice(0, 2), ['Changing begin', 'Changing end {"cancel":false}']);
	});

	roleTest('Diary', 'the PHP client is told to stop, and ends by itself', async () => {
		run.service.submit({ command: 'stop', instance: 'Diary_IN_0' }, 'stdin');
		await run.line('Diary_IN_0', 'The diary is closed');
		const end = await run.until(
			entry => entry.instance === 'Diary_IN_0' && entry.event === 'process' && entry.phase === 'ended',
		);
		assert.equal(end.event === 'process' && end.exitCode, 0);
	});

	roleTest('Lookout', 'Python without a client finds the other role, and says how it is in a word', async () => {
		const clock = isThere('Clock') ? 'The clock answers' : 'The clock does not answer';
		await run.line('Lookout_IN_0', clock);
		await run.until(isState('Lookout_IN_0', isThere('Clock') ? 'ReadyRole' : 'BusyRole'));
	});

	roleTest('Lookout', 'an orderly stop is a signal', async () => {
		run.service.submit({ command: 'stop', instance: 'Lookout_IN_0' }, 'stdin');
		await run.line('Lookout_IN_0', 'The lookout goes home');
	});

	roleTest('Sweeper', 'a shell script sweeps what its startup task has left, and stops in order', async () => {
		await run.line('Sweeper_IN_0', 'Swept old.txt');
		assert.equal(
			run.entries.some(entry => entry.event === 'output' && entry.text === 'Swept new.txt'),
			false,
		);
		run.service.submit({ command: 'stop', instance: 'Sweeper_IN_0' }, 'stdin');
		await run.line('Sweeper_IN_0', 'The sweeper puts the broom away');
	});
});
