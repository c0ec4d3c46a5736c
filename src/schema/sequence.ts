import { localName, type XmlElement } from '../xml/syntax';

export type Sequence = readonly (string | readonly string[])[];

export interface Misplaced {
	readonly element: XmlElement;
	/** The sibling that it has to stand before; otherwise `after` is set. */
	readonly before: XmlElement | undefined;
	readonly after: XmlElement | undefined;
}

/**
 * The fewest children that have to move so that all stand in order: those outside a longest part that is in order
 * already. One element at the wrong end of many is one problem. Names that are not in the sequence do not count.
 */
export function misplacedIn(children: readonly XmlElement[], sequence: Sequence): readonly Misplaced[] {
	const ranked = children
		.map(element => ({ element, rank: rankIn(sequence, element) }))
		.filter((child): child is Ranked => child.rank !== undefined);
	if (isSorted(ranked)) {
		return [];
	}
	const kept = longestInOrder(ranked);
	return ranked
		.filter((_, index) => !kept.has(index))
		.map(child => {
			const keptOnes = ranked.filter((_, index) => kept.has(index));
			const before = keptOnes.find(other => other.rank > child.rank && other.element.start < child.element.start);
			const after = keptOnes.findLast(other => other.rank < child.rank && other.element.start > child.element.start);
			return { element: child.element, before: before?.element, after: before ? undefined : after?.element };
		});
}

interface Ranked {
	readonly element: XmlElement;
	readonly rank: number;
}

function rankIn(sequence: Sequence, element: XmlElement): number | undefined {
	const name = localName(element);
	const rank = sequence.findIndex(group => (typeof group === 'string' ? group === name : group.includes(name)));
	return rank < 0 ? undefined : rank;
}

function isSorted(ranked: readonly Ranked[]): boolean {
	return ranked.every((child, index) => index === 0 || (ranked[index - 1]?.rank ?? 0) <= child.rank);
}

/**
 * The indexes of a longest part whose ranks do not fall; of two that are as long, the one that begins first, so that what
 * comes too late is out of place, as a schema validator says. There are few ranks, so a table by rank is enough.
 */
function longestInOrder(ranked: readonly Ranked[]): ReadonlySet<number> {
	const best = new Map<number, Chain>();
	for (const [index, { rank }] of ranked.entries()) {
		let longest: Chain | undefined;
		for (const [otherRank, chain] of best) {
			if (otherRank <= rank && (!longest || chain.length > longest.length)) {
				longest = chain;
			}
		}
		best.set(rank, { index, length: (longest?.length ?? 0) + 1, previous: longest });
	}
	let chain = [...best.values()].reduce<Chain | undefined>((a, b) => (a && a.length >= b.length ? a : b), undefined);
	const kept = new Set<number>();
	for (; chain; chain = chain.previous) {
		kept.add(chain.index);
	}
	return kept;
}

interface Chain {
	readonly index: number;
	readonly length: number;
	readonly previous: Chain | undefined;
}
