import type { Matrix, Row } from './matrix';

/** The rows that do not say the same everywhere. */
export function differing({ columns, rows }: Matrix): Matrix {
	return { columns, rows: rows.filter(({ mark }) => mark !== 'equal') };
}

/** What a row is about, for people: "Worker: setting 'Greeting'". */
export function rowWords({ kind, role, name }: Pick<Row, 'kind' | 'role' | 'name'>): string {
	const own = kind === 'setting' || kind === 'certificate' ? `${kind} '${name}'` : kind;
	return role === undefined ? own : `${role}: ${own}`;
}

/** A cell for people, with its marks in words. */
export function cellWords({ shown, emulatorOnly }: Row['cells'][number]): string {
	return shown === undefined
		? '(missing)'
		: `${shown === '' ? '(empty)' : shown}${emulatorOnly ? ' (emulator only)' : ''}`;
}

/** Row by row, a line for each configuration. */
export function matrixText({ columns, rows }: Matrix): string {
	const width = Math.max(0, ...columns.map(({ name }) => name.length));
	const lines = rows.flatMap(row => [
		`${rowWords(row)}: ${row.mark}${row.declared ? '' : ', not declared'}`,
		...row.cells.map((cell, index) => `  ${(columns[index]?.name ?? '').padEnd(width)}  ${cellWords(cell)}`),
	]);
	return lines.map(line => `${line}\n`).join('');
}
