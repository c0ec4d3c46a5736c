import { element, setAttributes } from '../element';
import { perFrame } from '../frames';
import { onLeavingEnd } from './leavingEnd';
import type { TimelineWords } from './protocol';
import type { Rows } from './rows';
import { TableRow } from './tableRow';

export interface TableContext {
	readonly words: TimelineWords;
	readonly rows: Rows;
	/** How many entries there are to see, and the number of the one at a place. */
	readonly count: () => number;
	readonly numberAt: (place: number) => number;
	readonly placeOf: (n: number) => number;
	readonly select: (n: number) => void;
	/** The person scrolled away from the newest entry, or back to it. */
	readonly followed: (follows: boolean) => void;
}

export interface Table {
	readonly root: HTMLElement;
	refresh(): void;
	mark(n: number | undefined): void;
	/** While it follows, the newest entry is what is seen. */
	follow(follows: boolean): void;
}

/** Rows beyond the edges, so that a small movement shows no gap. */
const spare = 8;

/** The same entries as text, a row each; only those that are seen exist. */
export function makeTable({ words, rows, count, numberAt, placeOf, select, followed }: TableContext): Table {
	const { root, head, size, body } = makeElements(words);
	const shown = new Map<number, TableRow>();
	let selected: number | undefined;
	let following = false;

	const rowHeight = () => head.offsetHeight || 22;

	const redraw = perFrame(() => {
		if (root.clientHeight === 0) {
			return;
		}
		const [height, tall] = [rowHeight(), root.clientHeight];
		// With the head, which stays above what is scrolled.
		size.style.height = `${(count() + 1) * height}px`;
		if (following) {
			root.scrollTop = root.scrollHeight;
		}
		const first = Math.max(0, Math.floor(root.scrollTop / height) - spare);
		const last = Math.min(count(), first + Math.ceil(tall / height) + 2 * spare);
		const numbers = Array.from({ length: Math.max(0, last - first) }, (_, index) => numberAt(first + index));
		body.style.transform = `translateY(${first * height}px)`;
		root.setAttribute('aria-rowcount', String(count() + 1));
		showRows(numbers, first);
		const isShown = selected !== undefined && shown.has(selected);
		setAttributes(root, { 'aria-activedescendant': isShown ? `row-${selected}` : undefined });
	});

	/** What stays stays where it is in the document; what went out of view shows what came into it. */
	function showRows(numbers: readonly number[], first: number): void {
		const wanted = new Set(numbers);
		const known = rows.of(numbers);
		const free: TableRow[] = [];
		for (const [n, row] of shown) {
			if (!wanted.has(n)) {
				shown.delete(n);
				row.element.remove();
				free.push(row);
			}
		}
		let next = body.firstChild;
		for (const [index, n] of numbers.entries()) {
			const row = shown.get(n) ?? free.pop() ?? new TableRow();
			shown.set(n, row);
			row.show(n, first + index, known[index], n === selected);
			if (row.element === next) {
				next = next.nextSibling;
			} else {
				body.insertBefore(row.element, next);
			}
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
		if (to !== undefined && count() > 0 && !event.ctrlKey && !event.metaKey && !event.altKey) {
			event.preventDefault();
			select(numberAt(Math.max(0, Math.min(to, count() - 1))));
		}
	});
	body.addEventListener('click', event => {
		const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-n]') : null;
		if (row && getSelection()?.isCollapsed !== false) {
			select(Number(row.dataset.n));
		}
	});
	root.addEventListener('scroll', redraw, { passive: true });
	onLeavingEnd(
		root,
		'scrollTop',
		() => root.scrollTop + root.clientHeight >= root.scrollHeight - rowHeight(),
		followed,
	);
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
		follow: follows => {
			following = follows;
			redraw();
		},
	};
}

function makeElements(words: TimelineWords) {
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
	return { root, head, size, body };
}
