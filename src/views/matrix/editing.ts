import { element } from '../element';

export interface Editing {
	readonly input: HTMLInputElement;
	/** Draws around the field without its taking that for being left. */
	keptWhile(redraw: () => void): void;
}

export interface EditOptions {
	readonly value: string;
	readonly label: string;
	readonly placeholder: string;
	/** What is typed is not to be seen. */
	readonly masked: boolean;
	/** Once, with the new value; `undefined` where it is to stay as it is. */
	readonly done: (value: string | undefined) => void;
	/** The keys go back to the cell. */
	readonly left: () => void;
}

/** What the grid around it would take for itself; every other key is for the editor too, such as F1. */
const ownKeys = /^(?:Enter|Escape|Tab|F2|Home|End|Page\w+|Arrow\w+)$/;

/**
 * Puts a field into a cell. Enter takes what was typed, Escape leaves what was there, and so does going away without
 * having typed anything.
 */
export function editIn(cell: HTMLElement, options: EditOptions): Editing {
	const { value, label, placeholder, masked, done, left } = options;
	const type = masked ? 'password' : 'text';
	const input = element('input', { type, 'aria-label': label, placeholder, spellcheck: 'false', autocomplete: 'off' });
	input.value = value;
	let isOver = false;
	let isKept = false;
	const end = (typed: string | undefined) => {
		if (!isOver) {
			isOver = true;
			done(typed === value ? undefined : typed);
		}
	};
	input.addEventListener('keydown', event => {
		if (ownKeys.test(event.key)) {
			event.stopPropagation();
		}
		if (event.key === 'Enter' || event.key === 'Escape') {
			event.preventDefault();
			end(event.key === 'Enter' ? input.value : undefined);
			left();
		} else if (event.key === 'Tab') {
			end(input.value);
			left();
		}
	});
	input.addEventListener('blur', () => {
		if (!isKept) {
			end(input.value);
		}
	});
	cell.replaceChildren(input);
	input.focus();
	input.select();
	return {
		input,
		keptWhile: redraw => {
			const { selectionStart, selectionEnd } = input;
			const hadFocus = document.activeElement === input;
			isKept = true;
			redraw();
			isKept = false;
			if (hadFocus && input.isConnected) {
				input.focus({ preventScroll: true });
				input.setSelectionRange(selectionStart, selectionEnd);
			}
		},
	};
}
