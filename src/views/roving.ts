/**
 * One stop of the Tab key for a group of things, and arrow keys between them (the pattern of ARIA's toolbars and grids).
 * Whoever fills the group anew calls `refresh`; the thing with the same id, or the same place, keeps the focus.
 */
export interface Roving {
	refresh(): void;
}

/** `next` gives the place to go to from `from`; without it the arrows go one thing back or on. */
export function roving(
	group: HTMLElement | SVGElement,
	selector: string,
	next: (key: string, from: number, things: readonly HTMLElement[]) => number | undefined = inRow,
): Roving {
	let current = 0;
	const things = () => [...group.querySelectorAll<HTMLElement>(selector)];
	const mark = (all: readonly HTMLElement[]) => {
		current = Math.max(0, Math.min(current, all.length - 1));
		for (const [index, thing] of all.entries()) {
			thing.tabIndex = index === current ? 0 : -1;
		}
	};
	group.addEventListener('keydown', event => {
		const { key, altKey, ctrlKey, metaKey } = event as KeyboardEvent;
		const target = event.target as HTMLElement;
		const all = things();
		const from = all.indexOf(target);
		if (from < 0 || altKey || ctrlKey || metaKey) {
			return;
		}
		const to = next(key, from, all);
		if (to !== undefined && all[to]) {
			event.preventDefault();
			current = to;
			mark(all);
			all[to].focus();
		}
	});
	group.addEventListener('focusin', event => {
		const all = things();
		const found = all.indexOf(event.target as HTMLElement);
		if (found >= 0) {
			current = found;
			mark(all);
		}
	});
	mark(things());
	return { refresh: () => mark(things()) };
}

function inRow(key: string, from: number, things: readonly HTMLElement[]): number | undefined {
	switch (key) {
		case 'ArrowRight':
		case 'ArrowDown':
			return Math.min(from + 1, things.length - 1);
		case 'ArrowLeft':
		case 'ArrowUp':
			return Math.max(from - 1, 0);
		case 'Home':
			return 0;
		case 'End':
			return things.length - 1;
		default:
			return undefined;
	}
}
