import type { Service } from '../model/service';

/**
 * Names that the model allows (csdef.md 1) but that cannot be a folder everywhere, a project or a package are refused
 * here: a new name has no history to respect.
 */
const simpleName = /^[\p{L}_][\p{L}\p{N}_ .-]*$/u;
const firstLetter = /^[A-Za-z_]/;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d|bin|obj|node_modules)(?:\.|$)/i;

/** Why this cannot be the name of a new service or role, in a sentence; `undefined` where it can. */
export function nameProblem(what: 'service' | 'role', name: string): string | undefined {
	if (name === '') {
		return `Give the ${what} a name.`;
	}
	if (!firstLetter.test(name)) {
		return `The name of a ${what} begins with a letter from A to Z or an underscore.`;
	}
	if (!simpleName.test(name)) {
		return `Use only letters, digits, blanks, dots, hyphens and underscores in the name of a ${what}.`;
	}
	if (/[. ]$/.test(name)) {
		return `The name of a ${what} must not end with a dot or a blank.`;
	}
	if (name.length > 60) {
		return `Choose a name of at most 60 characters for the ${what}: it becomes part of many paths.`;
	}
	return reserved.test(name) ? `'${name}' cannot be the name of a folder; choose another name.` : undefined;
}

/** As `nameProblem`, and the name must be free in the service; case does not count, since it names a folder too. */
export function roleNameProblem(service: Service, name: string): string | undefined {
	const roles = [...(service.definition?.roles ?? []), ...service.configurations.flatMap(({ roles }) => roles)];
	const taken = roles.some(role => role.name?.text.toLowerCase() === name.toLowerCase());
	return nameProblem('role', name) ?? (taken ? `There is already a role '${name}' in this service.` : undefined);
}
