import { Failure } from '../base/failure';
import type { Io } from './io';

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

Each command explains itself with --help.
Exit code: 0 nothing is wrong, 1 something is, 2 it could not be done.
`;

/** Carries out one call of the command line and answers with its exit code (interfaces.md 1). */
export async function main(argv: readonly string[], io: Io): Promise<number> {
	const [name, ...rest] = argv;
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		(name === undefined ? io.stderr : io.stdout).write(help);
		return name === undefined ? 2 : 0;
	}
	try {
		const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
		if (!load) {
			throw new Failure(`There is no command '${name}': use ${Object.keys(commands).join(', ')}, or --help.`);
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
	// The errors of node:util parseArgs are sentences about the arguments.
	if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
		return error.message;
	}
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (require.main === module) {
	// A reader that has seen enough (`| head`) is no error.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
	const io: Io = {
		stdout: process.stdout,
		stderr: process.stderr,
		stdin: process.stdin,
		env: process.env,
		cwd: process.cwd(),
		isTerminal: process.stdout.isTTY === true,
	};
	main(process.argv.slice(2), io).then(code => {
		process.exitCode = code;
	});
}
