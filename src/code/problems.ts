import { listed } from '../base/listed';
import { nearest } from '../base/nearest';
import { rule } from '../model/problems/rule';
import { isDeclared, namesFor } from './meaning';
import type { CodeOwner } from './ownership';
import type { CodeKind, CodeUse } from './uses';

const words: Readonly<Record<CodeKind, string>> = {
	setting: 'setting',
	localStorage: 'local storage',
	endpoint: 'endpoint',
	role: 'role',
};

/** The problems of names in code. `roles`: those that were expected to declare the name; none for shared code. */
export const problems = {
	undeclaredInCode: (use: CodeUse, roles: readonly string[], known: readonly string[]) => {
		const { kind, name, span } = use;
		const near = nearest(name, known);
		const remedy =
			near === undefined ? ': declare it in the service definition, or correct the name.' : `; did you mean '${near}'?`;
		const data = { kind, name, roles, known };
		const message = `${whoLacks(kind, roles)} ${words[kind]} '${name}'${remedy}`;
		return rule('undeclaredInCode', 'warning', span, data)(message);
	},
};

function whoLacks(kind: CodeKind, roles: readonly string[]): string {
	if (kind === 'role') {
		return 'The service has no';
	}
	return roles.length === 0
		? `No role has ${kind === 'endpoint' ? 'an' : 'a'}`
		: `${listOf(roles)} ${roles.length === 1 ? 'has' : 'have'} no`;
}

export type CodeProblem = ReturnType<(typeof problems)['undeclaredInCode']>;

/** What code asks for that no role declares. `appSettings`: the keys of the application's own configuration files. */
export function checkCode(
	uses: readonly CodeUse[],
	owners: readonly CodeOwner[],
	appSettings: ReadonlySet<string>,
): readonly CodeProblem[] {
	const known = owners.filter(({ service }) => service.definition !== undefined);
	if (known.length === 0) {
		return [];
	}
	return uses.flatMap(use => {
		const elsewhere = use.needs === 'declarationOrAppSetting' && appSettings.has(use.name);
		if (use.needs === 'nothing' || use.name === '' || !use.closed || elsewhere || isDeclared(use, known)) {
			return [];
		}
		return [problems.undeclaredInCode(use, rolesExpected(use, known), namesFor(use, known))];
	});
}

/** The keys of `appSettings` in a `web.config` or `app.config`, whose other entries are read as well: rather one too many. */
export function appSettingsIn(text: string): readonly string[] {
	return [...text.matchAll(/<add\s+key\s*=\s*"([^"]*)"/g)].map(([, key]) => key ?? '');
}

function rolesExpected({ role }: CodeUse, owners: readonly CodeOwner[]): readonly string[] {
	if (role === 'any') {
		return [];
	}
	return role === 'own' ? [...new Set(owners.flatMap(owner => owner.role ?? []))] : [role.name];
}

function listOf(roles: readonly string[]): string {
	const quoted = roles.map(role => `'${role}'`);
	return `The ${roles.length === 1 ? 'role' : 'roles'} ${listed(quoted, 'and')}`;
}
