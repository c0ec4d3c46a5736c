import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Reason, reasonOf } from '../../src/history/reasons';
import { restartRules, ruleNames } from '../../src/history/restartRules';
import { restartsOf, timeText } from '../../src/history/restartSeries';
import { placeText } from '../../src/history/thrown';
import { english } from '../../src/history/words';
import type { Command } from '../../src/lifecycle/command';
import { restartEvents } from '../../src/lifecycle/instance/restartEvents';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { type FakeRun, rolePlan, startService, task } from '../support/fakeService';
import { boom, type RoleBehaviour } from '../support/fakeWorld';
import { journal, output, type Told } from './journals';

function lastReason(entries: readonly JournalEntry[]): Reason {
	const n = restartsOf(entries).at(-1) ?? assert.fail('nothing restarted');
	return reasonOf(entries, n, english) ?? assert.fail('no reason');
}

interface Row {
	readonly rule: string;
	readonly first?: RoleBehaviour;
	readonly tasks?: Parameters<typeof task>[];
	readonly ask?: Command;
	readonly act?: (run: FakeRun) => unknown;
	readonly sentence: string;
}

const worker = 'Worker_IN_0';
const asked = (
	command: 'recycle' | 'crash' | 'reboot' | 'hard-reboot' | 'power-cycle' | 'heal' | 'reimage' | 'rebuild',
): Command => ({
	command,
	instance: worker,
});

/** Every way to restart of role-lifecycle.md 4 and 8, as the fabric itself tells it. */
const rows: readonly Row[] = [
	{
		rule: 'runReturned',
		first: { run: 'returns' },
		sentence: "Run returned; a role's Run must not return while the role is to live; it starts again at once.",
	},
	{
		rule: 'onStartReturnedFalse',
		first: { onStart: 'false' },
		sentence:
			'OnStart returned false; a role whose OnStart returns false is ended at once, without Stopping and OnStop; it starts again at once.',
	},
	{
		rule: 'unhandledException',
		first: { run: 'throws' },
		sentence:
			'Run threw at WorkerRole.cs:12: System.InvalidOperationException: boom; an exception that nobody catches ends the process at once; it starts again at once.',
	},
	{
		rule: 'unhandledException',
		first: { onStop: 'throws' },
		ask: asked('recycle'),
		sentence:
			'OnStop threw at WorkerRole.cs:12: System.InvalidOperationException: boom; an exception that nobody catches ends the process at once; it starts again at once.',
	},
	{
		rule: 'processEnded',
		act: run => run.world.process(worker).exit(3),
		sentence:
			'The process of the role ended (exit code 3); the end of its process is the end of a role; it starts again at once.',
	},
	{
		rule: 'requestRecycle',
		first: { run: 'recycles' },
		sentence:
			'The role asked to be recycled; RequestRecycle takes the instance out of the load balancer, stops it in order and starts it again; it starts again at once.',
	},
	{
		rule: 'changingCancelled',
		first: { changing: 'cancels' },
		ask: { command: 'set', role: 'Worker', setting: 'Greeting', value: 'good day' },
		sentence:
			'The role cancelled a change; a role that cancels Changing gets the new values by a restart; it starts again at once.',
	},
	{
		rule: 'startupTaskFailed',
		tasks: [['install']],
		act: run => run.world.task('install').exit(5),
		sentence:
			"Startup task 1 failed: 'install' ended with exit code 5; a simple startup task must end with 0 before the role may start; it starts again at once.",
	},
	{
		rule: 'askedFor',
		ask: asked('recycle'),
		sentence:
			'It was asked for: recycle Worker_IN_0 (editor); whoever runs a service may recycle its instances at any time; it starts again at once.',
	},
	{
		rule: 'askedFor',
		ask: asked('crash'),
		sentence:
			'It was asked for: crash Worker_IN_0 (editor); a process that is killed ends without Stopping and OnStop, and another one is started; it starts again at once.',
	},
	{
		rule: 'reboot',
		ask: asked('hard-reboot'),
		sentence:
			'The machine was rebooted: hard-reboot Worker_IN_0 (editor); a reboot from inside Windows keeps all disks, and OnStop is not called; it starts again at once.',
	},
	{
		rule: 'hostFailure',
		ask: asked('heal'),
		sentence:
			'Its host failed: heal Worker_IN_0 (editor); an instance whose host fails ends without OnStop and is brought back; it starts again at once.',
	},
	{
		rule: 'newMachine',
		ask: asked('reimage'),
		sentence:
			'The machine was made anew: reimage; a machine that is made anew begins with the disks that the event leaves it; it starts again at once.',
	},
	{
		rule: 'osUpdate',
		ask: { command: 'guest-os-update' },
		sentence:
			'The operating system was updated: guest OS update; updates of the operating system stop one upgrade domain after another; it starts again at once.',
	},
];

