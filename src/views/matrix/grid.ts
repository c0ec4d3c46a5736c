import type { Row } from '../../compare/matrix';
import { button, element } from '../element';
import { fill } from '../protocol';
import { roving } from '../roving';
import { byRole, cellSays, cellText, entryWords, keyOf, nextCell, notesOf, rowWords, signs, stateWords } from './cells';
import { type Editing, editIn } from './editing';
import type { MatrixWords, ShownColumn } from './protocol';

/** A cell of a configuration. */
export interface Place {
	readonly row: Row;
	readonly column: ShownColumn;
	readonly index: number;
	readonly id: string;
}

export interface Grid {
	show(columns: readonly ShownColumn[], rows: readonly Row[], revealed: ReadonlyMap<string, string>): void;
	/** The cell that the keys are at, where it is one of a configuration. */
	readonly current: Place | undefined;
	edit(): void;
	focus(): void;
}

export interface GridActions {
	/** The keys are at another cell, or the same one has been drawn anew. */
	moved(id: string): void;
	set(place: Place, value: string): void;
	open(column: ShownColumn, row?: Row): void;
	refused(reason: string): void;
}

/**
 * The matrix as a grid of ARIA: one stop of the Tab key, arrow keys from cell to cell, Enter or F2 to edit, Escape to
 * leave a value as it was. It is drawn anew for every matrix; the cell that has the focus, or is being edited, keeps it.
 */
export function matrixGrid(place: HTMLElement, words: MatrixWords, at: string, actions: GridActions): Grid {
	const table = element('table', { role: 'grid', 'aria-label': words.grid, 'aria-describedby': 'grid-help' });
	place.append(table);
	let shown: { columns: readonly ShownColumn[]; revealed: ReadonlyMap<string, string> } = {
		columns: [],
		revealed: new Map(),
	};
	const places = new Map<string, Place>();
	let current = at;
	let editing: (Editing & { readonly id: string }) | undefined;
	const keys = roving(table, '[data-id]', (key, from, things) =>
		nextCell(key, from, shown.columns.length + 2, things.length),
	);

	const cellWith = (id: string) => table.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? undefined;
	const idOf = (target: EventTarget | null) =>
		target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined;

	const edit = () => {
		const at = places.get(current);
		const cell = cellWith(current);
		if (!at || !cell || editing) {
			return;
		}
		if (at.column.locked !== undefined) {
			actions.refused(at.column.locked);
			return;
		}
		const { row, column, index, id } = at;
		const own = row.cells[index];
		const revealed = shown.revealed.get(id);
		const isHidden = own?.secret === true && revealed === undefined;
		const label = fill(words.editing, rowWords(words, row), column.name);
		editing = {
			...editIn(cell, {
				value: isHidden ? '' : (revealed ?? own?.shown ?? ''),
				label: isHidden ? `${label}. ${words.newSecret}` : label,
				placeholder: isHidden ? words.newSecret : '',
				masked: own?.secret === true && revealed === undefined,
				done: value => {
					editing = undefined;
					cellWith(id)?.replaceChildren(...contentOf(words, row, index, shown.revealed.get(id)));
					if (value !== undefined) {
						actions.set(at, value);
					}
				},
				left: () => cellWith(id)?.focus(),
			}),
			id,
		};
	};

	table.addEventListener('focusin', event => {
		const id = idOf(event.target);
		if (id !== undefined && id !== current) {
			current = id;
			actions.moved(current);
		}
	});
	table.addEventListener('keydown', event => {
		if (editing || (event.key !== 'Enter' && event.key !== 'F2')) {
			return;
		}
		event.preventDefault();
		const column = shown.columns.find(({ path }) => path === current);
		if (column) {
			actions.open(column);
		} else {
			edit();
		}
	});
	table.addEventListener('dblclick', event => {
		const id = idOf(event.target);
		if (id !== undefined && id === current) {
			edit();
		}
	});
	table.addEventListener('mousedown', event => {
		const id = idOf(event.target);
		if (id !== undefined && id !== editing?.id) {
			cellWith(id)?.focus();
		}
	});

	return {
		show: (columns, rows, revealed) => {
			const focused = table.contains(document.activeElement) && !editing;
			shown = { columns, revealed };
			places.clear();
			for (const row of rows) {
				for (const [index, column] of columns.entries()) {
					const id = keyOf(row, column.path);
					places.set(id, { row, column, index, id });
				}
			}
			const redraw = () => {
				table.replaceChildren(
					headOf(words, columns, actions),
					...byRole(rows).map(group => bodyOf(words, group, columns, revealed)),
				);
				if (editing) {
					const cell = cellWith(editing.id);
					if (cell) {
						cell.replaceChildren(editing.input);
					} else {
						editing = undefined;
					}
				}
			};
			editing ? editing.keptWhile(redraw) : redraw();
			keys.refresh();
			const cell = cellWith(current);
			if (cell && !editing) {
				table.querySelector<HTMLElement>('[data-id][tabindex="0"]')?.setAttribute('tabindex', '-1');
				cell.tabIndex = 0;
			}
			if (focused) {
				(cell ?? table.querySelector<HTMLElement>('[data-id][tabindex="0"]'))?.focus({ preventScroll: true });
			}
			actions.moved(current);
		},
		get current() {
			return places.get(current);
		},
		edit,
		focus: () => (cellWith(current) ?? table.querySelector<HTMLElement>('[data-id][tabindex="0"]'))?.focus(),
	};
}

