import type { Row } from '../../compare/matrix';
import { button, element, toggle } from '../element';
import { announce, connect } from '../page';
import { fill } from '../protocol';
import { cellActions } from './actions';
import { changesBetween, keyOf, passing, subjectOf } from './cells';
import { matrixGrid } from './grid';
import type { FromMatrix, MatrixView, MatrixWords, ShownColumn, ToMatrix } from './protocol';

const { words, kept, keep, post, onMessage, loaded } = connect<ToMatrix, FromMatrix, MatrixWords, MatrixView>();

/** More rows than anybody reads are not drawn; the filter gets to the others. */
const mostRows = 1000;

let columns: readonly ShownColumn[] = [];
let rows: readonly Row[] | undefined;
let view: MatrixView = {
	filter: typeof kept?.filter === 'string' ? kept.filter : '',
	onlyDifferences: kept?.onlyDifferences === true,
	cell: typeof kept?.cell === 'string' ? kept.cell : '',
};
/** The secrets that somebody asked for; kept nowhere else. */
const revealed = new Map<string, string>();

const heading = element('h1', {});
const count = element('span', { class: 'count' });
const nothing = element('p', { class: 'nothing', hidden: true });
const filter = element('input', {
	...{ type: 'search', placeholder: words.filter, 'aria-label': words.filter, value: view.filter },
});
const onlyDifferences = toggle(words.onlyDifferences, view.onlyDifferences, pressed =>
	look({ onlyDifferences: pressed }),
);
const compareTexts = button(words.compareTexts, () => post({ type: 'compareTexts' }), { hidden: true });
const scroll = element('div', { class: 'matrix' });
const grid = matrixGrid(scroll, words, view.cell, {
	moved: cell => {
		view = { ...view, cell };
		keep(view);
		showActions();
	},
	set: ({ row, column }, value) => post({ type: 'set', subject: subjectOf(row), path: column.path, value }),
	open: ({ path }, row) => post({ type: 'open', path, ...(row && { subject: subjectOf(row) }) }),
	refused: announce,
});
const actions = cellActions(
	words,
	() => grid,
	post,
	({ id }) => {
		revealed.delete(id);
		draw();
	},
);

function showActions(): void {
	const place = grid.current;
	actions.show(place, columns, place !== undefined && revealed.has(place.id));
}

function draw(): void {
	const all = rows ?? [];
	const found = passing(words, all, view.filter, view.onlyDifferences);
	const drawn = found.slice(0, mostRows);
	count.textContent =
		drawn.length < found.length
			? fill(words.tooMany, drawn.length, found.length)
			: fill(words.rowsOf, found.length, all.length);
	nothing.textContent = columns.length === 0 ? words.noConfigurations : words.nothing;
	nothing.hidden = found.length > 0;
	grid.show(columns, drawn, revealed);
}

function look(change: Partial<MatrixView>): void {
	view = { ...view, ...change };
	keep(view);
	draw();
	announce(count.textContent ?? '');
}

filter.addEventListener('input', () => look({ filter: filter.value }));
document.addEventListener('keydown', event => {
	const isUndo =
		event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
	if (isUndo && !(event.target instanceof HTMLInputElement)) {
		event.preventDefault();
		post({ type: 'undo' });
	}
});

document.getElementById('page')?.append(
	element('div', { class: 'heading' }, heading, count),
	element(
		'div',
		{ class: 'toolbar', role: 'group', 'aria-label': words.view },
		filter,
		onlyDifferences,
		element('span', { class: 'space' }),
		compareTexts,
		button(words.undo, () => post({ type: 'undo' })),
	),
	actions.element,
	nothing,
	scroll,
	element('p', { id: 'grid-help', class: 'help' }, words.gridHelp),
);

onMessage(message => {
	switch (message.type) {
		case 'matrix': {
			const before = rows && { columns, rows };
			heading.textContent = message.title;
			if (!before && kept === undefined && message.onlyDifferences) {
				view = { ...view, onlyDifferences: true };
				onlyDifferences.setAttribute('aria-pressed', 'true');
			}
			({ columns, rows } = message);
			compareTexts.hidden = columns.length !== 2;
			askAgain(message.rows);
			draw();
			if (!before && document.hasFocus() && document.activeElement === document.body) {
				grid.focus();
			}
			tell(before ? changesBetween(words, before, { columns, rows: message.rows }) : []);
			return;
		}
		case 'secret':
			revealed.set(keyOf(message.subject, message.path), message.value);
			draw();
			return;
		case 'said':
			announce(message.text);
			return;
	}
});
loaded();

/** What was shown may be another secret now, or none. */
function askAgain(present: readonly Row[]): void {
	const known = new Map(
		present.flatMap(row => columns.map(({ path }, index) => [keyOf(row, path), { row, path, index }])),
	);
	for (const id of [...revealed.keys()]) {
		const at = known.get(id);
		if (at?.row.cells[at.index]?.secret) {
			post({ type: 'reveal', subject: subjectOf(at.row), path: at.path });
		} else {
			revealed.delete(id);
		}
	}
}

function tell(changes: readonly string[]): void {
	if (changes.length > 3) {
		announce(fill(words.manyChanged, changes.length));
	} else if (changes.length > 0) {
		announce(changes.join('. '));
	}
}
