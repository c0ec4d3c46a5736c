import type { Lane, Timeline } from '../../history/timeline';
import { element } from '../element';
import { perFrame } from '../frames';
import { onThemeChange } from '../page';
import { draw } from './drawing';
import { readTheme, type Theme } from './looks';
import { axisHeight, firstAt, laneHeight, type Scene, xOf } from './scene';

/** What the chart needs of the page around it. */
export interface ChartContext {
	readonly timeline: Timeline;
	readonly label: string;
	readonly help: string;
	readonly nameOf: (lane: Lane) => string;
	readonly passes: (n: number) => boolean;
	/** Which lanes are wanted. */
	readonly wants: (lane: Lane) => boolean;
	/** Where the last states end now. */
	readonly now: () => number;
	readonly select: (n: number) => void;
	/** The person scrolled away from the newest entry, or back to it. */
	readonly followed: (follows: boolean) => void;
}

export interface Chart {
	readonly root: HTMLElement;
	/** Lanes or entries came, or the filter is another one. */
	refresh(): void;
	/** Marks an entry, and scrolls to it when it is not seen. */
	mark(n: number | undefined, text?: string): void;
	zoom(factor: number): void;
	showAll(): void;
	follow(follows: boolean): void;
	/** The part of the time that is seen. */
	readonly seen: { readonly from: number; readonly to: number };
}

/** Pixels for the names of lanes: a part of the width where that is small. */
const widestNames = 170;
const partForNames = 0.28;
/** A browser makes nothing wider. */
const widest = 12_000_000;
/** Pixels for a millisecond where nothing more is to be seen. */
const closest = 4;

/**
 * The lanes on a canvas that stays where it is, over an empty box as large as the whole timeline: the browser scrolls the
 * box, and what is seen of it is drawn. For a screen reader it is a list of which the selected entry is known.
 */
