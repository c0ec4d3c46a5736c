import type { Lane } from '../../history/lane';
import type { Timeline } from '../../history/timeline';
import { element } from '../element';
import { perFrame } from '../frames';
import { onThemeChange } from '../page';
import { drag } from './drag';
import { draw } from './drawing';
import { entryAcross, entryAt, entryAtEnd, entryBeside } from './entrySearch';
import { readTheme, type Theme } from './looks';
import type { Scene } from './scene';
import { Viewport } from './viewport';

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

/**
 * The lanes on a canvas that stays where it is, over an empty box as large as the whole timeline: the browser scrolls the
 * box, and what is seen of it is drawn. For a screen reader it is a list of which the selected entry is known.
 */
export function makeChart(context: ChartContext): Chart {
	const { timeline } = context;
	const { box, root, size, canvas, option } = makeElements(context);
	const view = new Viewport(root, size, timeline, context.now);
	const drawing = canvas.getContext('2d', { alpha: false });
	let theme: Theme = readTheme();
	let order: readonly number[] = [];
	let selected: number | undefined;

	function scene(): Scene {
		return {
			...{ timeline, order, selected, scale: view.scale, names: view.namesWidth, from: view.from },
			...{ nameOf: context.nameOf, passes: context.passes },
			now: context.now(),
			top: root.scrollTop,
			width: root.clientWidth,
			height: root.clientHeight,
		};
	}

	const redraw = perFrame(() => {
		// Opaque, it is black until something is drawn.
		canvas.style.visibility = timeline.size === 0 ? 'hidden' : 'visible';
		if (!drawing || root.clientWidth === 0 || timeline.size === 0) {
			return;
		}
		view.resize(order.length);
		const ratio = fitCanvas(canvas, root);
		drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
		draw(drawing, scene(), theme);
	});

	function zoom(factor: number, x?: number): void {
		view.zoom(factor, order.length, x);
		redraw();
	}

	function showAll(): void {
		view.showAll();
		redraw();
	}

	function select(n: number | undefined): void {
		if (n !== undefined) {
			context.select(n);
		}
	}

	onKeys(root, {
		ArrowRight: () => select(entryBeside(scene(), 1)),
		ArrowLeft: () => select(entryBeside(scene(), -1)),
		ArrowDown: () => select(entryAcross(scene(), 1)),
		ArrowUp: () => select(entryAcross(scene(), -1)),
		Home: () => select(entryAtEnd(scene(), -1)),
		End: () => select(entryAtEnd(scene(), 1)),
		PageDown: () => root.scrollBy({ left: view.laneWidth * 0.8 }),
		PageUp: () => root.scrollBy({ left: -view.laneWidth * 0.8 }),
		'+': () => zoom(1.5),
		'=': () => zoom(1.5),
		'-': () => zoom(1 / 1.5),
		0: showAll,
	});
	onWheel(root, {
		zoom: (factor, x) => zoom(factor, Math.max(view.namesWidth, x)),
		// A hand that moves to earlier entries does not want to be pulled back to the newest.
		moved: () => requestAnimationFrame(() => context.followed(view.isAtEnd)),
	});
	drag(root, moved => {
		root.scrollLeft -= moved;
		context.followed(view.isAtEnd);
	});
	root.addEventListener('click', event => {
		const bounds = root.getBoundingClientRect();
		select(entryAt(scene(), event.clientX - bounds.left, event.clientY - bounds.top));
	});
	root.addEventListener('scroll', redraw, { passive: true });
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
				view.reveal(n, order.indexOf(timeline.laneOfEntry(n)));
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
			view.following = follows;
			redraw();
		},
		get seen() {
			const { from } = view;
			return { from, to: from + view.laneWidth / view.scale };
		},
	};
}

function makeElements({ label, help }: ChartContext) {
	const canvas = element('canvas', { 'aria-hidden': 'true' });
	const option = element('div', {
		role: 'option',
		id: 'chart-entry',
		'aria-selected': 'true',
		class: 'visually-hidden',
	});
	const size = element('div', { class: 'size' }, canvas);
	const root = element(
		'div',
		{
			...{ class: 'chart', tabindex: 0, role: 'listbox', 'aria-label': label },
			...{ 'aria-describedby': 'chart-help', 'aria-activedescendant': 'chart-entry' },
		},
		size,
		option,
	);
	const described = element('div', { id: 'chart-help', class: 'visually-hidden' }, help);
	return { box: element('div', { class: 'chart-box' }, root, described), root, size, canvas, option };
}

/** As many pixels of the screen as the box has; gives how many there are for a pixel of CSS. */
function fitCanvas(canvas: HTMLCanvasElement, { clientWidth, clientHeight }: HTMLElement): number {
	const ratio = window.devicePixelRatio;
	const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
	if (canvas.width !== width || canvas.height !== height) {
		canvas.width = width;
		canvas.height = height;
		canvas.style.width = `${clientWidth}px`;
		canvas.style.height = `${clientHeight}px`;
	}
	return ratio;
}

function onKeys(target: HTMLElement, keys: Readonly<Record<string, () => void>>): void {
	target.addEventListener('keydown', event => {
		const act = keys[event.key];
		if (act && !event.altKey && !event.ctrlKey && !event.metaKey) {
			event.preventDefault();
			act();
		}
	});
}

/** With the control key the wheel zooms, around `x` from the left. */
function onWheel(
	target: HTMLElement,
	does: { readonly zoom: (factor: number, x: number) => void; readonly moved: () => void },
): void {
	target.addEventListener(
		'wheel',
		event => {
			if (event.ctrlKey || event.metaKey) {
				event.preventDefault();
				does.zoom(Math.exp(-event.deltaY / 300), event.offsetX - target.scrollLeft);
			} else if (event.deltaX !== 0 || event.shiftKey || event.deltaY < 0) {
				does.moved();
			}
		},
		{ passive: false },
	);
}
