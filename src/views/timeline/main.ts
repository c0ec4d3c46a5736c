import type { Lane } from '../../history/lane';
import { Timeline } from '../../history/timeline';
import { addressOf } from '../../lifecycle/slots';
import { button, element } from '../element';
import { announce, connect } from '../page';
import { fill } from '../protocol';
import { makeChart } from './chart';
import { detailsOf } from './details';
import type { Details, Follows, FromTimeline, TimelineView, TimelineWords, ToTimeline } from './protocol';
import { Rows } from './rows';
import { firstAt } from './scene';
import { makeTable } from './table';
import { type Choice, makeToolbar } from './toolbar';

/** The page: what came from the extension in, what the person asks for out; everything else is in the parts. */
const { words, kept, keep, post, onMessage, loaded } = connect<ToTimeline, FromTimeline, TimelineWords, TimelineView>();

let timeline = new Timeline();
let follows: Follows = 'stopped';
let view: TimelineView = { shown: 'chart', filter: {}, selected: undefined, follow: true, ...kept };
/** The numbers that pass the filter, and the same as a question; `undefined` where everything does. */
let passing: number[] | undefined;
let passes: Set<number> | undefined;

const rows = new Rows(numbers => post({ type: 'rows', numbers }));
const heading = element('h1', { id: 'title' });
const count = element('span', { class: 'count' });
const earlier = element('span', { class: 'count' });
const panes = element('div', { class: 'panes' });
const details = element('section', { class: 'details empty', 'aria-label': words.details, tabindex: -1 });
const toolbar = makeToolbar({
	...{ words, filter: view.filter, shown: view.shown, show },
	filterChanged: filter => {
		remember({ filter });
		post({ type: 'filter', filter });
	},
	zoom: factor => chart.zoom(factor),
	showAll: () => chart.showAll(),
	follow,
	// The table shows no part of the time: what it lists is exported.
	exportAs: format => post({ type: 'export', format, ...(view.shown === 'chart' ? chart.seen : wholeTime()) }),
	copy: () => {
		post({ type: 'copy' });
		announce(words.copied);
	},
});
const chart = makeChart({
	...{
		timeline: () => timeline,
		label: words.chart,
		help: words.chartHelp,
		nameOf: nameOfLane,
		wants,
		select,
		followed,
	},
	passes: n => passes?.has(n) ?? true,
	now,
});
const table = makeTable({
	...{ words, rows, select, followed },
	count: () => passing?.length ?? timeline.size,
	numberAt: place => passing?.[place] ?? timeline.firstEntry + place,
	placeOf: n => placeOf(n),
});
document
	.getElementById('page')
	?.append(element('div', { class: 'heading' }, heading, count, earlier), toolbar.root, panes, details);
details.append(element('p', {}, words.pick));
show(view.shown);
onMessage(take);
// A state that lasts grows while nothing is written.
setInterval(() => {
	if (follows === 'running' && document.visibilityState === 'visible') {
		chart.refresh();
	}
}, 1_000);
loaded();

function take(message: ToTimeline): void {
	switch (message.type) {
		case 'begin':
			begin(message);
			return;
		case 'append':
			append(message);
			return;
		case 'follows':
			follows = message.follows;
			refresh();
			return;
		case 'passing':
			passing = message.numbers && [...message.numbers];
			passes = message.numbers && new Set(message.numbers);
			refresh();
			announce(count.textContent ?? '');
			return;
		case 'rows':
			rows.take(message.rows);
			table.refresh();
			return;
		case 'details':
			showDetails(message.details);
			return;
		case 'show':
			select(message.n);
			details.focus();
			return;
	}
}

function begin(message: ToTimeline & { type: 'begin' }): void {
	timeline = new Timeline();
	timeline.apply(message.change);
	follows = message.follows;
	passing = undefined;
	passes = undefined;
	rows.clear();
	heading.textContent = message.title;
	showEarlier(message.whole ?? false);
	chart.showAll();
	chart.mark(undefined);
	show(view.shown);
	post({ type: 'filter', filter: view.filter });
	if (view.selected !== undefined && view.selected <= timeline.lastEntry) {
		select(view.selected);
	}
}

