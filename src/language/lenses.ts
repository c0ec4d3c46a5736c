import { english, type Localization } from '../base/localization';
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
 * gives the places in role code that name a thing; `undefined` while they are not known, and then no uses are counted.
 */
export function lenses(
	file: ParsedFile,
	service: Service,
	usesInCode: (use: NameUse) => readonly Location[] | undefined = () => [],
	l10n: Localization = english,
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
	return declared.flatMap(use => {
		const inCode = usesInCode(use);
		if (inCode === undefined && use.kind !== 'role') {
			return [];
		}
		const inService = (uses.get(keyOf(use)) ?? []).map(({ path, span }) => ({ path, span: plainSpan(span) }));
		const places = [...inService, ...(inCode ?? [])];
		const title = use.kind === 'role' ? roleTitle(counts.get(use.name), l10n) : usedTitle(places.length, l10n);
		return [{ span: plainSpan(use.span), title, places }];
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

function roleTitle(counts: Counts | undefined, l10n: Localization): string {
	if (!counts) {
		return l10n.t('in no configuration');
	}
	const { instances, configurations: count } = counts;
	const configurations = count === 1 ? l10n.t('1 configuration') : l10n.t('{0} configurations', count);
	return instances.length === 0 ? configurations : `${configurations} · ${instancesText(instances, l10n)}`;
}

function instancesText(counts: readonly number[], l10n: Localization): string {
	const least = Math.min(...counts);
	const most = Math.max(...counts);
	if (least !== most) {
		return l10n.t('{0} to {1} instances', least, most);
	}
	return most === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', most);
}

function usedTitle(count: number, l10n: Localization): string {
	switch (count) {
		case 0:
			return l10n.t('not used');
		case 1:
			return l10n.t('used once');
		default:
			return l10n.t('used {0} times', count);
	}
}
