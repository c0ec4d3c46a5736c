import { plainSpan } from '../base/span';
import { type NameKind, type NameUse, namesOf } from '../model/names';
import type { Service } from '../model/service';
import type { Location } from './navigation';

/** A named thing of one of the services of a workspace. */
export interface WorkspaceSymbol {
	readonly name: string;
	readonly kind: NameKind;
	/** The role, for what belongs to one, else the service. */
	readonly container: string;
	readonly location: Location;
}

/**
 * Roles, settings, endpoints and whatever else has a name, in all services, whose names hold the letters of the query in
 * their order. What only a configuration names appears there, once.
 */
export function workspaceSymbols(services: readonly Service[], query: string): readonly WorkspaceSymbol[] {
	const letters = query.toLowerCase();
	return services.flatMap(service => symbolsOf(service, name => holdsInOrder(name.toLowerCase(), letters)));
}

function symbolsOf(service: Service, matches: (name: string) => boolean): readonly WorkspaceSymbol[] {
	const found = new Map<string, NameUse>();
	for (const use of namesOf(service)) {
		const key = `${use.kind}\n${use.role ?? ''}\n${use.name}`;
		const known = found.get(key);
		if (use.use !== 'import' && matches(use.name) && (!known || isBetter(use, known))) {
			found.set(key, use);
		}
	}
	const serviceName = service.definition?.name?.text ?? service.configurations[0]?.serviceName?.text ?? '';
	return [...found.values()].map(({ name, kind, role, path, span }) => ({
		name,
		kind,
		container: role ?? (kind === 'service' ? '' : serviceName),
		location: { path, span: plainSpan(span) },
	}));
}

function isBetter(use: NameUse, known: NameUse): boolean {
	return use.use === 'declaration' && known.use !== 'declaration';
}

function holdsInOrder(name: string, letters: string): boolean {
	let at = 0;
	for (const letter of letters) {
		at = name.indexOf(letter, at) + 1;
		if (at === 0) {
			return false;
		}
	}
	return true;
}
