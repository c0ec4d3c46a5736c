import { Failure } from '../base/failure';
import { nearest } from '../base/nearest';
import type { Io } from './io';
import { ownVersion } from './ownFiles';
import { isReaderGone, tellOutputFailure } from './signals';

interface Command {
	run(argv: readonly string[], io: Io): Promise<number>;
}

/** Each command is loaded only when it is asked for, so that `validate` does not pay for the fabric. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
	validate: () => import('./validate'),
	run: () => import('./run'),
	test: () => import('./test'),
	new: () => import('./new'),
	remove: () => import('./remove'),
	duplicate: () => import('./duplicate'),
	format: () => import('./format'),
	diff: () => import('./diff'),
	impact: () => import('./impact'),
	explain: () => import('./explain'),
	lsp: () => import('./lsp'),
};

const help = `rolewright: edit, run and debug Azure Cloud Services without the Azure SDK

  rolewright validate PATH...   checks definitions and configurations
  rolewright run PATH           runs a service on this machine
  rolewright test PATH...       plays lifecycle scenarios and says which failed
  rolewright new WHAT NAME      makes a service, or adds a role or a part of one
  rolewright remove role NAME   takes a role out of all files of its service
  rolewright duplicate role NAME NEWNAME
                                makes a second role like one that there is
  rolewright format PATH...     formats definitions and configurations
  rolewright diff A B           compares two configurations, or two definitions
  rolewright impact PATH        says what changed files do to a service that runs
  rolewright explain JOURNAL    says why instances restarted
  rolewright lsp                the language server, for editors

Each command explains itself with --help; rolewright --version says which one this is.
Exit code: 0 nothing is wrong, 1 something is, 2 it could not be done.
`;

/** Carries out one call of the command line and answers with its exit code (interfaces.md 1). */
export async function main(argv: readonly string[], io: Io): Promise<number> {
	const [name, ...rest] = argv;
	if (name === '--version') {
		io.stdout.write(`${ownVersion() ?? 'unknown'}\n`);
		return 0;
	}
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		(name === undefined ? io.stderr : io.stdout).write(help);
		return name === undefined ? 2 : 0;
	}
	try {
		const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
		if (!load) {
			const near = nearest(name, Object.keys(commands));
			const remedy =
				near === undefined ? `: use ${Object.keys(commands).join(', ')}, or --help.` : `; did you mean '${near}'?`;
			throw new Failure(`There is no command '${name}'${remedy}`);
		}
		return await (await load()).run(rest, io);
	} catch (error) {
		io.stderr.write(`rolewright: ${messageOf(error)}\n`);
		return 2;
	}
}

/** A failure is one sentence; anything else is a bug, whose stack helps whoever reads the report of it. */
function messageOf(error: unknown): string {
	if (error instanceof Failure) {
		return error.message;
	}
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function workingFolder(): string {
	try {
		return process.cwd();
	} catch {
		process.stderr.write('rolewright: The working folder has been removed: go to another one and try again.\n');
		return process.exit(2);
	}
}

if (require.main === module) {
	// A reader that has seen enough (`| head`) is no error.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		// A run stops in order.
		if (process.stdout.listenerCount('error') > 1) {
			return;
		}
		if (!isReaderGone(error)) {
			tellOutputFailure(error, process.stderr);
		}
		process.exit(isReaderGone(error) ? 0 : 2);
	});
	// Nobody is left who could be told.
	process.stderr.on('error', () => {});
	const io: Io = {
		stdout: process.stdout,
		stderr: process.stderr,
		stdin: process.stdin,
		env: process.env,
		cwd: workingFolder(),
		isTerminal: process.stdout.isTTY === true,
	};
	main(process.argv.slice(2), io).then(code => {
		process.exitCode = code;
	});
}
