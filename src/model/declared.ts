import type { RoleDefinition } from './definition';
import { mayComeFromUnknownModule, modulesOf } from './modules';

/** The names that a role declares, its own and those of its imports. */
interface DeclaredNames {
	readonly required: readonly string[];
	readonly allowed: ReadonlySet<string>;
	readonly certificates: ReadonlySet<string>;
}

/** The settings that every configuration has to give a value: the role's own and those of its imports. */
export function requiredSettings(role: RoleDefinition): readonly string[] {
	return namesOf(role).required;
}

/** The settings that a configuration may give a value, as far as they are known. */
export function allowedSettings(role: RoleDefinition): readonly string[] {
	return [...namesOf(role).allowed];
}

export function declaresSetting(role: RoleDefinition, name: string): boolean {
	return namesOf(role).allowed.has(name) || mayComeFromUnknownModule(role, name);
}

/** The certificates of a role, those of its imports included; each needs an entry in every configuration. */
export function certificatesOf(role: RoleDefinition): readonly string[] {
	return [...namesOf(role).certificates];
}

export function declaresCertificate(role: RoleDefinition, name: string): boolean {
	return namesOf(role).certificates.has(name) || mayComeFromUnknownModule(role, name);
}

/** True where an endpoint of the role names the certificate, declared or not. */
export function servesWithCertificate(role: RoleDefinition, name: string): boolean {
	return role.endpoints.some(endpoint => endpoint.kind === 'input' && endpoint.certificate?.text === name);
}

/** An endpoint of a role by name; an imported one has no element of its own. */
export interface NamedEndpoint {
	readonly name: string;
	readonly kind: 'input' | 'internal' | 'instanceInput';
	readonly protocol: string | undefined;
}

export function endpointsOf(role: RoleDefinition): readonly NamedEndpoint[] {
	return [
		...role.endpoints.flatMap(({ name, kind, protocol }) => (name?.text ? [{ name: name.text, kind, protocol }] : [])),
		...modulesOf(role).flatMap(module => module.endpoints),
	];
}

const known = new WeakMap<RoleDefinition, DeclaredNames>();

/** Collected once for a role: every entry of every configuration asks. */
function namesOf(role: RoleDefinition): DeclaredNames {
	let names = known.get(role);
	if (!names) {
		const modules = modulesOf(role);
		const own = role.settings.map(({ name }) => name.text);
		const required = unique([...own, ...modules.flatMap(({ settings }) => settings)]);
		names = {
			required: [...required],
			allowed:
				modules.length === 0
					? required
					: unique([...required, ...modules.flatMap(({ optionalSettings }) => optionalSettings)]),
			certificates: unique([
				...role.certificates.map(({ name }) => name.text),
				...modules.flatMap(({ certificates }) => certificates),
			]),
		};
		known.set(role, names);
	}
	return names;
}

const none: ReadonlySet<string> = new Set();

/** Empty names are a problem of the schema, and name nothing. */
function unique(names: readonly string[]): ReadonlySet<string> {
	if (names.length === 0) {
		return none;
	}
	const all = new Set(names);
	all.delete('');
	return all;
}
