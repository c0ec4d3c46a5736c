import path from 'node:path';
import { Failure } from '../base/failure';
import { childEnvironment } from './childEnvironment';
import { type Exit, startProcess } from './processes';

/**
 * The text that a file had at a commit; `undefined` where it was not there. `git cat-file` reads the object and nothing
 * else: no filter, no hook and no external program of the repository is asked. Throws a `Failure`.
 */
export async function textAtCommit(file: string, reference: string): Promise<string | undefined> {
	const folder = path.dirname(file);
	const { exit, text } = await git(folder, ['cat-file', 'blob', `${reference}:./${path.basename(file)}`]);
	if (text.includes('\0')) {
		throw new Failure(`'${file}' is in UTF-16, which is not read from git: compare with a file: --against FILE.`);
	}
	return exit.exitCode === 0 ? text.replace(/^\uFEFF/, '') : undefined;
}

/** The full name of a commit, so that all files are read at the same one. Throws a `Failure` where there is none. */
export async function commitOf(folder: string, reference: string): Promise<string> {
	// What begins with a dash is an option to git, whatever it was meant as.
	if (/^-|[\s:\0]/.test(reference) || reference === '') {
		throw new Failure(`'${reference}' cannot name a commit: use a branch, a tag or a commit such as HEAD~1.`);
	}
	const { exit, text } = await git(folder, ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]);
	if (exit.failure !== undefined) {
		throw new Failure('Git was not found: install it, or compare with a file: --against FILE.');
	}
	const name = text.trim();
	if (exit.exitCode !== 0 || name === '') {
		throw new Failure(
			`There is no commit '${reference}' for '${folder}': check that it is in a git repository, or compare with a file: --against FILE.`,
		);
	}
	return name;
}

async function git(cwd: string, args: readonly string[]): Promise<{ readonly exit: Exit; readonly text: string }> {
	const run = { command: 'git', args };
	// Whoever watches the repository needs no lock of ours, and nobody is there to be asked for a password.
	const env = childEnvironment({ GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' });
	let text = '';
	const line = (stream: 'stdout' | 'stderr', words: string) => {
		text += stream === 'stdout' ? `${words}\n` : '';
	};
	const exit = await startProcess({ run, cwd, env, line }).exited;
	return { exit, text };
}
