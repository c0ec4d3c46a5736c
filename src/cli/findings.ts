import type { Layer, Severity } from '../base/problem';
import { type Io, wantsColour } from './io';
import { sarif } from './sarif';

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