suite('why did it restart', () => {
	for (const { rule, first, tasks, ask, act, sentence } of rows) {
		test(`${rule}: ${sentence.split(';')[0]}`, async () => {
			const behaviour: Record<string, RoleBehaviour> = first ? { 'Worker_IN_0#1': first } : {};
			const startupTasks = (tasks ?? []).map(each => task(...each));
			const run = await startService([rolePlan({ startupTasks })], behaviour);
			if (ask) {
				run.deployment.submit(ask, 'editor');
			}
			act?.(run);
			await run.world.settled();
			const reason = lastReason(run.deployment.journal.entries);
			assert.deepEqual([reason.rule, reason.sentence], [rule, sentence]);
		});
	}

	test('every cause that the fabric gives to a restart of a machine has its rule', () => {
		const whats = Object.values(restartEvents).map(({ what }) => what);
		assert.deepEqual(
			whats.filter(what => !restartRules.some(({ causes }) => causes.test(what))),
			[],
		);
	});

	test('the chain: what the role wrote, what happened, the rule, the farewell, what comes next, each with its place', () => {
		const entries = journal(
			{ event: 'process', phase: 'started', pid: 7, role: 'host' },
			{ event: 'call', call: 'OnStart', phase: 'end', result: true },
			output('System.TimeoutException: the queue did not answer', 'stderr'),
			output('   at Shop.QueueClient.Receive() in /src/QueueClient.cs:line 12', 'stderr'),
			output('   at Shop.Worker.Run() in /src/Worker.cs:line 41', 'stderr'),
			output('good bye'),
			{ event: 'call', call: 'Run', phase: 'end' },
			{ event: 'call', call: 'OnStop', phase: 'begin' },
			{ event: 'call', call: 'OnStop', phase: 'end' },
			{ event: 'restart', cause: [{ what: 'Run returned', detail: 'recycled', n: 7 }], delay: 5_000 },
		);
		const { sentence, chain, fix } = lastReason(entries);
		assert.equal(
			sentence,
			"Run returned at Worker.cs:41, most likely because QueueClient.Receive threw TimeoutException: the queue did not answer; a role's Run must not return while the role is to live; next try in 5 s.",
		);
		const shown = chain.map(({ text, n, place, page }) =>
			[text, n, place && placeText(place), page].filter(each => each !== undefined).join(' | '),
		);
		assert.deepEqual(shown, [
			'The role wrote: System.TimeoutException: the queue did not answer | 3 | QueueClient.cs:12',
			'Run returned: recycled | 7',
			"A role's Run must not return while the role is to live. | runReturned",
			'OnStop was called and returned. | 9',
			"Next try in 5 s. The delay is Rolewright's own. | 10",
		]);
		assert.match(fix ?? '', /^Let Run go on/);
	});

	test('the configuration that was refused is named, and not one that was submitted meanwhile', async () => {
		const run = await startService([rolePlan(), rolePlan({ name: 'Web' })], { '*#1': { changing: 'cancels' } });
		const set = (value: string): Command => ({ command: 'set', role: 'Worker', setting: 'Greeting', value });
		const scale = (count: number): Command => ({ command: 'scale', role: 'Web', count });
		// They follow each other, and all have been submitted when the role hears of the second.
		for (const command of [scale(2), set('other'), scale(1), set('a third one')]) {
			run.deployment.submit(command, 'editor');
		}
		await run.world.settled();
		const { entries } = run.deployment.journal;
		const [first] = restartsOf(entries).map(n => reasonOf(entries, n, english)?.chain[0]);
		assert.equal(first?.text, 'A configuration was submitted that changes Worker: Greeting.');
		const submitted = entries.find(({ n }) => n === first?.n);
		assert.equal(submitted?.event === 'configuration' && submitted.changes[0]?.to, 'other');
	});

	test('a complaint of long ago, or of another life or instance, is no reason', () => {
		const returned = { event: 'restart' as const, cause: [{ what: 'Run returned', detail: '' }], delay: 0 };
		const complaint = output('warning: low on paper', 'stderr');
		const born = { event: 'process' as const, phase: 'started' as const, pid: 7, role: 'host' as const };
		const sentence = /^Run returned; /;
		assert.match(lastReason(journal(complaint, output('went on'), returned)).sentence, sentence);
		const chatter = Array.from({ length: 11 }, () => output('went on'));
		assert.match(lastReason(journal(output('Error: once', 'stderr'), ...chatter, returned)).sentence, sentence);
		assert.match(lastReason(journal(complaint, born, returned)).sentence, sentence);
		assert.match(lastReason(journal({ ...complaint, instance: 'Worker_IN_1' }, returned)).sentence, sentence);
		assert.match(lastReason(journal(complaint, returned)).sentence, /because the role wrote "warning: low on paper"/);
	});

	test('output that reaches the journal after the call counts; what OnStop writes counts when it is an exception', () => {
		const ended = { event: 'call' as const, call: 'Run' as const, phase: 'end' as const };
		const stop = { event: 'call' as const, call: 'OnStop' as const, phase: 'begin' as const };
		const returned = { event: 'restart' as const, cause: [{ what: 'Run returned', detail: '', n: 1 }], delay: 0 };
		const because = (...told: readonly Told[]) =>
			/because (.*?);/.exec(lastReason(journal(...told, returned)).sentence)?.[1];
		const complaint = output('Error: no orders', 'stderr');
		assert.equal(because(ended, complaint, stop, output('good bye')), 'Error: no orders');
		assert.equal(because(ended, stop, output('closing', 'stderr')), undefined);
		assert.equal(because(ended, stop, complaint), 'Error: no orders');
		assert.equal(because(ended, output('low on paper', 'stderr'), stop, complaint), 'the role wrote "low on paper"');
	});

	test('the times are counted while they go on for the same reason, each instance for itself', async () => {
		const { world, deployment } = await startService([rolePlan({ count: 2 })], { Worker_IN_0: { run: 'returns' } });
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_1' }, 'editor');
		await world.pass(9_000);
		const reason = lastReason(deployment.journal.entries);
		assert.equal(reason.times, 5);
		assert.match(reason.sentence, /; 5 times in 8 s, next try in 15 s\.$/);
	});

	test('causes of a kind that is not known are told as they are', () => {
		const entries = journal({ event: 'restart', cause: [{ what: 'a comet', detail: 'hit the rack' }], delay: 0 });
		const { rule, sentence } = lastReason(entries);
		assert.deepEqual([rule, sentence], [undefined, 'A comet (hit the rack); it starts again at once.']);
	});

	test('no restart, no reason', () => {
		assert.equal(reasonOf(journal(output('a')), 1, english), undefined);
		assert.equal(reasonOf([], 1, english), undefined);
	});

	for (const name of ruleNames) {
		test(`the page about ${name} is there and names its source`, () => {
			const page = path.resolve(__dirname, '../../docs/lifecycle', `${name}.md`);
			assert.ok(existsSync(page));
			assert.match(
				readFileSync(page, 'utf8'),
				/^# .+\n\n\*\*What happens\.\*\* [\s\S]+\*\*What to do\.\*\* [\s\S]+\*\*Source\.\*\* \S/,
			);
		});
	}

	test('stretches of time in the largest unit that says enough', () => {
		const texts = [20, 1_499, 89_000, 90_000, 5_399_000, 7_200_000].map(each => timeText(each, english));
		assert.deepEqual(texts, ['20 ms', '1 s', '89 s', '2 min', '90 min', '2 h']);
	});

	test('the role of a fault is where its own code is', () => {
		const cause = [
			{ what: "unhandled exception in the role's code", detail: `${boom.type}: boom`, file: '/a/B.cs', line: 3 },
		];
		const { short, sentence } = lastReason(journal({ event: 'restart', cause, delay: 0 }));
		assert.equal(short, "The role's code threw an exception");
		assert.match(sentence, /^The role's code threw at B\.cs:3: /);
	});
});
