import { listed } from '../base/listed';
import { roleOf } from '../lifecycle/domains';
import type { LifecyclePoint } from '../lifecycle/lifecyclePoint';
import { readAddress } from '../lifecycle/slots';

/** What a place in an instance's life must be about: each of the names that are given. */
export interface Condition {
	readonly role?: string;
	readonly instance?: string;
	readonly setting?: string;
}

export const conditionDescription =
	'role=NAME, instance=NAME_IN_0, setting=NAME, or several of them with blanks between';

/** A condition as a person writes it; a sentence where it cannot be read. Nothing at all is met everywhere. */
export function readCondition(text: string): Condition | string {
	let condition: Condition = {};
	for (const term of text.split(/[\s,]+/).filter(Boolean)) {
		const [, name, value] = /^(role|instance|setting)={1,2}["']?([^"']+)["']?$/i.exec(term) ?? [];
		if (name === undefined) {
			return `'${term}' is no condition; write ${conditionDescription}.`;
		}
		condition = { ...condition, [name.toLowerCase()]: value };
	}
	return condition;
}

/** What a condition may name. */
export interface ServiceNames {
	readonly roles: readonly string[];
	readonly settings: readonly string[];
}

/**
 * A sentence about the first name that nothing of the service has: a condition with it is met nowhere. An instance may come
 * later, with a scaling or in staging; its role is there from the beginning.
 */
export function unknownName({ role, instance, setting }: Condition, names: ServiceNames): string | undefined {
	const roles = [role, instance === undefined ? undefined : roleOf(readAddress(instance).name)];
	const wrong = roles.find(name => name !== undefined && !names.roles.includes(name));
	if (wrong !== undefined) {
		return `No role of the service is called '${wrong}'; its roles are ${listed(names.roles, 'and')}.`;
	}
	if (setting === undefined || names.settings.includes(setting)) {
		return undefined;
	}
	const known = names.settings.length === 0 ? 'it has none' : `its settings are ${listed(names.settings, 'and')}`;
	return `No setting of the service is called '${setting}'; ${known}.`;
}

export function meets(point: LifecyclePoint, { role, instance, setting }: Condition): boolean {
	return (
		(role === undefined || point.role === role) &&
		(instance === undefined || point.instance === instance) &&
		(setting === undefined || point.settings.includes(setting))
	);
}
