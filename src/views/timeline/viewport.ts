import type { Timeline } from '../../history/timeline';
import type { ChartElements } from './chartElements';
import { axisHeight, laneHeight } from './scene';

/** Pixels for the names of lanes: a part of the width where that is small. */
const widestNames = 170;
const partForNames = 0.28;
/** A browser makes nothing wider. */
const widest = 12_000_000;
/** Pixels that the chart keeps, however few lanes there are. */
const leastHeight = 130;
/** Pixels for a millisecond where nothing more is to be seen. */
const closest = 4;

/** The part of a timeline that is seen: a box that the browser scrolls, with something in it as large as the timeline. */
export class Viewport {
	/** Pixels for a millisecond. */
	scale = 0;
	/** While one follows, the end is what is seen. */
	following = false;
	private whole = true;
	private readonly root: HTMLElement;

	constructor(
		private readonly elements: ChartElements,
		private readonly timeline: () => Timeline,
		/** Where the last states end now. */
		private readonly now: () => number,
	) {
		this.root = elements.root;
	}

	get namesWidth(): number {
		return Math.round(Math.min(widestNames, this.root.clientWidth * partForNames));
	}

	get laneWidth(): number {
		return Math.max(1, this.root.clientWidth - this.namesWidth);
	}

	/** The time at the left edge of the lanes. */
	get from(): number {
		return this.timeline().start + this.root.scrollLeft / this.scale;
	}

	get isAtEnd(): boolean {
		const { scrollLeft, clientWidth, scrollWidth } = this.root;
		return this.whole || scrollLeft + clientWidth >= scrollWidth - 4;
	}

	/** The box is as large as the timeline now is, which has so many lanes. */
	resize(lanes: number): void {
		const { root } = this;
		const { box, size } = this.elements;
		const [least, largest] = [this.leastScale, Math.min(closest, widest / this.span)];
		this.scale = this.whole ? least : Math.max(Math.min(least, largest), Math.min(this.scale, largest));
		const width = Math.floor(this.namesWidth + this.span * this.scale + (this.whole ? 0 : 40));
		size.style.width = `${Math.max(root.clientWidth, width)}px`;
		const height = axisHeight + lanes * laneHeight + 8;
		size.style.height = `${Math.max(root.clientHeight, height)}px`;
		// A few lanes leave their room to what stands below them.
		box.style.maxHeight = `${Math.max(leastHeight, height + root.offsetHeight - root.clientHeight)}px`;
		if (this.following && !this.whole) {
			root.scrollLeft = root.scrollWidth;
		}
	}

	/** Keeps the time at this place of the view where it is; while one follows, the end. */
	zoom(factor: number, lanes: number, x = this.namesWidth + this.laneWidth / 2): void {
		const { root, namesWidth } = this;
		const time = (root.scrollLeft + x - namesWidth) / this.scale;
		this.scale *= factor;
		this.whole = this.scale <= this.leastScale;
		this.resize(lanes);
		if (!this.following) {
			root.scrollLeft = time * this.scale - (x - namesWidth);
		}
	}

	showAll(): void {
		this.whole = true;
		this.root.scrollLeft = 0;
	}

	/** Scrolls to an entry that is not seen; `row`: of its lane, from the top. */
	reveal(n: number, row: number): void {
		const { root, laneWidth } = this;
		const timeline = this.timeline();
		const x = (timeline.timeOf(n) - timeline.start) * this.scale;
		if (x < root.scrollLeft + 10 || x > root.scrollLeft + laneWidth - 10) {
			root.scrollLeft = x - laneWidth / 2;
		}
		const y = row * laneHeight;
		if (y < root.scrollTop || y + laneHeight > root.scrollTop + root.clientHeight - axisHeight) {
			root.scrollTop = y - (root.clientHeight - laneHeight) / 2;
		}
	}

	private get span(): number {
		return Math.max(1, this.now() - this.timeline().start);
	}

	private get leastScale(): number {
		return (this.laneWidth - 12) / this.span;
	}
}
