import { button, element } from '../element';
import { fill } from '../protocol';
import { problemList } from './problems';
import type { FromRole, RoleWords, ShownField } from './protocol';

/** What a field keeps when the form is drawn anew around it. */
export interface FieldState {
	/** Shown because somebody asked for it. */
	readonly secret: string | undefined;
	readonly hide: () => void;
	/** The field goes because the form is drawn anew, and what was typed is not finished. */
	readonly isLeaving: () => boolean;
}

let drawn = 0;

/** A field with its label, what is known of it, and what is wrong with it. Enter or leaving it takes the value, Escape leaves it. */
export function fieldOf(
	words: RoleWords,
	field: ShownField,
	state: FieldState,
	post: (message: FromRole) => void,
): HTMLElement {
	const control = field.closed ? choice(words, field) : text(words, field, state);
	// Field ids are names from a file; in the page every drawing gives ids of its own.
	control.id = `field-${++drawn}`;
	control.dataset.field = field.id;
	const notes = [
		field.missing && field.problems.length === 0 ? words.missing : '',
		field.hint,
		field.locked ?? '',
	].filter(Boolean);
	const hint = element('p', { class: 'hint' }, notes.join(' · '));
	const about = element('div', { id: `${control.id}-about` }, problemList(words, field.problems), hint);
	control.setAttribute('aria-describedby', about.id);
	const proposals = field.closed ? [] : proposalsFor(control, field);
	if (field.problems.some(({ severity }) => severity === 'error') || field.missing) {
		control.setAttribute('aria-invalid', 'true');
	}
	take(control, field, state, post);
	return element(
		'div',
		{ class: 'field' },
		element(
			'label',
			{ for: control.id },
			field.label,
			...(field.required ? [element('span', { 'aria-hidden': 'true' }, ' *')] : []),
		),
		element('div', { class: 'control' }, control, ...proposals, ...buttonsOf(words, field, state, post)),
		about,
	);
}

type Control = HTMLInputElement | HTMLSelectElement;

function choice(words: RoleWords, field: ShownField): HTMLSelectElement {
	const { value, choices } = field;
	// What nobody may write is shown all the same, where somebody wrote it.
	const unknown = value !== undefined && !choices.includes(value) ? [value] : [];
	const options = [...unknown, ...choices].map(each =>
		element('option', { value: each, selected: each === value }, each),
	);
	const none =
		field.required && value !== undefined
			? []
			: [element('option', { value: '', selected: value === undefined }, absentWords(words, field))];
	const made = element('select', { disabled: field.locked !== undefined }, ...none, ...options);
	made.value = value ?? '';
	return made;
}

function text(words: RoleWords, field: ShownField, { secret }: FieldState): HTMLInputElement {
	const isHidden = field.secret && secret === undefined;
	const made = element('input', {
		type: isHidden ? 'password' : 'text',
		placeholder: isHidden ? words.hidden : absentWords(words, field),
		readonly: field.locked !== undefined,
		spellcheck: 'false',
		autocomplete: 'off',
		'aria-required': field.required ? 'true' : undefined,
	});
	made.defaultValue = isHidden ? '' : (secret ?? field.value ?? '');
	return made;
}

function proposalsFor(control: Control, { choices, locked }: ShownField): readonly HTMLElement[] {
	if (choices.length === 0 || locked !== undefined) {
		return [];
	}
	control.setAttribute('list', `${control.id}-choices`);
	return [element('datalist', { id: `${control.id}-choices` }, ...choices.map(value => element('option', { value })))];
}

function absentWords(words: RoleWords, { default: usual }: ShownField): string {
	return usual ? fill(words.defaultIs, usual) : words.notGiven;
}

/** A value is taken once, when it is another one; an empty field that need not be there takes its attribute out. */
function take(
	control: Control,
	field: ShownField,
	{ secret, isLeaving }: FieldState,
	post: (message: FromRole) => void,
): void {
	const before = control.value;
	const isOptional = !field.required && (field.closed || field.value !== '');
	const commit = () => {
		const { value } = control;
		if (!isLeaving() && field.locked === undefined && value !== control.dataset.taken && value !== before) {
			control.dataset.taken = value;
			const isOut = value === '' && isOptional;
			post({ type: 'set', id: field.id, value: isOut ? null : value });
		}
	};
	control.addEventListener('change', commit);
	// What was put back after the form was drawn anew is no change to the browser.
	control.addEventListener('blur', commit);
	control.addEventListener('keydown', event => {
		const { key } = event as KeyboardEvent;
		if (key === 'Enter' && control instanceof HTMLInputElement) {
			commit();
		} else if (key === 'Escape' && control.value !== before) {
			event.stopPropagation();
			control.value = secret ?? before;
		}
	});
}

function buttonsOf(
	words: RoleWords,
	field: ShownField,
	{ secret, hide }: FieldState,
	post: (message: FromRole) => void,
): readonly HTMLElement[] {
	const named = (verb: string) => ({ 'aria-label': fill(words.ofField, verb, field.label) });
	return [
		...(field.secret && field.value !== undefined
			? [
					secret === undefined
						? button(words.show, () => post({ type: 'reveal', id: field.id }), named(words.show))
						: button(words.hide, hide, named(words.hide)),
				]
			: []),
		...(field.missing && field.locked === undefined
			? [button(words.addMissing, () => post({ type: 'addMissing', id: field.id }), named(words.addMissing))]
			: []),
	];
}
