import { attribute } from '../../xml/syntax';
import { problems } from '../problems';
import type { Held } from './heldPorts';
import { localPortsOf, publicPortsOf, rangesOf } from './heldPorts';
import { aboutEachRole, type Rule, seeAlso } from './rule';

/** 3.2 and 3.3. The same number for udp and for tcp is taken as allowed. */
const publicPorts: Rule = ({ definition }, report) => {
	if (!definition) {
		return;
	}
	const held = publicPortsOf(definition);
	eachClash(held, (later, earlier) => {
		const [at, other] = later.span ? [later, earlier] : [earlier, later];
		if (!at.span) {
			return;
		}
		const related = seeAlso(definition.path, other.endpoint, 'The other endpoint.');
		const problem =
			at.range || other.range
				? problems.portRangeOverlap(
						at.span,
						Math.max(at.min, other.min),
						Math.min(at.max, other.max),
						other.what,
						related,
					)
				: problems.duplicatePort(at.span, at.min, other.what, related);
		report(definition.path, problem);
	});
};

/** 3.4 */
const rangesInOrder: Rule = ({ definition }, report) => {
	for (const endpoint of definition?.roles.flatMap(role => role.endpoints) ?? []) {
		for (const { min, max, element } of rangesOf(endpoint)) {
			if (definition && min !== undefined && max !== undefined && min > max) {
				const span = attribute(element, 'min')?.rawValue ?? element;
				report(definition.path, problems.reversedPortRange(span, min, max));
			}
		}
	}
};

/** 3.5 */
const localPorts: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		eachClash(role.endpoints.flatMap(localPortsOf), (later, earlier) => {
			if (definition && later.span && later.endpoint !== earlier.endpoint) {
				const port = Math.max(later.min, earlier.min);
				const related = seeAlso(definition.path, earlier.endpoint, 'The other endpoint.');
				report(definition.path, problems.sharedLocalPort(later.span, port, earlier.what, related));
			}
		});
	}
};

export const portRules: readonly Rule[] = [publicPorts, aboutEachRole(rangesInOrder), aboutEachRole(localPorts)];

/** Calls back once for every entry that meets an earlier one, with the first that it meets. */
function eachClash(entries: readonly Held[], found: (later: Held, earlier: Held) => void): void {
	const sorted = entries.map((entry, order) => ({ entry, order })).sort((a, b) => a.entry.min - b.entry.min);
	const clashes = new Map<number, { readonly later: Held; readonly earlier: Held; readonly with: number }>();
	for (const [index, { entry, order }] of sorted.entries()) {
		for (let next = index + 1; next < sorted.length; next++) {
			const other = sorted[next];
			if (!other || other.entry.min > entry.max) {
				break;
			}
			if (entry.transport === other.entry.transport || [entry.transport, other.entry.transport].includes('any')) {
				const later = Math.max(order, other.order);
				const earlier = Math.min(order, other.order);
				const known = clashes.get(later);
				if (!known || earlier < known.with) {
					const [a, b] = order < other.order ? [entry, other.entry] : [other.entry, entry];
					clashes.set(later, { later: b, earlier: a, with: earlier });
				}
			}
		}
	}
	for (const { later, earlier } of clashes.values()) {
		found(later, earlier);
	}
}
