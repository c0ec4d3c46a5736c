import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The `dotnet` program: on the path, else where its installers put it. An editor that was not started from a terminal
 * often has a shorter path than the user's shell. `undefined` where there is none.
 */
export function findDotnet(environment: NodeJS.ProcessEnv = process.env): string | undefined {
	const program = process.platform === 'win32' ? 'dotnet.exe' : 'dotnet';
	const onPath = (environment.PATH ?? environment.Path ?? '').split(path.delimiter).filter(Boolean);
	return [environment.DOTNET_ROOT, ...onPath, ...installFolders(environment)]
		.filter(folder => folder !== undefined)
		.map(folder => path.join(folder, program))
		.find(file => existsSync(file));
}

export const dotnetMissing =
	'The .NET runtime was not found: install .NET 8 or later from https://dotnet.microsoft.com/download, or put dotnet on the path.';

export const dotnetSdkMissing =
	'The .NET SDK was not found, so C# roles cannot be built: install .NET SDK 8 or later from https://dotnet.microsoft.com/download, or build the role elsewhere and switch building off.';

function installFolders(environment: NodeJS.ProcessEnv): (string | undefined)[] {
	if (process.platform === 'win32') {
		return [environment.ProgramFiles && path.join(environment.ProgramFiles, 'dotnet')];
	}
	return ['/usr/local/share/dotnet', '/usr/share/dotnet', '/usr/lib/dotnet', path.join(homedir(), '.dotnet')];
}