function headOf(words: MatrixWords, columns: readonly ShownColumn[], actions: GridActions): HTMLElement {
	const heads = columns.map(column => {
		const head = element(
			'th',
			{ role: 'columnheader', scope: 'col', 'data-id': column.path, title: column.locked ?? column.path, tabindex: -1 },
			button(column.name, () => actions.open(column), { class: 'link', tabindex: -1 }),
		);
		if (column.locked !== undefined) {
			head.append(' ', element('span', { class: 'note' }, `⊘\u00a0${words.locked}`));
		}
		return head;
	});
	return element(
		'thead',
		{ role: 'rowgroup' },
		element(
			'tr',
			{ role: 'row' },
			element('th', { role: 'columnheader', scope: 'col', 'data-id': 'entry', tabindex: -1 }, words.entry),
			element('th', { role: 'columnheader', scope: 'col', 'data-id': 'state', tabindex: -1 }, words.state),
			...heads,
		),
	);
}

function bodyOf(
	words: MatrixWords,
	{ role, rows }: ReturnType<typeof byRole>[number],
	columns: readonly ShownColumn[],
	revealed: ReadonlyMap<string, string>,
): HTMLElement {
	const heading = element(
		'tr',
		{ class: 'group', role: 'presentation' },
		element(
			'td',
			{ colspan: columns.length + 2, role: 'presentation', 'aria-hidden': 'true' },
			element('span', {}, role ?? words.service),
		),
	);
	const lines = rows.map(row => {
		const cells = columns.map((column, index) => {
			const id = keyOf(row, column.path);
			const cell = row.cells[index];
			const own = revealed.get(id);
			const looks = [
				row.mark,
				...(cell?.shown === undefined ? ['absent'] : []),
				...(cell?.emulatorOnly ? ['emulator'] : []),
			];
			return element(
				'td',
				{
					...{ role: 'gridcell', 'data-id': id, tabindex: -1, class: looks.join(' ') },
					'aria-label': cell && cellSays(words, row, column, cell, own),
					...(column.locked !== undefined && { 'aria-readonly': 'true' }),
				},
				...contentOf(words, row, index, own),
			);
		});
		const key = keyOf(row);
		const title = entryWords(words, row);
		return element(
			'tr',
			{ role: 'row', class: row.mark },
			element(
				'th',
				{
					...{ role: 'rowheader', scope: 'row', 'data-id': `entry ${key}`, tabindex: -1 },
					...{ 'aria-label': rowWords(words, row), title },
				},
				title,
			),
			element(
				'td',
				{ role: 'gridcell', class: 'state', 'data-id': `state ${key}`, tabindex: -1 },
				element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[row.mark]),
				` ${stateWords(words, row)}`,
			),
			...cells,
		);
	});
	return element('tbody', { role: 'rowgroup' }, heading, ...lines);
}

function contentOf(words: MatrixWords, row: Row, index: number, revealed: string | undefined): readonly Node[] {
	const cell = row.cells[index];
	if (!cell) {
		return [];
	}
	const text = cellText(words, row, cell, revealed);
	const isValue = cell.shown !== undefined && (revealed ?? cell.shown) !== '';
	const sign = cell.shown === undefined ? `${row.mark === 'missing' ? signs.missing : '–'} ` : '';
	return [
		element('span', { class: isValue ? 'value' : 'none' }, `${sign}${text}`),
		...notesOf(words, cell, revealed !== undefined).map(note =>
			element('span', { class: 'note' }, note === words.emulatorOnly ? `⚙\u00a0${note}` : `•\u00a0${note}`),
		),
	];
}
