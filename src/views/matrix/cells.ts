import type { Cell, Row, RowSubject } from '../../compare/matrix';
import { fill } from '../protocol';
import type { MatrixWords, ShownColumn } from './protocol';

/** What the grid says of its rows and cells, and which of them it shows: no DOM in here. */

/** The same for the same row or cell of the next matrix. */
export function keyOf({ kind, role, name }: RowSubject, path = ''): string {
	return JSON.stringify([kind, role ?? null, name, path]);
}

export function subjectOf({ kind, role, name }: RowSubject): RowSubject {
	return { kind, role, name };
}

/** "Setting Key" */
export function entryWords(words: MatrixWords, { kind, name }: RowSubject): string {
	return fill(words[`kind:${kind}`], name);
}

/** "Mill, Setting Key": the role first, as whoever hears a single row does not see below which heading it stands. */
export function rowWords(words: MatrixWords, row: RowSubject): string {
	return row.role === undefined ? entryWords(words, row) : `${row.role}, ${entryWords(words, row)}`;
}

/** The shape beside the word of a mark, so that nobody has to tell it by a colour. */
export const signs: Readonly<Record<Row['mark'], string>> = { equal: '=', different: '≠', missing: '∅' };

export function stateWords(words: MatrixWords, { mark, declared }: Row): string {
	return declared ? words[`mark:${mark}`] : `${words[`mark:${mark}`]}, ${words.undeclared}`;
}

/** What is said of a cell beside its value, each a word with a shape of its own. */
export function notesOf(words: MatrixWords, cell: Cell, revealed: boolean): readonly string[] {
	return [...(cell.emulatorOnly ? [words.emulatorOnly] : []), ...(cell.secret && !revealed ? [words.hidden] : [])];
}

/** What stands in a cell: its value as it may be shown, or what stands for none. */
export function cellText(words: MatrixWords, { mark }: Row, { shown }: Cell, revealed?: string): string {
	if (shown === undefined) {
		return mark === 'missing' ? words.missing : words.notGiven;
	}
	return (revealed ?? shown) || words.empty;
}

/** A cell for a screen reader, which reads the headers of row and column itself. */
export function cellSays(
	words: MatrixWords,
	row: Row,
	column: ShownColumn,
	cell: Cell,
	revealed: string | undefined,
): string {
	const notes = notesOf(words, cell, revealed !== undefined);
	const locked = column.locked === undefined ? [] : [words.locked];
	return [cellText(words, row, cell, revealed), ...notes, stateWords(words, row), ...locked].join(', ');
}

/** The rows in which all words of the filter occur, in a name or in a value as it is shown. */
export function passing(
	words: MatrixWords,
	rows: readonly Row[],
	filter: string,
	onlyDifferences: boolean,
): readonly Row[] {
	const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return rows.filter(row => {
		if (onlyDifferences && row.mark === 'equal') {
			return false;
		}
		const text = [
			rowWords(words, row),
			stateWords(words, row),
			...row.cells.flatMap(cell => [cell.shown ?? '', ...notesOf(words, cell, false)]),
		];
		const all = text.join('\n').toLowerCase();
		return wanted.every(each => all.includes(each));
	});
}

/** Rows of the service, then role by role, as they come. */
export function byRole(rows: readonly Row[]): readonly { readonly role: string | undefined; readonly rows: Row[] }[] {
	const groups: { role: string | undefined; rows: Row[] }[] = [];
	for (const row of rows) {
		const last = groups.at(-1);
		if (last && last.role === row.role) {
			last.rows.push(row);
		} else {
			groups.push({ role: row.role, rows: [row] });
		}
	}
	return groups;
}

/** What is another value than before, in words; only of rows and configurations that were there before. */
export function changesBetween(
	words: MatrixWords,
	before: { readonly columns: readonly ShownColumn[]; readonly rows: readonly Row[] },
	after: { readonly columns: readonly ShownColumn[]; readonly rows: readonly Row[] },
): readonly string[] {
	const place = new Map(before.columns.map(({ path }, index) => [path, index]));
	const known = new Map(before.rows.map(row => [keyOf(row), row]));
	return after.rows.flatMap(row => {
		const old = known.get(keyOf(row));
		return after.columns.flatMap(({ path, name }, index) => {
			const cell = row.cells[index];
			const was = old?.cells[place.get(path) ?? -1];
			const same = cell?.shown === was?.shown;
			return !cell || !place.has(path) || same
				? []
				: [fill(words.changed, rowWords(words, row), name, cellText(words, row, cell))];
		});
	});
}

/** Where a key goes in a grid of this width whose cells are counted row by row; `undefined` where it stays. */
export function nextCell(key: string, from: number, width: number, count: number): number | undefined {
	const column = from % width;
	const last = count - width + column;
	switch (key) {
		case 'ArrowRight':
			return column < width - 1 ? from + 1 : from;
		case 'ArrowLeft':
			return column > 0 ? from - 1 : from;
		case 'ArrowDown':
			return Math.min(from + width, last);
		case 'ArrowUp':
			return Math.max(from - width, column);
		case 'PageDown':
			return Math.min(from + 10 * width, last);
		case 'PageUp':
			return Math.max(from - 10 * width, column);
		case 'Home':
			return from - column;
		case 'End':
			return from - column + width - 1;
		default:
			return undefined;
	}
}
