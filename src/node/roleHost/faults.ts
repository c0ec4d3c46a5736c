import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RoleError } from '../../lifecycle/journal/journal';
import { type Connection, exitCodes } from './connection';

/**
 * An exception that nobody caught ends the process, as in .NET. A role that listens for such exceptions itself has
 * caught them: then nothing is reported, as Node would do.
 */
export function reportFaults(connection: Connection): void {
	process.on('uncaughtException', error => {
		if (process.listenerCount('uncaughtException') === 1) {
			fault(connection, error);
		}
	});
	process.on('unhandledRejection', reason => {
		if (process.listenerCount('unhandledRejection') === 1) {
			fault(connection, reason);
		}
	});
}

export function fault(connection: Connection, thrown: unknown): void {
	connection.send({ type: 'fault', error: roleError(thrown) });
	connection.exit(exitCodes.fault);
}

/** Whatever was thrown, as the journal knows it. With `--enable-source-maps` the stack names the sources. */
export function roleError(thrown: unknown): RoleError {
	if (!(thrown instanceof Error) && !isErrorLike(thrown)) {
		return { type: typeof thrown, message: text(thrown) };
	}
	const stack = typeof thrown.stack === 'string' ? withoutOwnFrames(thrown.stack) : undefined;
	return {
		type: nameOf(thrown),
		message: text(thrown.message),
		...(stack !== undefined && { stack, ...placeIn(stack) }),
	};
}

function nameOf(error: Error): string {
	const own = error.constructor?.name;
	return error.name && error.name !== 'Error' ? error.name : own || 'Error';
}

/** An error of another realm (a `vm` context) is not an instance of our `Error`. */
function isErrorLike(value: unknown): value is Error {
	return typeof value === 'object' && value !== null && 'message' in value && 'stack' in value;
}

/** Role code may throw anything, even a thing that cannot be made a string. */
function text(value: unknown): string {
	try {
		return String(value);
	} catch {
		return 'a value that has no text';
	}
}

/** The frames of the host say nothing about the role. */
function withoutOwnFrames(stack: string): string {
	const isOwn = (line: string): boolean => own !== undefined && /^\s+at /.test(line) && line.includes(own);
	return stack
		.split('\n')
		.filter(line => !isOwn(line))
		.join('\n');
}

/** What frames of the host have in them: its file, or with a source map the folder of its sources. */
function ownPlace(): string | undefined {
	const file = frame.exec(new Error().stack?.split('\n')[1] ?? '')?.[1];
	return file === undefined || file === __filename ? file : `${path.dirname(file)}${path.sep}`;
}

const frame = /^\s+(?:at|->)\s+(?:.*\()?((?:file:|\/|[A-Za-z]:[\\/]|\\\\).*?):(\d+)(?::\d+)?\)?$/;

/** Found before role code can change what a stack looks like. */
const own = ownPlace();

/** The first place of a stack that is a file. A syntax error names it in a line of its own, before the stack. */
function placeIn(stack: string): { readonly file: string; readonly line: number } | undefined {
	const lines = stack.split('\n');
	const head = /^(?!\s)(.+):(\d+)$/.exec(lines[0] ?? '');
	const frames = lines.map(line => frame.exec(line));
	const place = (head && isPath(head[1] ?? '') ? head : undefined) ?? frames.find(frame => frame !== null);
	const file = place?.[1];
	return file ? { file: file.startsWith('file:') ? fileURLToPath(file) : file, line: Number(place[2]) } : undefined;
}

function isPath(text: string): boolean {
	return /^(?:file:|\/|[A-Za-z]:[\\/])/.test(text);
}
