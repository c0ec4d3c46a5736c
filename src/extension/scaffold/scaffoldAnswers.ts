import * as vscode from 'vscode';
import type { Answers } from '../../scaffold/question';
import { dotnetLanguages, frameworks, scriptLanguages, siteKinds } from '../../scaffold/roleKinds';
import type { KindAnswer } from './scaffoldQuestions';

/** What a keybinding, a task or a test may answer beforehand; only what is missing is asked. */
export interface GivenAnswers {
	/** The path of the definition. */
	readonly service?: string;
	readonly role?: string;
	/** True: the plan is applied without being shown first. */
	readonly confirmed?: boolean;
	/** The answers to the questions, by their keys, which are the options of the command line. */
	readonly [key: string]: unknown;
}

/** An object of answers; a node of the tree has a definition, a file is a `Uri`. */
export function isAnswers(argument: unknown): argument is GivenAnswers {
	return (
		typeof argument === 'object' &&
		argument !== null &&
		!Array.isArray(argument) &&
		!('definition' in argument) &&
		!(argument instanceof vscode.Uri)
	);
}

/** The kind of a role, where its language (of a worker role), its site (of a web role) or its kind was said. */
export function answeredKind(given: GivenAnswers): KindAnswer | undefined {
	const language = [...dotnetLanguages, ...scriptLanguages, 'program' as const].find(each => each === given.language);
	const site = siteKinds.find(each => each === given.site);
	switch (language) {
		case undefined:
			return site ? { kind: 'web', site } : given.kind === 'vm' ? { kind: 'vm' } : undefined;
		case 'csharp':
		case 'fsharp':
		case 'vb':
			return {
				kind: 'worker',
				language,
				framework: frameworks.find(each => each === given.framework) ?? 'net8.0',
			};
		default:
			return { kind: 'worker', language };
	}
}

/** Numbers and truth values are answers too. */
export function textAnswers(given: GivenAnswers): Answers {
	const { service: _service, role: _role, confirmed: _confirmed, ...answers } = given;
	return Object.fromEntries(
		Object.entries(answers).flatMap(([key, value]) =>
			typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
				? [[key, String(value)]]
				: [],
		),
	);
}
