import type { Definition, RoleDefinition } from './definition';
import { type KnownModule, moduleNamed } from './modules';

/** The definition with what the imports of its roles bring, as far as modules of the workspace say it. */
export function withModules(definition: Definition, modules: readonly KnownModule[]): Definition {
	if (modules.length === 0) {
		return definition;
	}
	const byName = new Map([...modules].reverse().map(module => [module.moduleName, module]));
	return { ...definition, roles: definition.roles.map(role => described(role, byName)) };
}

interface Described {
	readonly found: readonly (KnownModule | undefined)[];
	readonly role: RoleDefinition;
}

const known = new WeakMap<RoleDefinition, Described>();

/** The same role as long as neither it nor its modules change, since much is remembered of a role. */
function described(role: RoleDefinition, modules: ReadonlyMap<string, KnownModule>): RoleDefinition {
	const found = role.imports.map(({ moduleName: { text } }) => (moduleNamed(text) ? undefined : modules.get(text)));
	if (found.every(module => module === undefined)) {
		return role;
	}
	const before = known.get(role);
	if (before?.found.every((module, index) => module === found[index])) {
		return before.role;
	}
	const imports = role.imports.map((entry, index) => {
		const module = found[index];
		return module ? { ...entry, module } : entry;
	});
	const result = { ...role, imports };
	known.set(role, { found, role: result });
	return result;
}