export function makeChart(context: ChartContext): Chart {
	const { timeline } = context;
	const canvas = element('canvas', { 'aria-hidden': 'true' });
	const option = element('div', {
		role: 'option',
		id: 'chart-entry',
		'aria-selected': 'true',
		class: 'visually-hidden',
	});
	const size = element('div', { class: 'size' }, canvas);
	const help = element('div', { id: 'chart-help', class: 'visually-hidden' }, context.help);
	const root = element(
		'div',
		{
			...{ class: 'chart', tabindex: 0, role: 'listbox', 'aria-label': context.label },
			...{ 'aria-describedby': 'chart-help', 'aria-activedescendant': 'chart-entry' },
		},
		size,
		option,
	);
	const box = element('div', { class: 'chart-box' }, root, help);
	const drawing = canvas.getContext('2d', { alpha: false });
	let theme: Theme = readTheme();
	let order: readonly number[] = [];
	let scale = 0;
	let whole = true;
	let following = false;
	let selected: number | undefined;

	const namesWidth = () => Math.round(Math.min(widestNames, root.clientWidth * partForNames));
	const span = () => Math.max(1, context.now() - timeline.start);
	const laneWidth = () => Math.max(1, root.clientWidth - namesWidth());
	const leastScale = () => (laneWidth() - 12) / span();
	const largestScale = () => Math.min(closest, widest / span());

	function scene(): Scene {
		return {
			...{ timeline, order, selected, scale },
			names: namesWidth(),
			...{ nameOf: context.nameOf, passes: context.passes },
			from: timeline.start + root.scrollLeft / scale,
			now: context.now(),
			top: root.scrollTop,
			width: root.clientWidth,
			height: root.clientHeight,
		};
	}

	const redraw = perFrame(() => {
		if (!drawing || root.clientWidth === 0 || timeline.size === 0) {
			return;
		}
		resize();
		const ratio = window.devicePixelRatio;
		const [width, height] = [Math.round(root.clientWidth * ratio), Math.round(root.clientHeight * ratio)];
		if (canvas.width !== width || canvas.height !== height) {
			canvas.width = width;
			canvas.height = height;
			canvas.style.width = `${root.clientWidth}px`;
			canvas.style.height = `${root.clientHeight}px`;
		}
		drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
		draw(drawing, scene(), theme);
	});

	/** The box is as large as the timeline now is; while one follows, its end is what is seen. */
	function resize(): void {
		scale = whole ? leastScale() : Math.max(Math.min(leastScale(), largestScale()), Math.min(scale, largestScale()));
		size.style.width = `${Math.max(root.clientWidth, Math.floor(namesWidth() + span() * scale + (whole ? 0 : 40)))}px`;
		size.style.height = `${Math.max(root.clientHeight, axisHeight + order.length * laneHeight + 8)}px`;
		if (following && !whole) {
			root.scrollLeft = root.scrollWidth;
		}
	}

	/** Keeps the time at this place of the view where it is. */
	function zoom(factor: number, x = namesWidth() + laneWidth() / 2): void {
		const names = namesWidth();
		const time = timeline.start + (root.scrollLeft + x - names) / scale;
		scale *= factor;
		whole = scale <= leastScale();
		resize();
		root.scrollLeft = (time - timeline.start) * scale - (x - names);
		redraw();
	}

	function isAtEnd(): boolean {
		return whole || root.scrollLeft + root.clientWidth >= root.scrollWidth - 4;
	}

	function reveal(n: number): void {
		const x = (timeline.timeOf(n) - timeline.start) * scale;
		if (x < root.scrollLeft + 10 || x > root.scrollLeft + laneWidth() - 10) {
			root.scrollLeft = x - laneWidth() / 2;
		}
		const y = order.indexOf(timeline.laneOfEntry(n)) * laneHeight;
		if (y < root.scrollTop || y + laneHeight > root.scrollTop + root.clientHeight - axisHeight) {
			root.scrollTop = y - (root.clientHeight - laneHeight) / 2;
		}
	}

	/** The entry of a lane that is nearest, of those that pass; where none is near, the state that was on. */
	function entryAt(x: number, y: number): number | undefined {
		const row = Math.floor((y + root.scrollTop - axisHeight) / laneHeight);
		const lane = timeline.lanes[order[row] ?? -1];
		const names = namesWidth();
		if (!lane || x < names || y < axisHeight) {
			return undefined;
		}
		const now = scene();
		const time = now.from + (x - names) / scale;
		const { entries, spans } = lane;
		const distance = (n: number) => Math.abs(xOf(now, timeline.timeOf(n)) - x);
		const start = firstAt(entries.length, time - 6 / scale, place => timeline.timeOf(entries[place] ?? 0));
		let best: number | undefined;
		for (
			let place = start;
			place < entries.length && timeline.timeOf(entries[place] ?? 0) <= time + 6 / scale;
			place++
		) {
			const n = entries[place] ?? 0;
			const weight = (each: number) => distance(each) - (telling.has(timeline.kindOf(each)) ? 8 : 0);
			if (context.passes(n) && (best === undefined || weight(n) < weight(best))) {
				best = n;
			}
		}
		return best ?? spans[firstAt(spans.length, time, place => spans[place]?.at ?? 0) - 1]?.n;
	}

	function step(by: number): void {
		const lane = timeline.lanes[selected === undefined ? (order[0] ?? 0) : timeline.laneOfEntry(selected)];
		const entries = lane?.entries ?? [];
		let place = selected === undefined ? (by > 0 ? -1 : entries.length) : entries.indexOf(selected);
		do {
			place += by;
		} while (place >= 0 && place < entries.length && !context.passes(entries[place] ?? 0));
		const found = entries[place];
		if (found !== undefined) {
			context.select(found);
		}
	}

	/** The entry of the next lane that is nearest in time. */
	function stepLane(by: number): void {
		const row = selected === undefined ? -1 : order.indexOf(timeline.laneOfEntry(selected));
		const time = selected === undefined ? timeline.start : timeline.timeOf(selected);
		for (let next = row + by; next >= 0 && next < order.length; next += by) {
			const entries = (timeline.lanes[order[next] ?? -1]?.entries ?? []).filter(context.passes);
			const place = firstAt(entries.length, time, each => timeline.timeOf(entries[each] ?? 0));
			const found = entries[Math.min(place, entries.length - 1)];
			if (found !== undefined) {
				context.select(found);
				return;
			}
		}
	}

	function last(by: 1 | -1): void {
		const lane = timeline.lanes[selected === undefined ? (order[0] ?? 0) : timeline.laneOfEntry(selected)];
		const passing = (lane?.entries ?? []).filter(context.passes);
		const found = by > 0 ? passing.at(-1) : passing[0];
		if (found !== undefined) {
			context.select(found);
		}
	}

	const keys: Readonly<Record<string, () => void>> = {
		ArrowRight: () => step(1),
		ArrowLeft: () => step(-1),
		ArrowDown: () => stepLane(1),
		ArrowUp: () => stepLane(-1),
		Home: () => last(-1),
		End: () => last(1),
		PageDown: () => root.scrollBy({ left: laneWidth() * 0.8 }),
		PageUp: () => root.scrollBy({ left: -laneWidth() * 0.8 }),
		'+': () => zoom(1.5),
		'=': () => zoom(1.5),
		'-': () => zoom(1 / 1.5),
		0: showAll,
	};

	function showAll(): void {
		whole = true;
		root.scrollLeft = 0;
		redraw();
	}

	root.addEventListener('keydown', event => {
		const act = keys[event.key];
		if (act && !event.altKey && !event.ctrlKey && !event.metaKey) {
			event.preventDefault();
			act();
		}
	});
	root.addEventListener('scroll', redraw, { passive: true });
	root.addEventListener(
		'wheel',
		event => {
			if (event.ctrlKey || event.metaKey) {
				event.preventDefault();
				zoom(Math.exp(-event.deltaY / 300), Math.max(namesWidth(), event.offsetX - root.scrollLeft));
			} else if (event.deltaX !== 0 || event.shiftKey || event.deltaY < 0) {
				// A hand that moves to earlier entries does not want to be pulled back to the newest.
				requestAnimationFrame(() => context.followed(isAtEnd()));
			}
		},
		{ passive: false },
	);
	drag(root, moved => {
		root.scrollLeft -= moved;
		context.followed(isAtEnd());
	});
	root.addEventListener('click', event => {
		const bounds = root.getBoundingClientRect();
		const n = entryAt(event.clientX - bounds.left, event.clientY - bounds.top);
		if (n !== undefined) {
			context.select(n);
		}
	});
	root.addEventListener('focus', redraw);
	new ResizeObserver(redraw).observe(root);
	onThemeChange(() => {
		theme = readTheme();
		redraw();
	});

	return {
		root: box,
		refresh: () => {
			order = timeline.inOrder().filter(lane => {
				const found = timeline.lanes[lane];
				return found !== undefined && context.wants(found);
			});
			redraw();
		},
		mark: (n, text) => {
			if (n !== selected && n !== undefined) {
				reveal(n);
			}
			selected = n;
			if (text !== undefined) {
				option.textContent = text;
			}
			redraw();
		},
		zoom: factor => zoom(factor),
		showAll,
		follow: follows => {
			following = follows;
			redraw();
		},
		get seen() {
			const from = timeline.start + root.scrollLeft / scale;
			return { from, to: from + laneWidth() / scale };
		},
	};
}

/** What a person who points near a mark means. */
const telling: ReadonlySet<string> = new Set(['restarts', 'commands', 'calls', 'processes', 'messages']);

/** Tells by how much the pointer was drawn to the side. */
function drag(target: HTMLElement, moved: (by: number) => void): void {
	let from: number | undefined;
	target.addEventListener('pointerdown', event => {
		const inside = event.offsetX - target.scrollLeft < target.clientWidth && event.pointerType === 'mouse';
		from = event.button === 0 && inside ? event.clientX : undefined;
	});
	target.addEventListener('pointermove', event => {
		if (from !== undefined && event.buttons === 1 && Math.abs(event.clientX - from) > 2) {
			moved(event.clientX - from);
			from = event.clientX;
		}
	});
	target.addEventListener('pointerup', () => {
		from = undefined;
	});
}
