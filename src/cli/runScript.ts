import { createInterface, type Interface } from 'node:readline';
import { wallClock } from '../node/clock';
import { parseScriptLine, type ScriptCommand, scriptUsage, waitFor } from '../runner/script';
import type { RunningService } from '../runner/startService';
import type { Io } from './io';
import { openPrompt } from './prompt';
import type { Screen } from './screen';
import type { Signals } from './signals';

export interface ScriptEnd {
	/** Something that was waited for did not come. */
	readonly failed: boolean;
	/** The service was told to stop, or has stopped; otherwise that is still to be done. */
	readonly stopping: boolean;
}

/**
 * Carries out the commands on standard input in order, until `quit`, the end of the input after at least one command, a
 * signal, or the end of the service.
 */
export async function runScript(service: RunningService, io: Io, screen: Screen, signals: Signals): Promise<ScriptEnd> {
	const lines = io.stdin.isTTY ? openPrompt(service, io, screen, signals) : createInterface({ input: io.stdin });
	const ended = untilEnded(service, signals);
	try {
		return await readLines(lines, service, io, ended);
	} finally {
		lines.close();
		letGo(io.stdin);
	}
}

async function readLines(
	lines: Interface,
	service: RunningService,
	io: Io,
	ended: Promise<'ended'>,
): Promise<ScriptEnd> {
	const source = lines[Symbol.asyncIterator]();
	let failed = false;
	let commands = 0;
	for (;;) {
		const next = await Promise.race([source.next(), ended]);
		if (next === 'ended') {
			return { failed, stopping: false };
		}
		if (next.done) {
			// Closed or empty from the start, as in a service of the system: run until a signal.
			await (commands === 0 && !io.stdin.isTTY ? ended : undefined);
			return { failed, stopping: false };
		}
		// PowerShell begins what it sends with a byte order mark.
		const command = parseLine(next.value.replace(/^\uFEFF/, ''), io);
		if (command === undefined) {
			continue;
		}
		commands++;
		if ('error' in command) {
			service.refuse(command.error);
			continue;
		}
		if (command.command === 'quit') {
			service.submit(command, 'stdin');
			return { failed, stopping: true };
		}
		const problem = await Promise.race([carryOut(command, service), ended]);
		if (problem !== undefined && problem !== 'ended') {
			service.refuse(problem);
			failed = true;
		}
	}
}

/** A sentence where a wait was in vain. */
async function carryOut(command: ScriptCommand, service: RunningService): Promise<string | undefined> {
	switch (command.command) {
		case 'wait':
			return waitFor(command, service.deployment, wallClock);
		case 'sleep':
			await new Promise<void>(resolve => wallClock.after(command.milliseconds, resolve));
			return undefined;
		default:
			service.submit(command, 'stdin');
			// A wait that comes next means what this command leads to, and not what was before it.
			await service.deployment.carriedOut();
			return undefined;
	}
}

function parseLine(line: string, io: Io) {
	if (line.trim() === 'help') {
		io.stderr.write(`${Object.values(scriptUsage).join('\n')}\n`);
		return undefined;
	}
	return parseScriptLine(line);
}

function untilEnded(service: RunningService, signals: Signals): Promise<'ended'> {
	const signalled = new Promise<void>(resolve => {
		if (signals.first.aborted) {
			resolve();
		}
		signals.first.addEventListener('abort', () => resolve());
	});
	return Promise.race([signalled, service.stopped]).then(() => 'ended');
}

/** An input that stays open must not keep the process alive. */
function letGo(input: Io['stdin'] & { unref?: () => void }): void {
	input.pause();
	input.unref?.();
}
