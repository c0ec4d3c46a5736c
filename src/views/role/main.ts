import { button, element } from '../element';
import { announce, connect } from '../page';
import { fill } from '../protocol';
import { fieldOf } from './field';
import { problemList } from './problems';
import type { FromRole, RoleWords, ShownEntry, ShownForm, ShownSection, ToRole } from './protocol';
import { problemCount, problemsIn } from './said';

const { words, post, onMessage, loaded } = connect<ToRole, FromRole, RoleWords, null>();

/** The secrets that somebody asked for; kept nowhere else. */
const secrets = new Map<string, string>();
let form: ShownForm | undefined;
let drawing = false;

const heading = element('h1', {});
const kind = element('span', { class: 'count' });
const body = element('div', { class: 'role-form' });
document.getElementById('page')?.append(
	element('div', { class: 'heading' }, heading, kind),
	element(
		'div',
		{ class: 'toolbar' },
		button(words.openText, () => post({ type: 'open', id: '' })),
		button(words.undo, () => post({ type: 'undo' })),
		element('span', { class: 'help' }, words.help),
	),
	body,
);
document.addEventListener('keydown', event => {
	const isUndo =
		event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
	// In a field that was typed into, it takes back what was typed.
	const field = event.target instanceof HTMLInputElement ? event.target : undefined;
	if (isUndo && (!field || field.value === field.defaultValue)) {
		event.preventDefault();
		post({ type: 'undo' });
	}
});

onMessage(message => {
	switch (message.type) {
		case 'form': {
			const before = form;
			form = message.form;
			askAgain(form);
			draw();
			if (before && before.role === form.role && problemsIn(before) !== problemsIn(form)) {
				announce(problemCount(words, form));
			}
			return;
		}
		case 'gone':
			form = undefined;
			kind.textContent = '';
			body.replaceChildren(element('p', {}, message.text));
			announce(message.text);
			return;
		case 'secret':
			secrets.set(message.id, message.value);
			draw();
			return;
		case 'said':
			announce(message.text);
			return;
	}
});
loaded();

/** What is focused stays focused, and what was typed into it and not taken yet stays typed. */
function draw(): void {
	if (!form) {
		return;
	}
	const active = document.activeElement;
	const id = active instanceof HTMLElement ? (active.dataset.field ?? active.dataset.action) : undefined;
	const typed =
		active instanceof HTMLInputElement && active.value !== active.defaultValue && active.value !== active.dataset.taken
			? { value: active.value, start: active.selectionStart, end: active.selectionEnd }
			: undefined;
	heading.textContent = form.role;
	kind.textContent = form.kind;
	const problems = problemList(words, form.problems);
	drawing = true;
	body.replaceChildren(problems, ...form.sections.map(section));
	drawing = false;
	const same = id === undefined ? undefined : find(id);
	same?.focus({ preventScroll: true });
	if (typed && same instanceof HTMLInputElement) {
		same.value = typed.value;
		same.setSelectionRange(typed.start, typed.end);
	}
}

function find(id: string): HTMLElement | undefined {
	const name = CSS.escape(id);
	return document.querySelector<HTMLElement>(`[data-field="${name}"], [data-action="${name}"]`) ?? undefined;
}

function section({ id, title, add, entries }: ShownSection): HTMLElement {
	const headingId = `section ${id}`.replaceAll(' ', '-');
	return element(
		'section',
		{ 'aria-labelledby': headingId },
		element(
			'div',
			{ class: 'section-head' },
			element('h2', { id: headingId }, title),
			...(add
				? [button(add.text, () => post({ type: 'add', what: add.what }), { 'data-action': `add ${add.what}` })]
				: []),
		),
		...(entries.length === 0 ? [element('p', { class: 'hint' }, words.none)] : entries.map(entry)),
	);
}

function entry({ id, title, note, problems, fields, own, removable, renamable }: ShownEntry): HTMLElement {
	const shown = fields.map(field =>
		fieldOf(
			words,
			field,
			{
				secret: secrets.get(field.id),
				isLeaving: () => drawing,
				hide: () => {
					secrets.delete(field.id);
					draw();
				},
			},
			post,
		),
	);
	if (title === '') {
		return element('div', { class: 'entry plain' }, problemList(words, problems), ...shown);
	}
	const action = (text: string, named: string, type: 'open' | 'rename' | 'remove') =>
		button(text, () => post({ type, id }), {
			...{ class: 'link', 'data-action': `${type} ${id}`, 'aria-label': fill(named, title) },
		});
	const actions = [
		...(own ? [action(words.openText, words.openNamed, 'open')] : []),
		...(renamable ? [action(words.rename, words.renameNamed, 'rename')] : []),
		...(removable ? [action(words.remove, words.removeNamed, 'remove')] : []),
	];
	return element(
		'fieldset',
		{ class: 'entry' },
		element('legend', {}, title, ' ', element('span', { class: 'count' }, note)),
		element('div', { class: 'entry-actions' }, ...actions),
		problemList(words, problems),
		...shown,
	);
}

/** What was shown may be another secret now, or none. */
function askAgain({ sections }: ShownForm): void {
	const fields = new Map(
		sections.flatMap(each => each.entries.flatMap(one => one.fields.map(field => [field.id, field]))),
	);
	for (const id of [...secrets.keys()]) {
		if (fields.get(id)?.secret) {
			post({ type: 'reveal', id });
		} else {
			secrets.delete(id);
		}
	}
}
