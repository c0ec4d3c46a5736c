/** What was found on this machine that could debug .NET; facts only, the choice is made here. */
export interface DotnetCandidates {
	/** The setting `rolewright.dotnetDebugger`: a path, a debug type, or empty. */
	readonly setting: string;
	/** The variable `ROLEWRIGHT_DOTNET_DEBUGGER`: a path. */
	readonly variable: string | undefined;
	/** Debug types that installed extensions contribute, each with the extension's id. */
	readonly contributed: readonly { readonly type: string; readonly extension: string }[];
	/** The scheme of the editor's own addresses: `vscode` and `vscode-insiders` are Microsoft's builds. */
	readonly uriScheme: string;
	/** Path of the first debugger of `executables` that the search path has. */
	readonly onPath: string | undefined;
}

export type DotnetDebugger =
	/** A debug type of an installed extension. */
	| { readonly kind: 'type'; readonly type: string }
	/** A program that speaks the debug adapter protocol on its standard input and output, driven by our own type. */
	| { readonly kind: 'executable'; readonly path: string };

/** Debug types that attach to a .NET process by its id, the best first (running-dotnet-roles.md 4.1). */
const attachingTypes = ['coreclr', 'sharpdbg'];

/** Programs that speak the protocol with `--interpreter=vscode`, by the names under which they are installed. */
export const executables = ['netcoredbg', 'sharpdbg', 'dotnet-debugger'];

export const noDotnetDebugger =
	'No .NET debugger was found, so C# roles run without one. Install the C# extension (ms-dotnettools.csharp, in ' +
	"Microsoft's builds of VS Code), SharpDbg (lextudio.sharpdbg) or netcoredbg, or name a debugger in the setting " +
	'"rolewright.dotnetDebugger".';

/**
 * What a person named comes first, the setting before the variable; then an installed extension, which knows best how
 * to show .NET; then a program on the path. Undefined: there is none.
 */
export function chooseDotnetDebugger(candidates: DotnetCandidates): DotnetDebugger | undefined {
	const { setting, variable, contributed, onPath } = candidates;
	if (setting) {
		const isType = contributed.some(({ type }) => type === setting);
		return isType ? { kind: 'type', type: setting } : { kind: 'executable', path: setting };
	}
	if (variable) {
		return { kind: 'executable', path: variable };
	}
	const type = attachingTypes.find(wanted =>
		contributed.some(found => found.type === wanted && mayRun(found.extension, candidates)),
	);
	if (type) {
		return { kind: 'type', type };
	}
	return onPath ? { kind: 'executable', path: onPath } : undefined;
}

/** Microsoft's debugger refuses to work in other builds of VS Code, and its extension offers the type there all the same. */
function mayRun(extension: string, { uriScheme }: DotnetCandidates): boolean {
	const microsoftOnly = /^ms-dotnettools\./i.test(extension);
	return !microsoftOnly || uriScheme === 'vscode' || uriScheme === 'vscode-insiders';
}
