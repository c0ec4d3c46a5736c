import type { Entries } from './entries';
import { kindOf } from './entryKinds';
import type { Lane, StateSpan } from './lane';
import { hatched, pictureColours, stateLooks } from './looks';
import { markup } from './markup';
import { tickTimes } from './ticks';
import type { Timeline } from './timeline';

/** What of a timeline goes into a picture. */
export interface PictureOptions {
	readonly title: string;
	readonly from: number;
	readonly to: number;
	readonly nameOf: (lane: Lane) => string;
	readonly wants: (lane: Lane) => boolean;
	/** The entries that are marked: those that pass the filter. */
	readonly entries: Entries;
}

const names = 170;
const width = 1200;
const rowHeight = 44;
const top = 60;
/** A mark is not told from its neighbour below this many pixels. */
const nearest = 1;

/** The part of the time that was seen, as a picture that needs no script, no font and no network, legible on any ground. */
export function timelineSvg(timeline: Timeline, options: PictureOptions): string {
	const lanes = lanesOf(timeline, options);
	const height = top + lanes.length * rowHeight + 12;
	const scale = (width - names - 10) / Math.max(1, options.to - options.from);
	const xOf = (time: number) => round(names + (time - options.from) * scale);
	const rows = lanes.map((lane, row) => laneSvg(lane, timeline, options, top + row * rowHeight, xOf));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${markup(options.title)}" font-family="sans-serif" font-size="12">`,
		`<title>${markup(options.title)}</title>`,
		`<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="7" fill="#fff" fill-opacity="0.5"/></pattern></defs>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		`<text x="8" y="20" font-size="15" fill="#222">${markup(options.title)}</text>`,
		...tickTimes(options.from, options.to, 110 / scale).map(
			({ time, text }) =>
				`<path d="M${xOf(time)} ${top - 8}V${height - 8}" stroke="#ddd"/><text x="${xOf(time) + 3}" y="${top - 12}" fill="#555">${text}</text>`,
		),
		...rows,
		joins(timeline, lanes, options, xOf),
		'</svg>',
		'',
	].join('\n');
}

function lanesOf(timeline: Timeline, { wants }: PictureOptions): readonly Lane[] {
	return timeline.inOrder().flatMap(index => {
		const lane = timeline.lanes[index];
		return lane && wants(lane) ? [lane] : [];
	});
}

/** The states of a lane that are seen, with their ends. */
export function statesBetween(
	{ spans }: Lane,
	from: number,
	to: number,
): readonly { readonly span: StateSpan; readonly from: number; readonly to: number }[] {
	return spans.flatMap((span, index) => {
		const end = Math.min(to, spans[index + 1]?.at ?? to);
		const start = Math.max(from, span.at);
		return end > start || (end === start && span.at >= from) ? [{ span, from: start, to: end }] : [];
	});
}

function laneSvg(
	lane: Lane,
	timeline: Timeline,
	{ from, to, nameOf, entries }: PictureOptions,
	y: number,
	xOf: (time: number) => number,
): string {
	const states = statesBetween(lane, from, to).map(({ span, from: start, to: end }) => {
		const look = stateLooks[span.state];
		const [left, wide] = [xOf(start), Math.max(0.5, round(xOf(end) - xOf(start)))];
		const box = `<rect x="${left}" y="${y}" width="${wide}" height="18" fill="${pictureColours[look]}"><title>${markup(span.text)}</title></rect>`;
		const lines = hatched.has(look)
			? `<rect x="${left}" y="${y}" width="${wide}" height="18" fill="url(#hatch)"/>`
			: '';
		const room = Math.floor((wide - 6) / 6.5);
		const words =
			room > 3 ? `<text x="${left + 4}" y="${y + 13}" fill="#fff">${markup(cut(span.text, room))}</text>` : '';
		return `${box}${lines}${words}`;
	});
	const calls = lane.calls.flatMap(({ at, end, call }) => {
		const last = end?.at ?? to;
		return last < from || at > to
			? []
			: `<rect x="${xOf(Math.max(at, from))}" y="${y + 20}" width="${Math.max(1, round(xOf(Math.min(last, to)) - xOf(Math.max(at, from))))}" height="5" fill="${end?.failed ? '#c5221f' : '#2a7ab8'}" fill-opacity="${call === 'Run' ? 0.4 : 0.9}"><title>${call}</title></rect>`;
	});
	return [
		`<text x="8" y="${y + 13}" fill="#222">${markup(cut(nameOf(lane), 25))}</text>`,
		...states,
		...calls,
		...marks(lane, timeline, from, to, entries, y + 33, xOf),
	].join('\n');
}

function marks(
	lane: Lane,
	timeline: Timeline,
	from: number,
	to: number,
	entries: Entries,
	y: number,
	xOf: (time: number) => number,
): readonly string[] {
	const drawn = new Map<string, number>();
	const index = timeline.lanes.indexOf(lane);
	return entries.flatMap(entry => {
		const at = timeline.timeOf(entry.n);
		const kind = kindOf(entry);
		const x = xOf(at);
		const isOutside = at < from || at > to || timeline.laneOfEntry(entry.n) !== index;
		if (isOutside || kind === 'states' || kind === 'calls' || x - (drawn.get(kind) ?? -nearest) < nearest) {
			return [];
		}
		drawn.set(kind, x);
		const colour = timeline.isBad(entry.n) ? '#c5221f' : '#444';
		switch (kind) {
			case 'output':
				return `<path d="M${x} ${y - 3}v6" stroke="${colour}"/>`;
			case 'restarts':
				return `<path d="M${x} ${y - 5}l5 9h-10z" fill="${pictureColours.restarting}"/>`;
			case 'commands':
				return `<path d="M${x} ${y - 5}l4 5l-4 5l-4 -5z" fill="${colour}"/>`;
			default:
				return `<circle cx="${x}" cy="${y}" r="2" fill="${colour}"/>`;
		}
	});
}

function joins(
	timeline: Timeline,
	lanes: readonly Lane[],
	{ from, to }: PictureOptions,
	xOf: (time: number) => number,
): string {
	const yOf = (lane: Lane | undefined) => (lane ? top + lanes.indexOf(lane) * rowHeight + 33 : 0);
	return lanes
		.flatMap(lane => lane.restarts.map(restart => ({ lane, ...restart })))
		.flatMap(({ lane, at, causes }) => {
			const cause = causes[0];
			const source = cause === undefined ? undefined : timeline.lanes[timeline.laneOfEntry(cause)];
			if (cause === undefined || !source || !lanes.includes(source) || at < from || at > to) {
				return [];
			}
			const start = xOf(Math.max(from, timeline.timeOf(cause)));
			return `<path d="M${start} ${yOf(source)}Q${round((start + xOf(at)) / 2)} ${yOf(lane) - 12} ${xOf(at)} ${yOf(lane)}" fill="none" stroke="${pictureColours.restarting}" stroke-dasharray="3 2"/>`;
		})
		.join('\n');
}

function cut(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
