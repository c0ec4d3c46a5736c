import path from 'node:path';
import type { Readable } from 'node:stream';
import { Failure } from '../base/failure';
import { childEnvironment, type Exit, startProcess } from './processes';
import { decodeText } from './serviceFiles';

/**
 * The text that a file had at a commit; `undefined` where it was not there. `git cat-file` reads the object and nothing
 * else: no filter, no hook and no external program of the repository is asked. Throws a `Failure`.
 */
export async function textAtCommit(file: string, reference: string): Promise<string | undefined> {
	const folder = path.dirname(file);
	const { exit, bytes } = await git(folder, ['cat-file', 'blob', `${reference}:./${path.basename(file)}`]);
	return exit.exitCode === 0 ? decodeText(bytes) : undefined;
}

/** The full name of a commit, so that all files are read at the same one. Throws a `Failure` where there is none. */
export async function commitOf(folder: string, reference: string): Promise<string> {
	// What begins with a dash is an option to git, whatever it was meant as.
	if (/^-|[\s:\0]/.test(reference) || reference === '') {
		throw new Failure(`'${reference}' cannot name a commit: use a branch, a tag or a commit such as HEAD~1.`);
	}
	const { exit, bytes } = await git(folder, ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]);
	if (exit.failure !== undefined) {
		throw new Failure('Git was not found: install it, or compare with a file: --against FILE.');
	}
	const name = decodeText(bytes).trim();
	if (exit.exitCode !== 0 || name === '') {
		throw new Failure(
			`There is no commit '${reference}' for '${folder}': check that it is in a git repository, or compare with a file: --against FILE.`,
		);
	}
	return name;
}

async function git(cwd: string, args: readonly string[]): Promise<{ readonly exit: Exit; readonly bytes: Uint8Array }> {
	const run = { command: 'git', args };
	// Whoever watches the repository needs no lock of ours, and nobody is there to be asked for a password.
	const env = childEnvironment({ GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' });
	const running = startProcess({ run, cwd, env });
	running.stderr?.resume();
	// The process may be gone before all that it has written was read.
	const [exit, bytes] = await Promise.all([running.exited, bytesOf(running.stdout)]);
	return { exit, bytes };
}

async function bytesOf(stream: Readable | undefined): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream ?? []) {
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
