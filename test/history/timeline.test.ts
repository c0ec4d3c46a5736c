import assert from 'node:assert/strict';
import type { Entries } from '../../src/history/entries';
import { Timeline } from '../../src/history/timeline';
import { rolePlan, startService } from '../support/fakeService';
import { journal, ofDeployment, output, state } from './journals';

/** Lanes in the order of the picture, each with what is drawn in it; times in seconds from the first entry. */
function drawn(timeline: Timeline): readonly string[] {
	const second = (time: number) => (time - timeline.start) / 1_000;
	return timeline.inOrder().map(index => {
		const { key, slot, spans, calls, restarts, entries } = timeline.lanes[index] ?? assert.fail('no such lane');
		const words = [
			...spans.map(({ at, state: name }) => `${second(at)} ${name}`),
			...calls.map(({ at, call, end }) => {
				const until = end ? second(end.at) : '';
				return `${call} ${second(at)}-${until}${end?.failed ? ' failed' : ''}`;
			}),
			...restarts.map(({ at, causes }) => `restart ${second(at)} of ${causes.join(' ')}`),
		];
		return `${key || 'deployment'} (${slot}, ${entries.length}): ${words.join(', ')}`;
	});
}

function timelineOf(entries: Entries): Timeline {
	const timeline = new Timeline();
	timeline.append(entries);
	return timeline;
}

const oneLife = journal(
	state('StartingRole'),
	{ event: 'process', phase: 'started', pid: 7, role: 'host' },
	{ event: 'call', call: 'OnStart', phase: 'begin' },
	{ event: 'call', call: 'OnStart', phase: 'end', result: true },
	state('ReadyRole'),
	{ event: 'call', call: 'Run', phase: 'begin' },
	output('working'),
	{ event: 'call', call: 'Run', phase: 'end', error: { type: 'Error', message: 'no' } },
	{ event: 'process', phase: 'ended', pid: 7, role: 'host', exitCode: 1 },
	{ event: 'restart', cause: [{ what: 'unhandled exception in Run', detail: '', n: 8 }], delay: 0 },
);

suite('timeline: lanes of a journal', () => {
	test('states are spans, calls begin and end, a restart knows its causes', () => {
		assert.deepEqual(drawn(timelineOf(oneLife)), [
			'Worker_IN_0 (production, 10): 0 StartingRole, 4 ReadyRole, OnStart 2-3, Run 5-7 failed, restart 9 of 8',
		]);
	});

	test('a call that its process did not live to the end of ends with it', () => {
		const entries = journal(
			{ event: 'call', call: 'Run', phase: 'begin' },
			{ event: 'process', phase: 'ended', pid: 7, role: 'program', signal: 'SIGKILL' },
		);
		assert.deepEqual(drawn(timelineOf(entries)), ['Worker_IN_0 (production, 2): Run 0-1']);
	});

	test('the deployment comes first, instances in the order of their numbers, the staged deployment after the first', () => {
		const staged = { deploymentId: 'd2', slot: 'staging' as const };
		const entries = journal(
			{ ...output('ten'), instance: 'Worker_IN_10' },
			{ ...output('front'), instance: 'Front_IN_0' },
			{ ...output('two'), instance: 'Worker_IN_2' },
			{ ...output('staged'), instance: 'Worker_IN_0', ...staged },
			{ event: 'note', text: 'hello', ...ofDeployment },
			{ event: 'note', text: 'staged too', ...ofDeployment, ...staged },
		);
		assert.deepEqual(drawn(timelineOf(entries)), [
			'deployment (production, 1): ',
			'Worker_IN_2 (production, 1): ',
			'Worker_IN_10 (production, 1): ',
			'Front_IN_0 (production, 1): ',
			'd2/ (staging, 1): ',
			'd2/Worker_IN_0 (staging, 1): ',
		]);
	});

	test('a swap changes the slot of a lane and not the lane', () => {
		const entries = journal(
			{ ...output('before'), deploymentId: 'd2', slot: 'staging' },
			{ ...output('after'), deploymentId: 'd2' },
		);
		assert.deepEqual(drawn(timelineOf(entries)), ['d2/Worker_IN_0 (production, 2): ']);
	});

	test('what is told in pieces, in whatever sizes, is what is told at once', async () => {
		const { world, deployment } = await startService([rolePlan({ count: 3 })], {
			Worker_IN_0: { run: 'returns' },
			Worker_IN_1: { run: 'throws' },
		});
		await world.pass(90_000);
		const { entries } = deployment.journal;
		assert.ok(entries.length > 200, `only ${entries.length} entries`);
		for (const size of [1, 2, 3, 7, 50, entries.length]) {
			const source = new Timeline();
			const page = new Timeline();
			for (let from = 0; from < entries.length; from += size) {
				const known = source.lastEntry;
				source.append(entries.slice(from, from + size));
				const change = from === 0 ? source.whole() : source.since(known + 1);
				page.apply(JSON.parse(JSON.stringify(change)));
			}
			assert.deepEqual(drawn(page), drawn(timelineOf(entries)), `in pieces of ${size}`);
			assert.deepEqual(page.whole(), timelineOf(entries).whole());
		}
	});

	test('news that do not follow on what is known are dropped, and entries that are known already', () => {
		const page = timelineOf(oneLife.slice(0, 3));
		page.apply(timelineOf(oneLife).since(6));
		page.append(oneLife.slice(1, 4));
		assert.equal(page.lastEntry, 4);
	});

	test('a journal whose beginning is not kept', () => {
		const timeline = timelineOf(oneLife.slice(4));
		assert.deepEqual(
			[timeline.firstEntry, timeline.lastEntry, timeline.kindOf(7), timeline.isBad(8)],
			[...[5, 10, 'output', true]],
		);
	});
});
