/** An error that a build reported, as MSBuild writes it: `file(line,column): error CODE: message [project]`. */
export interface BuildError {
	/** Empty where it has none, as that of an `Error` task in a project. */
	readonly code: string;
	readonly message: string;
	/** Absolute where MSBuild said so; absent for an error of the build as a whole. */
	readonly file?: string;
	/** Both count from 1. */
	readonly line?: number;
	readonly column?: number;
}

/** The error in one line of output; `undefined` for every other line. */
export function buildErrorOf(line: string): BuildError | undefined {
	const text = withoutProject(line);
	const match = errorLine.exec(text) ?? errorWithoutCode.exec(text);
	if (!match?.groups) {
		return undefined;
	}
	const { origin, row, column, code, message } = match.groups;
	// A tool without a file writes its own name: `CSC : error ...`, `MSBUILD : error ...`.
	const isFile = origin !== undefined && (row !== undefined || /[\\/.]/.test(origin));
	return {
		code: code ?? '',
		message: (message ?? '').trim(),
		...(isFile && { file: origin }),
		...(row !== undefined && { line: Number(row) }),
		...(column !== undefined && { column: Number(column) }),
	};
}

/** Every error once, in the order of the output: MSBuild repeats them in its summary. */
export function buildErrorsOf(lines: readonly string[]): readonly BuildError[] {
	const seen = new Set<string>();
	return lines
		.map(buildErrorOf)
		.filter(error => error !== undefined)
		.filter(error => {
			const key = JSON.stringify(error);
			return seen.has(key) ? false : seen.add(key);
		});
}

/** `WorkerRole.cs(12,5): CS0103: The name 'z' does not exist.` with the file's name only: the folder is known. */
export function describeBuildError(error: BuildError): string {
	const name = error.file?.split(/[\\/]/).pop();
	const at = error.line === undefined ? '' : `(${error.line}${error.column === undefined ? '' : `,${error.column}`})`;
	return `${name === undefined ? '' : `${name}${at}: `}${error.code && `${error.code}: `}${error.message}`;
}

/** Whether the compiler met a name that none of its references has. */
export function hasUnknownNames(output: string): boolean {
	return /\berror (CS0234|CS0246|CS0103|CS0012|BC30002|BC30456|FS0039)\b/.test(output);
}

/** The assemblies that were not found, where the compiler met names that it does not know; a quiet build does not say them. */
export function unresolvedIn(output: string): readonly string[] {
	const found = [...output.matchAll(/MSB3245:.*?Could not locate the assembly "([^",]+)/g)].map(
		([, name = '']) => name,
	);
	return hasUnknownNames(output) ? [...new Set(found)] : [];
}

/** The packages that a restore did not find in any feed, or not in the version that is asked for. */
export function packagesNotFound(output: string): readonly string[] {
	const found = [...output.matchAll(/error NU110[123]:.*?\bpackage '?([\w.-]*\w)/g)].map(([, name = '']) => name);
	return [...new Set(found)];
}

/** The files that projects import and MSBuild does not find, as the projects write them. */
export function importsNotFound(output: string): readonly string[] {
	const found = [
		...output.matchAll(/error MSB4019: The imported project "([^"]+)"(?:[^\r\n]*?declaration "([^"]+)")?/g),
	];
	return [...new Set(found.map(([, file = '', written]) => written ?? file))];
}

/** Why a feed did not answer a restore; `undefined` where each did. */
export function feedNotReached(output: string): string | undefined {
	return /error NU1301: ([^\r\n]*?)\.?(?: \[|\r?\n|$)/.exec(output)?.[1];
}

/** The project, whose absolute path stands in brackets behind every line; a folder in it may have brackets of its own. */
export function withoutProject(line: string): string {
	return line.replace(/\s\[(?:\/|[A-Za-z]:[\\/]).*proj(?:::[^\]]*)?\]$/, '');
}

/** A place has one, two or four numbers. */
const errorLine =
	/^\s*(?:(?<origin>(?:[A-Za-z]:)?[^:]*?)(?:\((?<row>\d+)(?:,(?<column>\d+))?(?:,\d+,\d+)?\))?\s*:\s+)?(?:[\w ]+ )?error (?<code>[A-Za-z]+\d+)\s*:\s*(?<message>.*)$/;

/** An `Error` task always has its place in a file. */
const errorWithoutCode =
	/^\s*(?<origin>(?:[A-Za-z]:)?[^:]*?)\((?<row>\d+),(?<column>\d+)\)\s*: error :\s*(?<message>.*)$/;
