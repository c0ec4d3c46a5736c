import { Failure } from '../base/failure';
import { listed } from '../base/listed';
import type { RoleAnswers } from '../scaffold/addRole';
import { commandLineProblem } from '../scaffold/programWorker';
import { dotnetLanguages, frameworks, type RoleKindAnswers, scriptLanguages, siteKinds } from '../scaffold/roleKinds';

/** Options of the command line by their names. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What each kind of role can be told. */
export const roleOptions: Readonly<Record<string, readonly string[]>> = {
	'worker-role': ['language', 'framework', 'command', 'instances'],
	'web-role': ['kind', 'instances'],
	'vm-role': ['instances'],
};

/** The answers for a new role. Throws a `Failure` that says what is missing or cannot be. */
export function roleAnswers(what: string, name: string, values: Values): RoleAnswers {
	return { name, instances: instanceCount(textOf(values.instances)), ...kindOf(what, name, values) };
}

function kindOf(what: string, name: string, values: Values): RoleKindAnswers {
	switch (what) {
		case 'web-role':
			return { kind: 'web', site: chosen('kind', values.kind, siteKinds) };
		case 'vm-role':
			return { kind: 'vm' };
		default:
			return { kind: 'worker', ...workOf(name, values) };
	}
}

function workOf(name: string, values: Values) {
	const language = chosen('language', values.language, [...dotnetLanguages, ...scriptLanguages, 'program'] as const);
	switch (language) {
		case 'csharp':
		case 'fsharp':
		case 'vb':
			refuse(values, ['command'], `worker-role in ${language}`);
			return { language, framework: chosen('framework', values.framework ?? 'net8.0', frameworks) };
		case 'program': {
			refuse(values, ['framework'], 'worker-role of any program');
			// The program itself is put there later: the note and the file that are made for it say so.
			const commandLine = textOf(values.command) ?? `${name}.exe`;
			const problem = commandLineProblem(commandLine);
			if (problem) {
				throw new Failure(problem);
			}
			return { language, commandLine };
		}
		default:
			refuse(values, ['framework', 'command'], `worker-role in ${language}`);
			return { language };
	}
}

function chosen<const T extends string>(option: string, value: string | boolean | undefined, choices: readonly T[]): T {
	const found = choices.find(choice => choice === value);
	if (found !== undefined) {
		return found;
	}
	const list = listed(choices, 'or');
	throw new Failure(
		value === undefined ? `Say --${option} ${list}.` : `There is no ${option} '${value}'; use --${option} ${list}.`,
	);
}

function instanceCount(given: string | undefined): number {
	const count = Number(given ?? 1);
	if (!Number.isInteger(count) || count < 1 || !/^\d*$/.test(given ?? '')) {
		throw new Failure(`'${given}' is no number of instances; use 1 or more.`);
	}
	return count;
}

/** An option that does nothing here was meant for something else. */
export function refuse(values: Values, names: readonly string[], what: string): void {
	const unused = names.find(name => values[name] !== undefined);
	if (unused) {
		throw new Failure(`--${unused} does not go with ${what}; leave it out.`);
	}
}

export function textOf(value: string | boolean | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
