import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Severity } from '../base/problem';
import type { Finding, Findings } from './findings';
import type { Io } from './io';
import { ownText, ownVersion } from './ownFiles';

/**
 * SARIF 2.1.0 as code hosts read it: one run, the rules that were broken with the pages about them, one result a problem.
 * Places below the working folder are relative to `%SRCROOT%`, since a report is read on other machines.
 */
export function sarif({ problems, withoutDefinition }: Findings, io: Io): string {
	const codes = [...new Set(problems.map(problem => problem.code))];
	const version = ownVersion();
	const log = {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'Rolewright',
						...(version !== undefined && { semanticVersion: version }),
						rules: codes.map(code => ruleOf(code, problems)),
					},
				},
				invocations: [{ executionSuccessful: true, toolExecutionNotifications: withoutDefinition.map(notification) }],
				originalUriBaseIds: { [root]: { description: { text: 'The folder that rolewright was called in.' } } },
				columnKind: 'utf16CodeUnits',
				results: problems.map(problem => resultOf(problem, codes, io.cwd)),
			},
		],
	};
	return `${JSON.stringify(log, undefined, 2)}\n`;
}

const root = '%SRCROOT%';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
	error: 'error',
	warning: 'warning',
	information: 'note',
	hint: 'note',
};

function ruleOf(code: string, problems: readonly Finding[]) {
	// The same page that an editor shows (docs/problems).
	const page = /^\w+$/.test(code) ? ownText('docs', 'problems', `${code}.md`) : undefined;
	const severity = problems.find(problem => problem.code === code)?.severity ?? 'error';
	return {
		id: code,
		...(page !== undefined && {
			shortDescription: { text: shortOf(page) },
			help: { text: withoutMarkup(page), markdown: page },
		}),
		defaultConfiguration: { level: levels[severity] },
	};
}

/** The first paragraph below the heading, without the word for the severity that it begins with. */
function shortOf(page: string): string {
	const paragraph = page.split(/\r?\n\r?\n/).find(each => each.trim() !== '' && !each.startsWith('#')) ?? '';
	return withoutMarkup(paragraph)
		.replace(/\s+/g, ' ')
		.replace(/^(?:Error|Warning|Information|Hint)[^.]*\. /, '');
}

function withoutMarkup(markdown: string): string {
	return markdown
		.replace(/^#+ /gm, '')
		.replace(/\*\*|`/g, '')
		.trim();
}

function resultOf(problem: Finding, codes: readonly string[], cwd: string) {
	const { file, line, column, endLine, endColumn, severity, code, message, layer } = problem;
	return {
		ruleId: code,
		ruleIndex: codes.indexOf(code),
		level: levels[severity],
		message: { text: message },
		locations: [
			{
				physicalLocation: {
					artifactLocation: placeOf(file, cwd),
					region: { startLine: line, startColumn: column, endLine, endColumn },
				},
			},
		],
		properties: { layer, severity },
	};
}

function placeOf(file: string, cwd: string): { readonly uri: string; readonly uriBaseId?: string } {
	const absolute = path.resolve(cwd, file);
	const relative = path.relative(cwd, absolute);
	return relative.startsWith('..') || path.isAbsolute(relative)
		? { uri: pathToFileURL(absolute).href }
		: { uri: relative.split(path.sep).map(encodeURIComponent).join('/'), uriBaseId: root };
}

function notification(file: string) {
	const text = `'${file}' has no service definition: the rules that need one were left out.`;
	return { level: 'note', message: { text } };
}
