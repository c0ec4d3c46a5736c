import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FromHost } from '../../lifecycle/hostVocabulary';
import type { DotnetRuntime, RoleLife, RoleProcess } from '../../lifecycle/roleHost';
import { startChannelHost } from '../hosts/channelHost';
import type { HostChannel } from '../hosts/hostChannel';
import type { ProcessRecord } from '../processes/processStart';
import { findMono, monoMissing } from './mono';
import { dotnetMissing, findDotnet } from './program';
import type { HostReserve, HostStart } from './reserve';

/** What scripts/build-host.mjs has put into `dist/host`. */
export interface DotnetFiles {
	/** The host for `dotnet`. */
	readonly host: string;
	/** The host for .NET Framework and Mono. */
	readonly frameworkHost: string;
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
		frameworkHost: path.join(folder, 'net472', 'Rolewright.Host.exe'),
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
	/** Keeps hosts ready for the next lives of their instances. */
	readonly reserve?: HostReserve;
}

/**
 * Starts the C# host for a life whose entry is an assembly, on the runtime that the life names. A missing or too old
 * runtime, a host that was not built and an assembly that is not there are each told as one `failed` with a sentence.
 */
export function startDotnetHost(
	options: DotnetHostOptions,
	life: RoleLife,
	heard: (message: FromHost) => void,
): RoleProcess {
	if (life.entry.kind !== 'assembly') {
		throw new Error(`the C# host cannot run an entry of kind ${life.entry.kind}`);
	}
	const { runtime, debugged, note } = runtimeFor(life, life.entry.runtime ?? { name: 'dotnet' });
	if (note !== undefined) {
		queueMicrotask(() => heard({ type: 'note', text: note, ...(!debugged && { about: 'debugger' }) }));
	}
	return runtime === 'dotnet'
		? startOnNet(options, life, heard)
		: startOnFramework(runtime, options, { ...life, waitForDebugger: debugged }, life.entry.assembly, heard);
}

/** Debuggers attach to .NET only, so a role is debugged there unless a person has said where it runs (running-dotnet-roles.md 2.2). */
function runtimeFor({ waitForDebugger }: RoleLife, { name, said }: DotnetRuntime) {
	if (name === 'dotnet' || !waitForDebugger) {
		return { runtime: name, debugged: waitForDebugger };
	}
	const place = placeOf(name);
	return said
		? {
				runtime: name,
				debugged: false,
				note: `No debugger can be attached to a role on ${place} from here, so it runs without: set 'runtime' to 'dotnet' for the role in rolewright.json to debug it.`,
			}
		: {
				runtime: 'dotnet' as const,
				debugged: true,
				note: `To be debugged, the role runs on .NET and not on ${place}, where debuggers cannot attach to it; 'runtime' in rolewright.json can say otherwise.`,
			};
}

function startOnNet(options: DotnetHostOptions, life: RoleLife, heard: (message: FromHost) => void): RoleProcess {
	const dotnet = options.dotnet ?? findDotnet();
	if (dotnet === undefined || !existsSync(options.files.host)) {
		return neverStarted(dotnet === undefined ? dotnetMissing : notBuilt(options.files.host), heard);
	}
	let runtimeMissing = false;
	const start: HostStart = {
		...commonStart(options),
		command: dotnet,
		args: [...rollForward(life), options.files.host],
		// The role's own folder becomes the current one inside the host; a host in reserve must not keep it from being renewed.
		cwd: path.dirname(options.files.host),
		variables: startVariables,
		isOutput: (stream, text) => {
			runtimeMissing ||= stream === 'stderr' && text.startsWith('You must install or update .NET');
			return !runtimeMissing;
		},
	};
	const hear = (message: FromHost): void =>
		heard(message.type === 'failed' && runtimeMissing ? { type: 'failed', text: runtimeTooOld } : message);
	return options.reserve ? options.reserve.start(start, life, hear) : startChannelHost({ ...start, life }, hear);
}

/** On Windows the host is a program; elsewhere Mono runs it. The role's assembly is an argument: its domain needs it first. */
function startOnFramework(
	runtime: 'mono' | 'framework',
	options: DotnetHostOptions,
	life: RoleLife,
	assembly: string,
	heard: (message: FromHost) => void,
): RoleProcess {
	const host = options.files.frameworkHost;
	const mono = runtime === 'mono' ? findMono() : undefined;
	if ((runtime === 'mono' && !mono) || !existsSync(host)) {
		return neverStarted(existsSync(host) ? monoMissing : notBuilt(host), heard);
	}
	const code = path.join(life.folders.approot, assembly);
	const running = startChannelHost(
		{
			...commonStart(options),
			...(mono ? { command: mono.command, args: ['--debug', host, code] } : { command: host, args: [code] }),
			cwd: life.folders.approot,
			life,
		},
		heard,
	);
	return {
		...running,
		send: message =>
			message.type === 'debug'
				? heard({ type: 'note', text: noDebuggerNow(placeOf(runtime)), about: 'debugger' })
				: running.send(message),
	};
}

function placeOf(runtime: 'mono' | 'framework'): string {
	return runtime === 'mono' ? 'Mono' : '.NET Framework';
}

function noDebuggerNow(place: string): string {
	return `No debugger can be attached to a role on ${place} from here: debug it from its next start, for which it runs on .NET where 'runtime' in rolewright.json does not say otherwise.`;
}

function commonStart({ channel, record }: DotnetHostOptions) {
	return { channel, ...(record && { record }), name: 'The C# host' };
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
	DOTNET_EnableDiagnostics_Debugger: undefined,
	COMPlus_EnableDiagnostics_Debugger: undefined,
};

export function notBuilt(host: string): string {
	return `This copy of Rolewright has no C# host (${host}): run 'npm run build' where the .NET SDK is installed.`;
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
