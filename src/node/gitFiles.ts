import path from 'node:path';
import { Failure } from '../base/failure';
import { childEnvironment } from './processes/childEnvironment';
import { type Exit, startProcess } from './processes/processes';
import { decodeText } from './serviceFiles';

/**
 * The text that a file had at a commit; `undefined` where it was not there. `git cat-file` reads the object and nothing
 * else: no filter, no hook and no external program of the repository is asked. Throws a `Failure`.
 */
export async function textAtCommit(file: string, reference: string): Promise<string | undefined> {
	const folder = path.dirname(file);
	const name = `${reference}:./${path.basename(file)}`;
	const { exit, bytes } = await git(folder, ['cat-file', 'blob', name]);
	if (exit.exitCode === 0) {
		return decodeText(bytes);
	}
	const known = await git(folder, ['rev-parse', '--verify', '--quiet', name]);
	if (known.exit.exitCode === 0) {
		throw new Failure(
			`The repository has '${file}' at '${reference}' by its name only, as a partial clone does: fetch it with 'git show ${name}' in its folder, and try again.`,
		);
	}
	return undefined;
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

async function git(cwd: string, args: readonly string[]): Promise<{ readonly exit: Exit; readonly bytes: Buffer }> {
	const run = { command: 'git', args };
	// Whoever watches the repository needs no lock of ours, and nobody is there to be asked for a password. What a partial
	// clone does not have is not fetched: no protocol is called `none`, so no program that the repository names is started.
	const env = childEnvironment({
		...{ GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
		...{ GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' },
	});
	// Neither line ends nor encodings are git's business: every byte is taken as it is.
	const chunks: Buffer[] = [];
	const bytes = (stream: 'stdout' | 'stderr', piece: Buffer) => void (stream === 'stdout' && chunks.push(piece));
	const exit = await startProcess({ run, cwd, env, bytes }).exited;
	return { exit, bytes: Buffer.concat(chunks) };
}
