import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { pause } from './clock';
import { makeFolder } from './disks/folders';
import { childEnvironment } from './processes/childEnvironment';
import { quoted } from './processes/commandLines';
import { askThenKill, type Exit, startProcess } from './processes/processes';
import type { ProcessRecord } from './processes/processStart';
import { findProgram } from './processes/programs';

/** Azurite's own ports, which a connection string with `UseDevelopmentStorage=true` means: blob, queue, table. */
const ports = [10000, 10001, 10002] as const;

/** The command line that starts the Azurite of a folder or of a folder around it, else the one on the path. */
export function findAzurite(folder: string): string | undefined {
	const ending = process.platform === 'win32' ? '.cmd' : '';
	for (let here = path.resolve(folder); ; here = path.dirname(here)) {
		const file = path.join(here, 'node_modules', '.bin', `azurite${ending}`);
		if (existsSync(file)) {
			return word(file);
		}
		if (here === path.dirname(here)) {
			break;
		}
	}
	const installed = findProgram('azurite');
	return installed && word(installed);
}

/** `azurite`: it runs already; `other`: something else holds one of its ports; `none`: all of them are free. */
export async function whoHoldsAzuritesPorts(): Promise<'azurite' | 'other' | 'none'> {
	const taken = await Promise.all(ports.map(isTaken));
	if (!taken.some(Boolean)) {
		return 'none';
	}
	const servers = await Promise.all(ports.filter((_, index) => taken[index]).map(serverAt));
	return servers.every(server => /azurite/i.test(server)) ? 'azurite' : 'other';
}

export interface RunningAzurite {
	/** Ends it, and resolves when it has ended. */
	stop(): Promise<void>;
	/** Resolves with how it has ended: the end of a sentence. */
	readonly ended: Promise<string>;
}

/** How long it may take until it answers. */
const startLimit = 30_000;

/**
 * Starts Azurite on loopback, with its data in a folder, and resolves when it answers; a sentence where it does not come up.
 * It writes nothing to its output, and tells nobody of its use: from its version 3.35 on it has to be asked for that.
 */
export async function startAzurite(
	commandLine: string,
	folder: string,
	record?: ProcessRecord,
): Promise<RunningAzurite | { readonly problem: string }> {
	makeFolder(folder);
	const options = `--location ${word(folder)} --blobHost 127.0.0.1 --queueHost 127.0.0.1 --tableHost 127.0.0.1`;
	const line = `${commandLine} ${options} --silent --skipApiVersionCheck`;
	const quiet = await startOnce(`${line} --disableTelemetry`, folder, record);
	const isOlder = 'problem' in quiet && /disableTelemetry/.test(quiet.problem);
	const azurite = isOlder ? await startOnce(line, folder, record) : quiet;
	return 'problem' in azurite
		? { problem: `The storage emulator (${commandLine}) did not start: ${azurite.problem}` }
		: azurite;
}

async function startOnce(
	commandLine: string,
	folder: string,
	record: ProcessRecord | undefined,
): Promise<RunningAzurite | { readonly problem: string }> {
	const said: string[] = [];
	const running = startProcess({
		run: { commandLine },
		cwd: folder,
		env: childEnvironment(),
		line: (_, text) => {
			if (text.trim() !== '' && said.length < 3) {
				said.push(text.trim());
			}
		},
		...(record && { record }),
	});
	let ended = false;
	void running.exited.then(() => {
		ended = true;
	});
	const limit = Date.now() + startLimit;
	while (!(await Promise.all(ports.map(isTaken))).every(Boolean)) {
		if (ended || Date.now() > limit) {
			running.kill();
			const exit = await running.exited;
			return {
				problem: exit.failure ?? (said.join(' ') || `it ${howEnded(exit)}.`),
			};
		}
		await pause(50);
	}
	return {
		stop: async () => {
			await askThenKill(running, 3_000);
		},
		ended: running.exited.then(howEnded),
	};
}

function howEnded({ exitCode, signal }: Exit): string {
	return `ended with ${signal ?? `code ${exitCode}`}`;
}

function word(text: string): string {
	return process.platform === 'win32' ? `"${text}"` : quoted(text);
}

function isTaken(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}

async function serverAt(port: number): Promise<string> {
	try {
		const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
		return response.headers.get('server') ?? '';
	} catch {
		return '';
	}
}
