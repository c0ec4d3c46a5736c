import { plainSpan, type Span } from '../base/span';
import { type NameUse, namesOf } from '../model/names';
import type { Service } from '../model/service';
import type { ParsedFile } from './documents';
import type { Location } from './navigation';

/** A line above a declaration that says who uses it. */
export interface Lens {
	/** The name in the declaration. */
	readonly span: Span;
	readonly title: string;
	/** What is shown when it is chosen. */
	readonly places: readonly Location[];
}

/**
 * For the declarations in a file: the configurations and instances of a role, the uses of everything in it. `usesInCode`
 * gives the places in role code that name a thing.
 */
export function lenses(
	file: ParsedFile,
	service: Service,
	usesInCode: (use: NameUse) => readonly Location[] = () => [],
): readonly Lens[] {
	const uses = new Map<string, NameUse[]>();
	const declared: NameUse[] = [];
	for (const use of namesOf(service)) {
		if (use.use === 'declaration' && use.path === file.path && use.kind !== 'service') {
			declared.push(use);
		} else if (use.use === 'reference') {
			const known = uses.get(keyOf(use));
			known?.push(use) ?? uses.set(keyOf(use), [use]);
		}
	}
	const counts = instanceCounts(service);
	return declared.map(use => {
		const inService = (uses.get(keyOf(use)) ?? []).map(({ path, span }) => ({ path, span: plainSpan(span) }));
		const places = [...inService, ...usesInCode(use)];
		const title = use.kind === 'role' ? roleTitle(counts.get(use.name)) : usedTitle(places.length);
		return { span: plainSpan(use.span), title, places };
	});
}

function keyOf({ kind, role, name }: NameUse): string {
	return `${kind}\n${role ?? ''}\n${name}`;
}

interface Counts {
	configurations: number;
	readonly instances: number[];
}

function instanceCounts({ configurations }: Service): ReadonlyMap<string, Counts> {
	const counts = new Map<string, Counts>();
	for (const { roles } of configurations) {
		for (const { name, instances } of roles) {
			const known = counts.get(name?.text ?? '') ?? { configurations: 0, instances: [] };
			known.configurations++;
			known.instances.push(...(instances?.count === undefined ? [] : [instances.count]));
			counts.set(name?.text ?? '', known);
		}
	}
	return counts;
}

function roleTitle(counts: Counts | undefined): string {
	if (!counts) {
		return 'in no configuration';
	}
	const configurations = counted(counts.configurations, 'configuration');
	const least = Math.min(...counts.instances);
	const most = Math.max(...counts.instances);
	if (counts.instances.length === 0) {
		return configurations;
	}
	return `${configurations} · ${least === most ? counted(most, 'instance') : `${least} to ${most} instances`}`;
}

function usedTitle(count: number): string {
	return count === 0 ? 'not used' : count === 1 ? 'used once' : `used ${count} times`;
}

function counted(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}
