import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FromHost, RoleLife, RoleProcess } from '../lifecycle/host';
import { startChannelHost } from './channelHost';
import { dotnetMissing, findDotnet } from './dotnetProgram';
import type { HostChannel } from './hostChannel';
import type { ProcessRecord } from './processes';

/** What scripts/build-host.mjs has put into `dist/host`. */
export interface DotnetFiles {
	/** The host for `dotnet`. */
	readonly host: string;
	/** The folder of the assemblies that role projects compile against. */
	readonly facades: string;
	readonly targets: string;
	/** A folder laid out as Visual Studio's, with stand-ins for the files that only it has. */
	readonly visualStudio: string;
	/** What of .NET Framework is missing on .NET. */
	readonly frameworkParts: string;
}

export function dotnetFiles(folder: string): DotnetFiles {
	return {
		host: path.join(folder, 'net8.0', 'Rolewright.Host.dll'),
		facades: path.join(folder, 'facades'),
		targets: path.join(folder, 'rolewright.targets'),
		visualStudio: path.join(folder, 'visual-studio'),
		frameworkParts: path.join(folder, 'framework-parts.json'),
	};
}

export interface DotnetHostOptions {
	readonly channel: HostChannel;
	readonly files: DotnetFiles;
	readonly record?: ProcessRecord;
	/** The `dotnet` program; looked for by default. */
	readonly dotnet?: string;
}

/**
 * Starts the C# host for a life whose entry is an assembly. A missing or too old runtime, a host that was not built and
 * an assembly that is not there are each told as one `failed` with a sentence.
 */
export function startDotnetHost(
	options: DotnetHostOptions,
	life: RoleLife,
	heard: (message: FromHost) => void,
): RoleProcess {
	const dotnet = options.dotnet ?? findDotnet();
	const obstacle = obstacleTo(life, dotnet, options.files);
	if (dotnet === undefined || obstacle !== undefined) {
		return neverStarted(obstacle ?? dotnetMissing, heard);
	}
	let runtimeMissing = false;
	return startChannelHost(
		{
			channel: options.channel,
			...(options.record && { record: options.record }),
			command: dotnet,
			args: [...rollForward(life), options.files.host],
			cwd: life.folders.approot,
			variables: startVariables,
			life,
			name: 'The C# host',
			isOutput: (stream, text) => {
				runtimeMissing ||= stream === 'stderr' && text.startsWith('You must install or update .NET');
				return !runtimeMissing;
			},
		},
		message => heard(message.type === 'failed' && runtimeMissing ? { type: 'failed', text: runtimeTooOld } : message),
	);
}

const runtimeTooOld =
	'The installed .NET runtime is older than .NET 8, which the C# host needs: install .NET 8 or later from https://dotnet.microsoft.com/download.';

/**
 * The runtime puts its pipe for debuggers into the temporary folder that it finds at its start, and a debugger looks for
 * it in its own; so the instance's folder is set inside the host. Without diagnostics an attach would never answer.
 */
const startVariables = {
	TMPDIR: process.env.TMPDIR,
	DOTNET_EnableDiagnostics: undefined,
	COMPlus_EnableDiagnostics: undefined,
};

function obstacleTo(life: RoleLife, dotnet: string | undefined, files: DotnetFiles): string | undefined {
	if (life.entry.kind !== 'assembly') {
		throw new Error(`the C# host cannot run an entry of kind ${life.entry.kind}`);
	}
	if (dotnet === undefined) {
		return dotnetMissing;
	}
	if (!existsSync(files.host)) {
		return `This copy of Rolewright has no C# host (${files.host}): run 'npm run build' where the .NET SDK is installed.`;
	}
	return undefined;
}

/**
 * The host runs on the oldest installed runtime from .NET 8 on, which is the nearest to what a role was built for. A role
 * built for a later one needs the newest.
 */
function rollForward(life: RoleLife): readonly string[] {
	const assembly = life.entry.kind === 'assembly' ? life.entry.assembly : '';
	const file = path.join(life.folders.approot, assembly.replace(/\.(dll|exe)$/i, '.deps.json'));
	const framework = /"name":\s*"\.NETCoreApp,Version=v(\d+)/.exec(readIfThere(file));
	return framework && Number(framework[1]) > 8 ? ['--roll-forward', 'LatestMajor'] : [];
}

function readIfThere(file: string): string {
	try {
		return readFileSync(file, 'utf8').slice(0, 1000);
	} catch {
		return '';
	}
}

/** A process that never was; its end comes after the caller has its handle. */
function neverStarted(text: string, heard: (message: FromHost) => void): RoleProcess {
	queueMicrotask(() => {
		heard({ type: 'failed', text });
		heard({ type: 'exited' });
	});
	return { send: () => {}, kill: () => {} };
}