/** Of a long run the oldest entries are on disk only. */
function showEarlier(whole: boolean): void {
	const left = timeline.firstEntry - 1;
	const open = button(words.openWhole, () => post({ type: 'whole' }), { class: 'link' });
	earlier.replaceChildren(...(whole && left > 0 ? [fill(words.earlier, left), ' ', open] : []));
}

function append({ change, passing: more }: ToTimeline & { type: 'append' }): void {
	timeline.apply(change);
	if (passing && more) {
		passing.push(...more);
		for (const n of more) {
			passes?.add(n);
		}
	}
	refresh();
}

/** Where the last states end. */
function now(): number {
	return follows === 'running' ? Math.max(timeline.end, Date.now()) : timeline.end + 1;
}

function wholeTime(): { readonly from: number; readonly to: number } {
	return { from: timeline.start, to: Math.ceil(now()) };
}

/** The person scrolled away from the newest entry of a run, or back to it. */
function followed(isAtEnd: boolean): void {
	if (follows === 'running' && isAtEnd !== view.follow) {
		follow(isAtEnd);
	}
}

function nameOfLane({ instance, slot }: Lane): string {
	return addressOf({ instance: instance || words.deployment, slot });
}

function wants({ key, instance, role }: Lane): boolean {
	const { filter } = view;
	if (filter.instance) {
		return instance === '' || key === filter.instance;
	}
	return !filter.role || instance === '' || role === filter.role;
}

function refresh(): void {
	offer();
	applyFollow();
	const shown = passing?.length ?? timeline.size;
	const many = passing ? fill(words.entriesOf, shown, timeline.size) : fill(words.entries, timeline.size);
	count.textContent = `${words[follows]} · ${timeline.size === 0 ? words.nothing : many}`;
	chart.refresh();
	table.refresh();
}

let offered = '';

/** A list that is open must not be made anew under the pointer. */
function offer(): void {
	const roles = new Map<string, Choice[]>();
	for (const index of timeline.inOrder()) {
		const lane = timeline.lanes[index];
		if (lane?.instance) {
			const known = roles.get(lane.role) ?? [];
			roles.set(lane.role, [...known, { key: lane.key, name: nameOfLane(lane) }]);
		}
	}
	const text = JSON.stringify([...roles]);
	if (text !== offered) {
		offered = text;
		toolbar.offer(roles);
	}
}

function show(what: 'chart' | 'table'): void {
	remember({ shown: what });
	panes.replaceChildren(what === 'chart' ? chart.root : table.root);
	refresh();
	table.mark(view.selected);
}

function select(n: number): void {
	remember({ selected: n });
	// They get their room first, so that what is chosen is shown in what is left.
	details.classList.remove('empty');
	chart.mark(n);
	table.mark(n);
	post({ type: 'details', n });
}

function showDetails(message: Details): void {
	if (message.n !== view.selected) {
		return;
	}
	chart.mark(message.n, `${message.title}. ${message.lines.join(' ')}`);
	const nodes = detailsOf(message, words, action => post({ type: 'act', n: message.n, action }));
	details.replaceChildren(...nodes);
	details.scrollTop = 0;
	announce(message.explanation?.sentence ?? `${message.title}. ${message.lines.join(' ')}`);
}

function follow(wanted: boolean): void {
	remember({ follow: wanted });
	applyFollow();
}

function applyFollow(): void {
	const isRunning = follows === 'running';
	toolbar.showFollow(view.follow, isRunning);
	chart.follow(view.follow && isRunning);
	table.follow(view.follow && isRunning);
}

function remember(part: Partial<TimelineView>): void {
	view = { ...view, ...part };
	keep(view);
}

function placeOf(n: number): number {
	const numbers = passing;
	return numbers ? firstAt(numbers.length, n, place => numbers[place] ?? 0) : n - timeline.firstEntry;
}
