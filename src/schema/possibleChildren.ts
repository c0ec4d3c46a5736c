import type { XmlElement } from '../xml/syntax';
import type { Format } from './catalog';
import { type ChildGrammar, type ElementGrammar, grammarAt, rankOf } from './grammar';

/** A child with how many of it already stand in an element. */
export interface PossibleChild extends ChildGrammar {
	readonly count: number;
	/** True where no further one may be added (its number, or the other side of a choice). */
	readonly usedUp: boolean;
	/** False where it may not stand at the asked place because of the order. */
	readonly inOrder: boolean;
}

/** What may be added to this element at this offset; used up and misplaced ones are marked, not left out. */
export function possibleChildren(format: Format, parent: XmlElement, offset: number): readonly PossibleChild[] {
	const grammar = grammarAt(format, parent);
	if (!grammar) {
		return [];
	}
	const others = parent.children.filter(({ name }) => name && !(name.start <= offset && offset <= name.end));
	return grammar.children.map(child => {
		const count = others.filter(other => other.localName === child.name).length;
		const chosen =
			grammar.choice?.includes(child.name) && others.some(other => grammar.choice?.includes(other.localName));
		return {
			...child,
			count,
			usedUp: count >= child.max || chosen === true,
			inOrder: fitsInOrder(grammar, others, child.name, offset),
		};
	});
}

function fitsInOrder(
	{ sequence }: ElementGrammar,
	others: readonly XmlElement[],
	name: string,
	offset: number,
): boolean {
	const rank = rankOf(sequence, name);
	if (rank === undefined) {
		return true;
	}
	return others.every(other => {
		const otherRank = rankOf(sequence, other.localName) ?? rank;
		return other.start < offset ? otherRank <= rank : otherRank >= rank;
	});
}
