import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Layer, Severity } from '../base/problem';
import { type Io, wantsColour } from './io';

/** A problem with its place, as it is printed (interfaces.md 1.1). */
export interface Finding {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
	readonly severity: Severity;
	readonly code: string;
	readonly message: string;
	readonly layer: Layer;
}

export interface Findings {
	/** How many files were checked. */
	readonly files: number;
	readonly problems: readonly Finding[];
	/** The configurations for which no definition was found. */
	readonly withoutDefinition: readonly string[];
}

export const formats = { text, json, sarif } as const;

export function isFormat(name: string): name is keyof typeof formats {
	return Object.hasOwn(formats, name);
}

const colours: Readonly<Record<Severity, string>> = { error: '31', warning: '33', information: '36', hint: '90' };

function text(findings: Findings, io: Io): string {
	const colour = wantsColour(io);
	const painted = (code: string, words: string) => (colour ? `\u001b[${code}m${words}\u001b[0m` : words);
	// Hints are for editors; a person who reads a list wants what is to be done. The other formats have them all.
	const lines = findings.problems
		.filter(({ severity }) => severity !== 'hint')
		.map(
			({ file, line, column, severity, message, code }) =>
				`${painted('1', `${file}:${line}:${column}`)} ${painted(colours[severity], severity)} ${message} ${painted('90', `[${code}]`)}`,
		);
	return `${[...lines, summary(findings)].join('\n')}\n`;
}

function summary({ files, problems }: Findings): string {
	const errors = problems.filter(problem => problem.severity === 'error').length;
	const warnings = problems.filter(problem => problem.severity === 'warning').length;
	return `${count(files, 'file')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

function count(number: number, thing: string): string {
	return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

function json(findings: Findings): string {
	return `${JSON.stringify(findings, undefined, 2)}\n`;
}

const levels: Readonly<Record<Severity, string>> = {
	error: 'error',
	warning: 'warning',
	information: 'note',
	hint: 'note',
};

/** SARIF 2.1.0, as far as code hosts read it: one run, the rules that were broken, one result a problem. */
function sarif({ problems }: Findings, io: Io): string {
	const codes = [...new Set(problems.map(problem => problem.code))];
	const results = problems.map(({ file, line, column, endLine, endColumn, severity, code, message, layer }) => ({
		ruleId: code,
		ruleIndex: codes.indexOf(code),
		level: levels[severity],
		message: { text: message },
		locations: [
			{
				physicalLocation: {
					artifactLocation: { uri: uriOf(file, io.cwd) },
					region: { startLine: line, startColumn: column, endLine, endColumn },
				},
			},
		],
		properties: { layer },
	}));
	const driver = { name: 'Rolewright', rules: codes.map(id => ({ id })) };
	const log = {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
	};
	return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** Relative where the file lies below the working folder, since a report is read on other machines. */
function uriOf(file: string, cwd: string): string {
	const absolute = path.resolve(cwd, file);
	const relative = path.relative(cwd, absolute);
	return relative.startsWith('..') || path.isAbsolute(relative)
		? pathToFileURL(absolute).href
		: relative.split(path.sep).map(encodeURIComponent).join('/');
}
