import type { Lane } from '../../history/lane';
import type { Timeline } from '../../history/timeline';
import { makeElements } from './chartElements';
import { entryAcross, entryAt, entryAtEnd, entryBeside } from './entrySearch';
import { onGestures } from './gestures';
import { onLeavingEnd } from './leavingEnd';
import { makePaint } from './paint';
import type { Scene } from './scene';
import { Viewport } from './viewport';

/** What the chart needs of the page around it. */
export interface ChartContext {
	/** The one that is shown now: another run brings another. */
	readonly timeline: () => Timeline;
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
	/** The part of the time that is seen, in whole milliseconds. */
	readonly seen: { readonly from: number; readonly to: number };
}

/**
 * The lanes on a canvas that stays where it is, over an empty box as large as the whole timeline: the browser scrolls the
 * box, and what is seen of it is drawn. For a screen reader it is a list of which the selected entry is known.
 */
export function makeChart(context: ChartContext): Chart {
	const elements = makeElements(context.label, context.help);
	const { root, option } = elements;
	const view = new Viewport(elements, context.timeline, context.now);
	let order: readonly number[] = [];
	let selected: number | undefined;

	const scene = (): Scene => ({
		...{ timeline: context.timeline(), order, selected, scale: view.scale, names: view.namesWidth, from: view.from },
		...{ nameOf: context.nameOf, passes: context.passes, now: context.now() },
		...{ top: root.scrollTop, width: root.clientWidth, height: root.clientHeight },
	});

	const redraw = makePaint(elements, () => {
		if (context.timeline().size === 0) {
			return undefined;
		}
		view.resize(order.length);
		return scene();
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

	onGestures(root, {
		keys: {
			...walkingKeys(scene, select),
			PageDown: () => root.scrollBy({ left: view.laneWidth * 0.8 }),
			PageUp: () => root.scrollBy({ left: -view.laneWidth * 0.8 }),
			...{ '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5), 0: showAll },
		},
		zoom: (factor, x) => zoom(factor, Math.max(view.namesWidth, x)),
		dragged: by => root.scrollBy({ left: -by }),
		clicked: (x, y) => select(entryAt(scene(), x, y)),
	});
	onLeavingEnd(root, 'scrollLeft', () => view.isAtEnd, context.followed);

	return {
		...{ root: elements.box, zoom: factor => zoom(factor), showAll },
		refresh: () => {
			order = lanesWanted(context);
			redraw();
		},
		mark: (n, text) => {
			if (n !== selected && n !== undefined) {
				view.reveal(n, order.indexOf(context.timeline().laneOfEntry(n)));
			}
			selected = n;
			if (text !== undefined) {
				option.textContent = text;
			}
			redraw();
		},
		follow: follows => {
			view.following = follows;
			redraw();
		},
		get seen() {
			const { from } = view;
			return { from: Math.floor(from), to: Math.ceil(from + view.laneWidth / view.scale) };
		},
	};
}

function walkingKeys(
	scene: () => Scene,
	select: (n: number | undefined) => void,
): Readonly<Record<string, () => void>> {
	return {
		ArrowRight: () => select(entryBeside(scene(), 1)),
		ArrowLeft: () => select(entryBeside(scene(), -1)),
		ArrowDown: () => select(entryAcross(scene(), 1)),
		ArrowUp: () => select(entryAcross(scene(), -1)),
		Home: () => select(entryAtEnd(scene(), -1)),
		End: () => select(entryAtEnd(scene(), 1)),
	};
}

function lanesWanted({ timeline, wants }: ChartContext): readonly number[] {
	const { lanes } = timeline();
	return timeline()
		.inOrder()
		.filter(index => {
			const lane = lanes[index];
			return lane !== undefined && wants(lane);
		});
}
