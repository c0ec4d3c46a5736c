import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/failure';

/** The full path of a program on the path of this environment, as the command interpreter would find it. */
export function findProgram(
	name: string,
	environment: NodeJS.ProcessEnv = process.env,
	platform: NodeJS.Platform = process.platform,
	isProgram: (file: string) => boolean = isExecutable,
): string | undefined {
	const windows = platform === 'win32';
	const { delimiter, extname, isAbsolute, join } = windows ? path.win32 : path.posix;
	const folders = (variable(environment, 'PATH', windows) ?? '')
		.split(delimiter)
		// Installers for Windows write folders with blanks in quotation marks, which are no part of the name.
		.map(folder => (windows ? folder.replaceAll('"', '') : folder))
		.filter(folder => isAbsolute(folder));
	const endings = windows ? (variable(environment, 'PATHEXT', windows) ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
	for (const folder of folders) {
		for (const ending of windows && extname(name) ? ['', ...endings] : endings) {
			const file = join(folder, name + ending);
			if (isProgram(file)) {
				return file;
			}
		}
	}
	return undefined;
}

/** The names of variables have no case on Windows; only `process.env` itself knows that. */
function variable(environment: NodeJS.ProcessEnv, name: string, windows: boolean): string | undefined {
	const spelled = windows ? Object.keys(environment).find(each => each.toUpperCase() === name) : undefined;
	return environment[spelled ?? name];
}

/** The Node that runs roles, and what it needs in its environment to be Node. */
export interface NodeProgram {
	readonly command: string;
	readonly variables: Readonly<Record<string, string>>;
}

/**
 * The `node` on the path, as the role's own command lines mean it. Without one: the Node that runs the fabric, which in
 * VS Code's desktop is Electron and runs as Node when it is told to. Throws a `Failure` when neither can be had.
 */
export function findNode(environment: NodeJS.ProcessEnv = process.env): NodeProgram {
	// A batch file of that name, as some tools put on the path of Windows, is no program that can be started.
	const command = findProgram(process.platform === 'win32' ? 'node.exe' : 'node', environment);
	if (command) {
		return { command, variables: {} };
	}
	if (process.execPath && isExecutable(process.execPath)) {
		return {
			command: process.execPath,
			variables: process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
		};
	}
	throw new Failure(
		'JavaScript roles need Node.js: install it from https://nodejs.org and see to it that `node` is on the path.',
	);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
