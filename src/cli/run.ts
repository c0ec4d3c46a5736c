import { Failure } from '../base/failure';
import { startFailures } from '../lifecycle/instance/startFailures';
import { errorText, ModelFailure } from '../runner/checkBeforeRun';
import { parseDuration } from '../runner/script';
import { type RunningService, type RunRequest, startService } from '../runner/startService';
import { readArguments } from './arguments';
import { choiceOf } from './choice';
import type { Io } from './io';
import { journalPrinter } from './journalPrinter';
import { runScript } from './runScript';
import { openScreen, type Screen } from './screen';
import { onSignals, type Signals } from './signals';

const help = `rolewright run PATH [options]

Runs the cloud service in PATH (a folder with one definition, a .csdef or a .ccproj)
on this machine until it is told to stop.

  --configuration NAME|FILE  Local finds ServiceConfiguration.Local.cscfg;
                             default: Local, else the only one
  --role NAME                only this role; again for more
  --count ROLE=N             instances, in place of the configuration's
  --build auto|always|never  default auto: what is missing or older than a source
  --format text|jsonl        the journal for people, or one JSON object a line
  --on-stop-limit TIME       how long OnStop may take: 5m (default) or 30s
  --time-factor N            the fabric's own time runs N times faster
  --state DIR                where instance folders live

Commands are lines on standard input, carried out in order; "help" lists them.
Exit code: 0 it ran and stopped, 1 something was wrong, 2 it could not be run,
130 or 143 ended by Ctrl+C or a signal, after an orderly stop.
`;

/** `rolewright run` (interfaces.md 1.2): starts the service, carries out what standard input says, stops it. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const options = readOptions(argv);
	if (options === 'help') {
		io.stdout.write(help);
		return 0;
	}
	const signals = onSignals(io);
	const screen = openScreen(io);
	try {
		const service = await startService({
			...options.request,
			distFolder: __dirname,
			stopWhileStarting: signals.first,
			progress: text => io.stderr.write(`${text}\n`),
			onEntry: journalPrinter(options.format, io, screen.print),
		});
		return await runUntilStopped(service, io, screen, signals);
	} catch (error) {
		if (error instanceof ModelFailure) {
			io.stderr.write(error.errors.map(each => `${errorText(each)}\n`).join(''));
			return 1;
		}
		if (signals.first.aborted) {
			return signals.exitCode();
		}
		throw error;
	} finally {
		signals.dispose();
	}
}

async function runUntilStopped(service: RunningService, io: Io, screen: Screen, signals: Signals): Promise<number> {
	const failures = startFailures();
	service.deployment.journal.entries.forEach(failures.take);
	const entries = service.deployment.journal.onEntry(failures.take);
	signals.second.addEventListener('abort', () => void service.stop());
	try {
		const script = await runScript(service, io, screen, signals);
		await (script.stopping ? service.stopped : service.stop());
		if (signals.first.aborted) {
			return signals.exitCode();
		}
		return script.failed || failures.any() ? 1 : 0;
	} finally {
		entries.dispose();
	}
}

type Options = Pick<
	RunRequest,
	'path' | 'configuration' | 'roles' | 'counts' | 'build' | 'onStopLimit' | 'timeFactor' | 'stateFolder'
>;

function readOptions(
	argv: readonly string[],
): 'help' | { readonly request: Options; readonly format: 'text' | 'jsonl' } {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: {
			configuration: { type: 'string' },
			role: { type: 'string', multiple: true },
			count: { type: 'string', multiple: true },
			build: { type: 'string', default: 'auto' },
			format: { type: 'string', default: 'text' },
			'on-stop-limit': { type: 'string', default: '5m' },
			'time-factor': { type: 'string', default: '1' },
			state: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		return 'help';
	}
	const [path, ...more] = positionals;
	if (path === undefined || more.length > 0) {
		throw new Failure(
			'Name one service to run: a folder with a definition, a .csdef or a .ccproj, such as rolewright run .',
		);
	}
	return {
		format: choiceOf('format', values.format, ['text', 'jsonl']),
		request: {
			path,
			build: choiceOf('build', values.build, ['auto', 'always', 'never']),
			onStopLimit: duration(values['on-stop-limit']),
			timeFactor: factor(values['time-factor']),
			...(values.configuration !== undefined && { configuration: values.configuration }),
			...(values.role && { roles: values.role }),
			...(values.count && { counts: Object.fromEntries(values.count.map(count)) }),
			...(values.state !== undefined && { stateFolder: values.state }),
		},
	};
}

function duration(value: string): number {
	const milliseconds = parseDuration(value);
	if (milliseconds === undefined || milliseconds === 0) {
		throw new Failure(`'${value}' is no time for --on-stop-limit: write 5m or 30s.`);
	}
	return milliseconds;
}

function factor(value: string): number {
	const number = Number(value);
	if (!(number > 0 && number <= 10_000)) {
		throw new Failure(`'${value}' is no value of --time-factor: write a number above 0, such as 60.`);
	}
	return number;
}

function count(value: string): readonly [role: string, count: number] {
	const match = /^(.+)=(\d{1,4})$/.exec(value);
	if (!match) {
		throw new Failure(`'${value}' is no value of --count: write a role and a number, such as --count Worker=2.`);
	}
	return [match[1] ?? '', Number(match[2])];
}
