import type { LifecyclePoint } from '../lifecycle/lifecyclePoint';

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

export function meets(point: LifecyclePoint, { role, instance, setting }: Condition): boolean {
	return (
		(role === undefined || point.role === role) &&
		(instance === undefined || point.instance === instance) &&
		(setting === undefined || point.settings.includes(setting))
	);
}
