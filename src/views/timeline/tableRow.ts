import { element } from '../element';
import type { Row } from './protocol';

/**
 * A row of the table, which shows one entry and later another: what comes into view takes over the elements of what went
 * out of it, and only what differs is written. Making forty rows anew in every frame is what would take time.
 */
export class TableRow {
	private readonly cells = Array.from({ length: 4 }, () => element('span', { role: 'gridcell' }));
	readonly element = element('div', { role: 'row', class: 'row' }, ...this.cells);
	private n = 0;
	private place = -1;
	private row: Row | undefined;

	/** `row`: `undefined` while its text is still asked for. `place`: counts from 0. */
	show(n: number, place: number, row: Row | undefined, selected: boolean): void {
		if (n !== this.n) {
			this.element.id = `row-${n}`;
			this.element.dataset.n = String(n);
		}
		if (n !== this.n || row !== this.row) {
			this.element.classList.toggle('bad', row?.bad ?? false);
			const texts = [String(n), row?.time ?? '', row?.instance ?? '', row?.text ?? '…'];
			for (const [index, text] of texts.entries()) {
				write(this.cells[index], text);
			}
		}
		if (place !== this.place) {
			// The head of the table is the first row.
			this.element.setAttribute('aria-rowindex', String(place + 2));
		}
		if (this.element.ariaSelected !== String(selected)) {
			this.element.setAttribute('aria-selected', String(selected));
		}
		this.n = n;
		this.row = row;
		this.place = place;
	}
}

function write(cell: HTMLElement | undefined, text: string): void {
	if (cell && cell.textContent !== text) {
		cell.textContent = text;
	}
}
