import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { driveDebugger } from '../../debug/debuggerProgram';
import { chooseDotnetDebugger, type DotnetDebugger, executables, noDotnetDebugger } from '../../debug/dotnetDebuggers';
import { wallClock } from '../../node/clock';
import { childEnvironment } from '../../node/processes/childEnvironment';
import { startProcess } from '../../node/processes/processes';
import type { Settings } from '../workspace/settings';

/** The .NET debugger of this machine as it is now: extensions and settings come and go. */
export function dotnetDebugger(settings: Settings): DotnetDebugger | undefined {
	return chooseDotnetDebugger({
		setting: settings.dotnetDebugger.get(),
		variable: process.env.ROLEWRIGHT_DOTNET_DEBUGGER || undefined,
		contributed: vscode.extensions.all.flatMap(({ id, packageJSON }) => typesOf(id, packageJSON)),
		uriScheme: vscode.env.uriScheme,
		onPath: executables.map(findOnPath).find(found => found !== undefined),
	});
}

/** The adapter of our own debug type: it drives the program that was chosen, whatever a launch configuration says. */
export function dotnetAdapter(settings: Settings): vscode.DebugAdapter {
	const chosen = dotnetDebugger(settings);
	if (chosen?.kind !== 'executable') {
		throw new Failure(noDotnetDebugger);
	}
	const running = startProcess({
		run: { command: chosen.path, args: ['--interpreter=vscode'] },
		cwd: path.dirname(chosen.path),
		env: childEnvironment(),
		stdin: 'pipe',
	});
	const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
	const driven = driveDebugger(
		{
			write: bytes => running.stdin?.write(bytes),
			onData: take => running.stdout?.on('data', take),
			ended: running.exited.then(({ failure }) => failure ?? `The debugger "${chosen.path}" ended.`),
			close: () => running.stdin?.end(),
			kill: () => running.kill(),
		},
		wallClock,
		message => messages.fire(message),
	);
	return {
		onDidSendMessage: messages.event,
		handleMessage: message => driven.handle(message as Parameters<typeof driven.handle>[0]),
		dispose: () => driven.dispose(),
	};
}

function typesOf(extension: string, manifest: unknown): readonly { type: string; extension: string }[] {
	const { contributes } = manifest as { contributes?: { debuggers?: readonly { type?: unknown }[] } };
	const debuggers = Array.isArray(contributes?.debuggers) ? contributes.debuggers : [];
	return debuggers.flatMap(({ type }) => (typeof type === 'string' ? [{ type, extension }] : []));
}

function findOnPath(name: string): string | undefined {
	const file = process.platform === 'win32' ? `${name}.exe` : name;
	const folders = (process.env.PATH ?? process.env.Path ?? '').split(path.delimiter).filter(path.isAbsolute);
	return folders.map(folder => path.join(folder, file)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
