import type { Words } from '../protocol';

/** A role as a form. The page knows nothing of files: a field is known by its id, and says what was typed into it. */
export interface ShownForm {
	readonly role: string;
	/** What it is, in words: "worker role". */
	readonly kind: string;
	/** Problems of the role that belong to no field. */
	readonly problems: readonly ShownProblem[];
	readonly sections: readonly ShownSection[];
}

export interface ShownSection {
	readonly id: string;
	readonly title: string;
	/** What can be added: the words on the button, and what it is. `undefined` for nothing. */
	readonly add: { readonly text: string; readonly what: string } | undefined;
	readonly entries: readonly ShownEntry[];
}

export interface ShownEntry {
	readonly id: string;
	/** Empty where the section says it all. */
	readonly title: string;
	/** Such as `InputEndpoint`, or that an import brings it. */
	readonly note: string;
	readonly problems: readonly ShownProblem[];
	readonly fields: readonly ShownField[];
	/** It stands in the definition itself, so it can be shown there. */
	readonly own: boolean;
	/** It can be taken out; what an import brings goes with the import. */
	readonly removable: boolean;
	/** Others refer to it by its name. */
	readonly renamable: boolean;
}

export interface ShownField {
	readonly id: string;
	readonly label: string;
	/** As it may be shown; `undefined` where it is not written. */
	readonly value: string | undefined;
	/** What holds where nothing is written. */
	readonly default: string | undefined;
	/** May not be taken out. */
	readonly required: boolean;
	readonly closed: boolean;
	readonly choices: readonly string[];
	readonly hint: string;
	readonly problems: readonly ShownProblem[];
	/** The value is masked until somebody asks for it. */
	readonly secret: boolean;
	/** It has to be there and is not. */
	readonly missing: boolean;
	/** Why it can be looked at and not changed, in a sentence. */
	readonly locked: string | undefined;
}

export interface ShownProblem {
	readonly severity: 'error' | 'warning' | 'information' | 'hint';
	readonly message: string;
}

export type ToRole =
	| { readonly type: 'form'; readonly form: ShownForm }
	| { readonly type: 'gone'; readonly text: string }
	| { readonly type: 'secret'; readonly id: string; readonly value: string }
	| { readonly type: 'said'; readonly text: string };

export type FromRole =
	/** `null`: the attribute is taken out. */
	| { readonly type: 'set'; readonly id: string; readonly value: string | null }
	| { readonly type: 'addMissing' | 'reveal'; readonly id: string }
	| { readonly type: 'remove' | 'rename' | 'open'; readonly id: string }
	| { readonly type: 'add'; readonly what: string }
	| { readonly type: 'undo' };

export interface RoleWords extends Words {
	readonly undo: string;
	readonly openText: string;
	readonly configurations: string;
	readonly rename: string;
	readonly remove: string;
	readonly removeNamed: string;
	readonly renameNamed: string;
	readonly openNamed: string;
	readonly none: string;
	readonly notGiven: string;
	readonly defaultIs: string;
	readonly missing: string;
	readonly addMissing: string;
	readonly show: string;
	readonly hide: string;
	readonly ofField: string;
	readonly hidden: string;
	readonly help: string;
	readonly 'severity:error': string;
	readonly 'severity:warning': string;
	readonly 'severity:information': string;
	readonly 'severity:hint': string;
	readonly problemsAre: string;
	readonly noProblems: string;
}
