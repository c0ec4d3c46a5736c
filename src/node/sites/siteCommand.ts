import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/failure';
import type { SiteApplication } from '../../lifecycle/siteHost';
import { dotnetMissing, findDotnet } from '../dotnet/program';
import { portableCommand } from '../processes/commandLines';
import type { ProcessStart } from '../processes/processStart';
import { findNode, findProgram } from '../processes/programs';
import { type ChannelKind, channelKindOf } from '../runtimeProtocol/channels';

/** How the process of an application is started; it listens on the port at 127.0.0.1. */
export interface SiteCommand {
	readonly run: ProcessStart['run'];
	readonly cwd: string;
	readonly variables: Readonly<Record<string, string>>;
	/** For the journal: what runs. */
	readonly text: string;
	/** What the open clients of the runtime protocol open in this language; it gets no endpoint of it where none is said. */
	readonly channel?: ChannelKind;
	/** It is a .NET program, and finds its role environment through our startup hook. */
	readonly takesHook?: true;
	/** What a person should know of it: a sentence about the site. */
	readonly note?: string;
	/** The process does not know where it is mounted: it gets paths below its application. */
	readonly stripsPath?: true;
	/** It has nothing to do before its end, and takes its time when it is asked: it is ended at once. */
	readonly endsAtOnce?: true;
	/** What it says on its own account, and no page. */
	readonly talk?: RegExp;
	/** Headers that it wants beside those of the request. */
	readonly headers?: Readonly<Record<string, string>>;
}

/** Throws a `Failure` with a sentence where the application cannot be served here. Static files need no process. */
export function siteCommand(application: SiteApplication, port: number, token: string): SiteCommand {
	const { serves, folder } = application;
	const variables = { PORT: String(port) };
	switch (serves.kind) {
		case 'static':
			throw new Error('static files are served without a process');
		case 'node': {
			const node = findNode();
			const script = path.join(folder, serves.script);
			const own = { ...node.variables, ...serves.variables, ...variables };
			return {
				run: { command: node.command, args: [script] },
				cwd: path.dirname(script),
				variables: own,
				text: `node ${serves.script}`,
				channel: 'socket',
			};
		}
		case 'aspnetcore':
			return aspNetCore(application, serves.assembly, port, token);
		case 'php': {
			const php = findProgram('php');
			if (php === undefined) {
				throw new Failure("PHP was not found: install it, and see to it that 'php' is on the path.");
			}
			return {
				run: { command: php, args: ['-S', `127.0.0.1:${port}`, '-t', folder] },
				cwd: folder,
				// Its server answers one request at a time without them; Windows cannot have them.
				variables: { ...variables, ...(process.platform !== 'win32' && { PHP_CLI_SERVER_WORKERS: '4' }) },
				text: 'php -S',
				channel: 'fifo',
				stripsPath: true,
				endsAtOnce: true,
				talk: /^(\[\d+\] )?\[[^\]]+\] (PHP \S+ Development Server|\S+ (Accepted|Closing|Closed without))/,
			};
		}
		case 'command': {
			const command = portableCommand(serves.commandLine, folder);
			if ('obstacle' in command) {
				throw new Failure(command.obstacle);
			}
			const channel = channelKindOf(serves.commandLine);
			return { run: command.run, cwd: folder, variables, text: serves.commandLine, channel };
		}
		case 'aspnet':
			return iisExpress(folder, port);
	}
}

/**
 * Below a path an application is told where it is as the ASP.NET Core Module of IIS tells it, and expects a token with
 * each request then.
 */
function aspNetCore(
	{ path: mount, folder }: SiteApplication,
	assembly: string,
	port: number,
	token: string,
): SiteCommand {
	const dotnet = findDotnet();
	if (dotnet === undefined) {
		throw new Failure(dotnetMissing);
	}
	const address = { PORT: String(port), ASPNETCORE_URLS: `http://127.0.0.1:${port}` };
	// Below IIS it knows that a client speaks https; here the front says so in a header.
	const unmounted = { ASPNETCORE_FORWARDEDHEADERS_ENABLED: 'true' };
	const mounted = { ASPNETCORE_PORT: String(port), ASPNETCORE_APPL_PATH: mount, ASPNETCORE_TOKEN: token };
	return {
		run: { command: dotnet, args: [path.join(folder, assembly)] },
		cwd: folder,
		// Without a publish, its static files are where the manifest of the build says, which only Development reads.
		variables: {
			ASPNETCORE_ENVIRONMENT: process.env.ASPNETCORE_ENVIRONMENT ?? 'Development',
			...address,
			...(mount === '/' ? unmounted : mounted),
		},
		text: `dotnet ${assembly}`,
		takesHook: true,
		...(mount !== '/' && { headers: { 'MS-ASPNETCORE-TOKEN': token } }),
	};
}

/** Untried: there was no Windows to try it on. */
function iisExpress(folder: string, port: number): SiteCommand {
	if (process.platform !== 'win32') {
		throw new Failure(
			"It is ASP.NET on .NET Framework, which needs IIS and so Windows: it is not served on this system. The role's entry point runs.",
		);
	}
	const found = [process.env.ProgramFiles, process.env['ProgramFiles(x86)']]
		.flatMap(programs => (programs ? [path.join(programs, 'IIS Express', 'iisexpress.exe')] : []))
		.find(file => existsSync(file));
	if (found === undefined) {
		throw new Failure(
			"It is ASP.NET on .NET Framework and needs IIS Express, which was not found: install it (it comes with Visual Studio). The role's entry point runs.",
		);
	}
	return {
		run: { command: found, args: [`/path:${folder}`, `/port:${port}`, '/systray:false'] },
		cwd: folder,
		variables: { PORT: String(port) },
		text: 'iisexpress',
		note: 'IIS Express serves it, where there is no role environment: its code cannot ask RoleEnvironment for anything.',
		stripsPath: true,
	};
}
