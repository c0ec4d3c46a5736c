import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../processes/programs';

/** Mono on this machine: its program, and which assemblies it brings. */
export interface Mono {
	readonly command: string;
	/** Whether it brings an assembly, or a program, of this simple name. */
	has(assembly: string): boolean;
}

/** Mono on the path, else where its installers put it; never looked for on Windows, which has .NET Framework itself. */
export function findMono(environment: NodeJS.ProcessEnv = process.env): Mono | undefined {
	if (process.platform === 'win32') {
		return undefined;
	}
	const command = findProgram('mono', environment) ?? installed.find(file => existsSync(file));
	return command === undefined ? undefined : { command, has: name => places(command, name).some(existsSync) };
}

const installed = ['/Library/Frameworks/Mono.framework/Versions/Current/Commands/mono', '/opt/homebrew/bin/mono'];

/** `<prefix>/bin/mono` has its class library in `<prefix>/lib/mono`. */
function places(command: string, assembly: string): readonly string[] {
	const library = path.resolve(path.dirname(realPath(command)), '../lib/mono');
	const file = `${assembly}.dll`;
	return [
		path.join(library, '4.5', file),
		path.join(library, '4.5', `${assembly}.exe`),
		path.join(library, '4.5/Facades', file),
		path.join(library, 'gac', assembly),
	];
}

function realPath(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		return file;
	}
}

/** How Mono, or a library of it, is installed here: one package. `debian` is its name on Debian and Ubuntu. */
export function monoPackage(debian: string | undefined, platform: NodeJS.Platform = process.platform): string {
	if (platform === 'darwin') {
		return 'Mono (brew install mono)';
	}
	const package_ = existsSync('/etc/debian_version') ? (debian ?? 'mono-complete') : 'mono-complete';
	return `the package ${package_}`;
}

export const monoMissing = `Mono was not found: install ${monoPackage('mono-complete')}, or set 'runtime' to 'dotnet' for the role in rolewright.json.`;
