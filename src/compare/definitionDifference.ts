import type { Definition } from '../model/definition';
import { roleOf, wordsFor } from './changeWords';
import { elementChanges } from './elementChanges';

/** One difference between two definitions. */
export interface DefinitionDifference {
	/** `undefined` for what concerns the whole service. */
	readonly role: string | undefined;
	readonly kind: 'added' | 'removed' | 'changed' | 'moved';
	/** As a sentence without an end; secrets masked. */
	readonly what: string;
}

/** What the second definition says that the first does not, and the other way round, whatever the order and the blanks. */
export function definitionDifferences(first: Definition, second: Definition): readonly DefinitionDifference[] {
	return first.element && second.element
		? elementChanges(first.element, second.element).map(change => ({
				role: roleOf(change.element),
				kind: change.kind,
				what: wordsFor(change),
			}))
		: [];
}
