/** What lies around a service, as far as a plan may have to change it or to know of it. Paths are absolute. */
export interface Surroundings {
	/** The text of a file as it is now, what was typed and not saved included; `undefined` where there is none. */
	text(path: string): string | undefined;
	isFolder(path: string): boolean;
	/** The projects (`.ccproj`) that name the service. */
	readonly cloudProjects: readonly string[];
	/** Where the code of a role is, as far as it is known. */
	codeOf(role: string): FoundCode | undefined;
	/** The folder whose `.vscode` gets `launch.json` and `tasks.json`; left out where these are not wanted. */
	readonly editorFolder?: string;
}

/** The folder of a role's sources, with its .NET project where it has one. */
export interface FoundCode {
	readonly folder: string;
	readonly project?: string;
}

/** Nothing but the service itself. */
export const noSurroundings: Surroundings = {
	text: () => undefined,
	isFolder: () => false,
	cloudProjects: [],
	codeOf: () => undefined,
};
