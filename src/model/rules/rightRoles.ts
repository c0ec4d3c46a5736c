import type { Span } from '../../base/span';
import type { Configuration, RoleConfiguration } from '../configuration';
import type { RoleDefinition } from '../definition';
import type { Service } from '../service';
import { type RuleContext, roleNamed } from './rule';

/**
 * What was right stays right as long as neither it nor what it was judged by changes: after a keystroke in a file of a
 * thousand roles only the role around the cursor is judged again, and those in which something is wrong.
 */
export interface ToJudge {
	/** The service with those roles alone that have to be judged. */
	readonly service: Service;
	/** Takes note of the roles in which nothing of what was found stands. */
	noteRight(found: ReadonlyMap<string, readonly { readonly span: Span }[]>): void;
}

const rightRoles = new WeakMap<RoleDefinition | RoleConfiguration, string>();

/** The roles of all files whose rules are not known to hold (`aboutEachRole`). */
export function rolesToJudge({ definition, configurations }: Service, context: RuleContext): ToJudge {
	const basis = basisOf(context);
	const isOpen = (role: RoleDefinition | RoleConfiguration) => rightRoles.get(role) !== basis;
	const files = {
		definition: definition && { ...definition, roles: definition.roles.filter(isOpen) },
		configurations: configurations.map(each => ({ ...each, roles: each.roles.filter(isOpen) })),
	};
	return {
		service: files,
		noteRight: found => {
			for (const { path, roles } of [...(files.definition ? [files.definition] : []), ...files.configurations]) {
				eachWithout<RoleDefinition | RoleConfiguration>(roles, found.get(path) ?? [], role =>
					rightRoles.set(role, basis),
				);
			}
		},
	};
}

interface Judged {
	readonly role: RoleDefinition | undefined;
	readonly basis: string;
}

const rightPairs = new WeakMap<RoleConfiguration, Judged>();

/** The roles of the configurations that are not known to agree with the definition (`aboutEachConfiguredRole`). */
export function configuredRolesToJudge({ definition, configurations }: Service, context: RuleContext): ToJudge {
	const basis = basisOf(context);
	const roleOf = ({ name }: RoleConfiguration) => definition && roleNamed(definition, name?.text ?? '');
	const isOpen = (configured: RoleConfiguration) => {
		const judged = rightPairs.get(configured);
		return judged?.basis !== basis || judged.role !== roleOf(configured);
	};
	const open: readonly Configuration[] = configurations.map(each => ({ ...each, roles: each.roles.filter(isOpen) }));
	return {
		service: { definition, configurations: open },
		noteRight: found => {
			for (const { path, roles } of open) {
				eachWithout(roles, found.get(path) ?? [], configured =>
					rightPairs.set(configured, { role: roleOf(configured), basis }),
				);
			}
		},
	};
}

/** What a role is judged by besides its text and the tag of the root: where that changes, every element is a new one. */
function basisOf({ platform, today }: RuleContext): string {
	return `${platform} ${today}`;
}

/** Visits the roles, in the order of their file, in whose elements no problem begins. */
function eachWithout<Role extends { readonly element: Span }>(
	roles: readonly Role[],
	problems: readonly { readonly span: Span }[],
	visit: (role: Role) => void,
): void {
	const starts = problems.map(({ span }) => span.start).sort((a, b) => a - b);
	let next = 0;
	for (const role of roles) {
		const { start, end } = role.element;
		while ((starts[next] ?? Number.POSITIVE_INFINITY) < start) {
			next++;
		}
		if ((starts[next] ?? Number.POSITIVE_INFINITY) >= end) {
			visit(role);
		}
	}
}
