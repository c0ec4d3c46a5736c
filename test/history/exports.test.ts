import assert from 'node:assert/strict';
import { filterEntries } from '../../src/history/filter';
import { mermaidText } from '../../src/history/markup';
import { Timeline } from '../../src/history/timeline';
import { timelineJson } from '../../src/history/timelineJson';
import { timelineMermaid } from '../../src/history/timelineMermaid';
import { type PictureOptions, timelineSvg } from '../../src/history/timelineSvg';
import { parse } from '../../src/xml/parser';
import { journal, output, state } from './journals';

const entries = journal(
	state('StartingRole'),
	{ event: 'state', state: 'ReadyRole', text: 'Ready: <fast> & "well"; #1' },
	{ event: 'call', call: 'Run', phase: 'begin' },
	output('a\u0000b'),
	{ event: 'call', call: 'Run', phase: 'end' },
	{ event: 'command', command: 'recycle Front_IN_0', by: 'editor', instance: 'Front_IN_0' },
	{ event: 'restart', cause: [{ what: 'Run returned', detail: '', n: 5 }], delay: 0 },
	state('CyclingRole'),
);

function options(changes: Partial<PictureOptions> = {}): PictureOptions {
	const { start, end } = timeline;
	const nameOf: PictureOptions['nameOf'] = ({ instance }) => instance || 'Deployment';
	return { title: 'Timeline of <Shop>', from: start, to: end + 1_000, nameOf, wants: () => true, entries, ...changes };
}

const timeline = new Timeline();
timeline.append(entries);

suite('timeline: exports', () => {
	test('SVG is well-formed, says what it is, and holds states, calls, marks and the join', () => {
		const svg = timelineSvg(timeline, options());
		assert.deepEqual(parse(svg).problems, []);
		for (const part of ['<title>Timeline of &lt;Shop&gt;</title>', 'Worker_IN_0', 'Front_IN_0', '<title>Run</title>']) {
			assert.ok(svg.includes(part), part);
		}
		assert.ok(svg.includes('Ready: &lt;fast&gt; &amp; &quot;well&quot;; #1'));
		assert.equal(svg.match(/stroke-dasharray="3 2"/g)?.length, 1, 'one restart joined to its cause');
		assert.equal(svg.match(/url\(#hatch\)/g)?.length, 1, 'what is not well is hatched');
		assert.doesNotMatch(svg, /https?:\/\/(?!www\.w3\.org)|<script/);
		assert.ok(!svg.includes('\u0000'));
	});

	test('SVG of a part of the time and of some lanes', () => {
		const svg = timelineSvg(
			timeline,
			options({ from: timeline.start, to: timeline.start + 500, wants: ({ role }) => role === 'Worker' }),
		);
		assert.ok(svg.includes('StartingRole') && !svg.includes('Front_IN_0') && !svg.includes('CyclingRole'));
	});

	test('Mermaid: a section for each instance that has states, restarts as milestones', () => {
		const at = (second: number) => timeline.start + second * 1_000;
		assert.equal(
			timelineMermaid(timeline, options()),
			[
				'gantt',
				'    title Timeline of Shop',
				'    dateFormat x',
				'    axisFormat %H:%M:%S',
				'    section Worker_IN_0',
				`    StartingRole :active, ${at(0)}, ${at(1)}`,
				`    Ready fast & well 1 :done, ${at(1)}, ${at(7)}`,
				`    CyclingRole :crit, ${at(7)}, ${at(8)}`,
				`    restart 7 :milestone, ${at(6)}, 0ms`,
				'',
			].join('\n'),
		);
	});

	test('Mermaid says what it leaves out', () => {
		const many = new Timeline();
		many.append(journal(...Array.from({ length: 700 }, (_, turn) => state(turn % 2 ? 'ReadyRole' : 'BusyRole'))));
		const diagram = timelineMermaid(many, options({ from: many.start, to: many.end }));
		assert.match(diagram, /\n {4}%% 200 more are left out; zoom in to see them\n$/);
	});

	test('JSON: lanes, and the entries that pass the filter', () => {
		const passing = filterEntries(entries, { hidden: ['states', 'output'] });
		const json = JSON.parse(
			timelineJson(timeline, options({ entries: entries.filter(({ n }) => passing.includes(n)) })),
		);
		assert.deepEqual(
			json.lanes.map(({ name, states, calls, restarts }: Record<string, unknown[]>) => [
				...[name, states?.length, calls?.length, restarts],
			]),
			[
				[...['Worker_IN_0', 3, 1], [{ n: 7, at: '2026-01-05T10:00:06.000Z', delay: 0, causes: [5] }]],
				['Front_IN_0', 0, 0, []],
			],
		);
		assert.deepEqual(
			json.entries.map(({ n }: { n: number }) => n),
			[3, 5, 6, 7],
		);
	});

	test('signs that would end a label of Mermaid are left out', () => {
		assert.equal(mermaidText('a;b:c#d"e(f)[g]{h}<i>|j`k%%\nl'), 'a b c d e f g h i j k l');
	});
});
