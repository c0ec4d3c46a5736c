import { element, setAttributes } from '../element';
import { perFrame } from '../frames';
import type { Row, TimelineWords } from './protocol';
import type { Rows } from './rows';

export interface TableContext {
	readonly words: TimelineWords;
	readonly rows: Rows;
	/** How many entries there are to see, and the number of the one at a place. */
	readonly count: () => number;
	readonly numberAt: (place: number) => number;
	readonly placeOf: (n: number) => number;
	readonly select: (n: number) => void;
}

export interface Table {
	readonly root: HTMLElement;
	refresh(): void;
	mark(n: number | undefined): void;
	/** Scrolls to the newest entry. */
	toEnd(): void;
}

/** Rows beyond the edges, so that a small movement shows no gap. */
const spare = 8;

/** The same entries as text, a row each; only those that are seen exist. */
export function makeTable({ words, rows, count, numberAt, placeOf, select }: TableContext): Table {
	const size = element('div', { class: 'size' });
	const body = element('div', { role: 'rowgroup', class: 'rows' });
	const head = element(
		'div',
		{ role: 'row', class: 'row head', 'aria-rowindex': 1 },
		...[words.number, words.time, words.instance, words.text].map(text =>
			element('span', { role: 'columnheader' }, text),
		),
	);
	const root = element(
		'div',
		{ class: 'table', role: 'grid', tabindex: 0, 'aria-label': words.table, 'aria-readonly': 'true' },
		head,
		size,
		body,
	);
	const made = new Map<number, { readonly element: HTMLElement; readonly row: Row | undefined }>();
	let selected: number | undefined;

	const rowHeight = () => head.offsetHeight || 22;

	const redraw = perFrame(fill);

	function fill(): void {
		if (root.clientHeight === 0) {
			return;
		}
		const height = rowHeight();
		const first = Math.max(0, Math.floor(root.scrollTop / height) - spare);
		const last = Math.min(count(), first + Math.ceil(root.clientHeight / height) + 2 * spare);
		const numbers = Array.from({ length: Math.max(0, last - first) }, (_, index) => numberAt(first + index));
		const known = rows.of(numbers);
		size.style.height = `${count() * height}px`;
		body.style.transform = `translateY(${first * height}px)`;
		root.setAttribute('aria-rowcount', String(count() + 1));
		body.replaceChildren(...numbers.map((n, index) => rowFor(n, first + index, known[index])));
		for (const n of made.keys()) {
			if (n < (numbers[0] ?? 0) || n > (numbers.at(-1) ?? 0)) {
				made.delete(n);
			}
		}
		root.setAttribute('aria-activedescendant', selected === undefined ? '' : `row-${selected}`);
	}

	/** A row that is still seen stays the element that it was: making forty anew in every frame is what would take time. */
	function rowFor(n: number, place: number, row: Row | undefined): HTMLElement {
		const known = made.get(n);
		const attributes = {
			...{ role: 'row', id: `row-${n}`, 'data-n': n, 'aria-rowindex': place + 2 },
			...{ 'aria-selected': String(n === selected), class: row?.bad ? 'row bad' : 'row' },
		};
		if (known && known.row === row) {
			setAttributes(known.element, attributes);
			return known.element;
		}
		const cells = [String(n), row?.time ?? '', row?.instance ?? '', row?.text ?? '…'];
		const fresh = element('div', attributes, ...cells.map(text => element('span', { role: 'gridcell' }, text)));
		made.set(n, { element: fresh, row });
		return fresh;
	}

	function go(place: number): void {
		const to = Math.max(0, Math.min(place, count() - 1));
		if (count() > 0) {
			select(numberAt(to));
		}
	}

	function reveal(n: number): void {
		const top = placeOf(n) * rowHeight();
		if (top < root.scrollTop) {
			root.scrollTop = top;
		} else if (top + 2 * rowHeight() > root.scrollTop + root.clientHeight) {
			root.scrollTop = top + 2 * rowHeight() - root.clientHeight;
		}
	}

	root.addEventListener('keydown', event => {
		const place = selected === undefined ? -1 : placeOf(selected);
		const page = Math.max(1, Math.floor(root.clientHeight / rowHeight()) - 2);
		const moves: Readonly<Record<string, number>> = {
			...{ ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page },
			...{ Home: 0, End: count() - 1 },
		};
		const to = moves[event.key];
		if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
			event.preventDefault();
			go(to);
		}
	});
	body.addEventListener('click', event => {
		const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-n]') : null;
		if (row && getSelection()?.isCollapsed !== false) {
			select(Number(row.dataset.n));
		}
	});
	root.addEventListener('scroll', redraw, { passive: true });
	new ResizeObserver(redraw).observe(root);

	return {
		root,
		refresh: redraw,
		mark: n => {
			selected = n;
			if (n !== undefined) {
				reveal(n);
			}
			redraw();
		},
		toEnd: () => {
			root.scrollTop = count() * rowHeight();
			redraw();
		},
	};
}
