import { button, element } from '../element';
import { fill } from '../protocol';
import { roving } from '../roving';
import { rowWords, subjectOf } from './cells';
import type { Grid, Place } from './grid';
import type { FromMatrix, MatrixWords, ShownColumn } from './protocol';

export interface CellActions {
	readonly element: HTMLElement;
	/** For the cell that the keys are at, `undefined` for none. */
	show(place: Place | undefined, columns: readonly ShownColumn[], revealed: boolean): void;
}

/** What can be done with the cell that the keys are at: a toolbar of its own, so that every action has a name and a key. */
export function cellActions(
	words: MatrixWords,
	grid: () => Grid,
	post: (message: FromMatrix) => void,
	hide: (place: Place) => void,
): CellActions {
	const about = element('span', { class: 'about' }, words.noCell);
	const buttons = element('span', { class: 'buttons' });
	const bar = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': words.cellActions }, about, buttons);
	const keys = roving(bar, 'button');
	return {
		element: bar,
		show: (place, columns, revealed) => {
			const pressed = bar.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
			about.textContent = place ? `${rowWords(words, place.row)} · ${place.column.name}` : words.noCell;
			buttons.replaceChildren(...(place ? buttonsFor(words, place, columns, revealed, { grid, post, hide }) : []));
			keys.refresh();
			if (pressed) {
				const all = [...buttons.querySelectorAll('button')];
				(all.find(each => each.textContent === pressed) ?? all[0])?.focus();
			}
		},
	};
}

interface Doing {
	readonly grid: () => Grid;
	readonly post: (message: FromMatrix) => void;
	readonly hide: (place: Place) => void;
}

function buttonsFor(
	words: MatrixWords,
	place: Place,
	columns: readonly ShownColumn[],
	revealed: boolean,
	{ grid, post, hide }: Doing,
): readonly HTMLElement[] {
	const { row, column, index } = place;
	const cell = row.cells[index];
	const subject = subjectOf(row);
	const { path } = column;
	const isThere = cell?.shown !== undefined;
	const writable = columns.filter(each => each.locked === undefined);
	const others = writable.filter(each => each.path !== path);
	const lacking = writable.filter(each => row.cells[columns.indexOf(each)]?.shown === undefined);
	const mayWrite = column.locked === undefined;
	return [
		...(mayWrite ? [button(words.edit, () => grid().edit())] : []),
		...(isThere && cell.secret
			? [
					revealed
						? button(words.hide, () => hide(place))
						: button(words.show, () => post({ type: 'reveal', subject, path })),
				]
			: []),
		...(!isThere && mayWrite ? [button(words.add, () => post({ type: 'add', subject, paths: [path] }))] : []),
		...(lacking.length > 1
			? [button(words.addEverywhere, () => post({ type: 'add', subject, paths: lacking.map(each => each.path) }))]
			: []),
		button(words.openText, () => post({ type: 'open', path, subject })),
		...(isThere && others.length > 1
			? [button(words.copyToAll, () => post({ type: 'copy', subject, from: path, to: others.map(each => each.path) }))]
			: []),
		...(isThere
			? others.map(each =>
					button(fill(words.copyTo, each.name), () => post({ type: 'copy', subject, from: path, to: [each.path] })),
				)
			: []),
	];
}
