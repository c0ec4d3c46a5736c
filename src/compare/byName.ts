import type { RolePlan } from '../lifecycle/plan/deploymentPlan';
import type { CertificateValue, RoleConfiguration, SettingValue } from '../model/configuration';
import type { RoleDefinition } from '../model/definition';

/** Finds things in a list by their names; a list is looked through once, however often it is asked. The first one counts. */
function finder<T extends object>(nameOf: (thing: T) => string | undefined) {
	const known = new WeakMap<readonly T[], ReadonlyMap<string, T>>();
	return (things: readonly T[], name: string | undefined): T | undefined => {
		let byName = known.get(things);
		if (!byName) {
			byName = new Map([...things].reverse().map(thing => [nameOf(thing) ?? '', thing]));
			known.set(things, byName);
		}
		return name === undefined || name === '' ? undefined : byName.get(name);
	};
}

export const plannedRole = finder<RolePlan>(({ name }) => name);
export const declaredRole = finder<RoleDefinition>(({ name }) => name?.text);
export const configuredRole = finder<RoleConfiguration>(({ name }) => name?.text);
export const configuredSetting = finder<SettingValue>(({ name }) => name.text);
export const configuredCertificate = finder<CertificateValue>(({ name }) => name.text);

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** As `includes`, for a list that is asked as often as it is long. */
export function isAmong(names: readonly string[], name: string): boolean {
	const known = sets.get(names) ?? new Set(names);
	sets.set(names, known);
	return known.has(name);
}
