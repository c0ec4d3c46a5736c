import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../base/failure';

/** The full path of a program on the path of this environment, as the command interpreter would find it. */
export function findProgram(name: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
	const windows = process.platform === 'win32';
	const folders = (environment.PATH ?? environment.Path ?? '')
		.split(path.delimiter)
		.filter(folder => path.isAbsolute(folder));
	const endings = windows ? (environment.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
	for (const folder of folders) {
		for (const ending of windows && path.extname(name) ? ['', ...endings] : endings) {
			const file = path.join(folder, name + ending);
			if (isExecutable(file)) {
				return file;
			}
		}
	}
	return undefined;
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
	const command = findProgram('node', environment);
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
