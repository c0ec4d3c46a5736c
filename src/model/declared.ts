import type { RoleDefinition } from './definition';
import { mayComeFromUnknownModule, modulesOf } from './modules';

/** The settings that every configuration has to give a value: the role's own and those of its imports. */
export function requiredSettings(role: RoleDefinition): readonly string[] {
	return unique([
		...role.settings.map(setting => setting.name.text),
		...modulesOf(role).flatMap(module => module.settings),
	]);
}

/** The settings that a configuration may give a value, as far as they are known. */
export function allowedSettings(role: RoleDefinition): readonly string[] {
	return unique([...requiredSettings(role), ...modulesOf(role).flatMap(module => module.optionalSettings)]);
}

export function declaresSetting(role: RoleDefinition, name: string): boolean {
	return allowedSettings(role).includes(name) || mayComeFromUnknownModule(role, name);
}

/** The certificates of a role, those of its imports included; each needs an entry in every configuration. */
export function certificatesOf(role: RoleDefinition): readonly string[] {
	return unique([
		...role.certificates.map(certificate => certificate.name.text),
		...modulesOf(role).flatMap(module => module.certificates),
	]);
}

export function declaresCertificate(role: RoleDefinition, name: string): boolean {
	return certificatesOf(role).includes(name) || mayComeFromUnknownModule(role, name);
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

/** Empty names are a problem of the schema, and name nothing. */
function unique(names: readonly string[]): readonly string[] {
	return [...new Set(names)].filter(name => name !== '');
}
