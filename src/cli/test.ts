import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure, textOfError } from '../base/failure';
import { LineMap } from '../base/lines';
import { makeFolder } from '../node/disks/folders';
import { journalLine } from '../scenario/expectations';
import type { FailureReport, TestReport } from '../scenario/junit';
import { hasChaos, nightText } from '../scenario/night';
import type { Played } from '../scenario/playScenario';
import { playableScenario, runScenario } from '../scenario/runScenario';
import type { Scenario } from '../scenario/scenario';
import { readArguments } from './arguments';
import { choiceOf } from './choice';
import type { Io } from './io';
import { type ScenarioFile, scenarioFiles } from './scenarioFiles';
import { onSignals, type Signals } from './signals';
import { reporterFor, type TestFormat } from './testReport';

const help = `rolewright test [options] PATH...

Plays lifecycle scenarios (*.lifecycle.json) with real processes and compares what
happens with what they expect. PATH is a scenario, or a folder that is searched.

  --format text|junit|json  the results for people, as JUnit XML, or as one JSON object
  --filter TEXT             only scenarios with this text in their name or path
  --save DIR                keeps of each scenario that fails the journal, and a night
                            of chaos as a scenario of its own
  --state DIR               where instance folders live, and are kept; default: a
                            temporary folder for each scenario

Exit code: 0 all passed, 1 one failed or cannot be played, 2 it could not be done,
130 or 143 ended by Ctrl+C or a signal, after an orderly stop.
`;

/** `rolewright test` (interfaces.md 1.3): plays scenarios one after the other and reports what failed. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const options = readOptions(argv);
	if (options === 'help') {
		io.stdout.write(help);
		return 0;
	}
	const files = scenarioFiles(options.paths, options.filter, io.cwd);
	const reporter = reporterFor(options.format, io);
	const signals = onSignals(io);
	try {
		const reports: TestReport[] = [];
		for (const file of files) {
			const report = signals.first.aborted ? skipped(file) : await test(file, options, { io, signals });
			reporter.take(report);
			reports.push(report);
		}
		reporter.end(reports);
		return signals.first.aborted ? signals.exitCode() : reports.every(each => each.outcome === 'passed') ? 0 : 1;
	} finally {
		signals.dispose();
	}
}

interface Options {
	readonly format: TestFormat;
	readonly filter: string;
	readonly save: string | undefined;
	readonly state: string | undefined;
	readonly paths: readonly string[];
}

function readOptions(argv: readonly string[]): Options | 'help' {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: {
			format: { type: 'string', default: 'text' },
			filter: { type: 'string', default: '' },
			save: { type: 'string' },
			state: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		return 'help';
	}
	const { filter, save, state } = values;
	const format = choiceOf('format', values.format, ['text', 'junit', 'json']);
	if (positionals.length === 0) {
		throw new Failure('Nothing to test: name scenarios or folders, for example rolewright test .');
	}
	return { format, filter, save, state, paths: positionals };
}

interface Surroundings {
	readonly io: Io;
	readonly signals: Signals;
}

async function test(file: ScenarioFile, options: Options, surroundings: Surroundings): Promise<TestReport> {
	const began = performance.now();
	const report = (outcome: TestReport['outcome'], failures: readonly FailureReport[]): TestReport => {
		const { name, shown } = file;
		return { name, file: shown, outcome, duration: performance.now() - began, failures };
	};
	const { scenario, wrong } = playableScenario(file);
	if (!scenario) {
		const lines = new LineMap(file.text);
		return report(
			'broken',
			wrong.map(({ span, message }) => broken(lines, span.start, message)),
		);
	}
	const played = await play(scenario, file, options, surroundings);
	if (played.outcome === 'failed' && options.save !== undefined) {
		trySaving(scenario, file, played, path.resolve(surroundings.io.cwd, options.save), surroundings.io);
	}
	return report(played.outcome === 'ended' ? 'skipped' : played.outcome, failuresOf(file, played));
}

function broken(lines: LineMap, offset: number, message: string): FailureReport {
	const place = lines.placeAt(offset);
	return { ...place, step: undefined, expected: 'a scenario that can be played', instead: message, journal: [] };
}

async function play(
	scenario: Scenario,
	file: ScenarioFile,
	{ state }: Options,
	{ io, signals }: Surroundings,
): Promise<Played> {
	const stateFolder = state ?? makeOwnFolder();
	try {
		return await runScenario(scenario, {
			path: file.path,
			stateFolder: path.resolve(io.cwd, stateFolder),
			distFolder: __dirname,
			ended: signals.first,
			endedAtOnce: signals.second,
			progress: text => io.stderr.write(`${text}\n`),
		});
	} finally {
		if (state === undefined) {
			removeOwn(stateFolder, io);
		}
	}
}

function makeOwnFolder(): string {
	try {
		return mkdtempSync(path.join(tmpdir(), 'rolewright-test-'));
	} catch {
		throw new Failure(`The temporary folder '${tmpdir()}' cannot be written: name another place with --state DIR.`);
	}
}

/** What is still held by another program, a virus scanner for one, spoils no result. */
function removeOwn(folder: string, io: Io): void {
	try {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	} catch (error) {
		io.stderr.write(`The temporary folder '${folder}' stays behind (${textOfError(error)}): remove it yourself.\n`);
	}
}

function failuresOf(file: ScenarioFile, { failures }: Played): readonly FailureReport[] {
	const lines = new LineMap(file.text);
	return failures.map(({ span, step, expected, instead, around }) => ({
		...lines.placeAt(span.start),
		...{ step, expected, instead, journal: around.map(journalLine) },
	}));
}

/** The results count more than what is kept beside them. */
function trySaving(scenario: Scenario, file: ScenarioFile, played: Played, folder: string, io: Io): void {
	try {
		save(scenario, file, played, folder);
	} catch (error) {
		io.stderr.write(
			`The journal of '${file.name}' cannot be kept in '${folder}' (${textOfError(error)}): name another folder with --save.\n`,
		);
	}
}

/** What is needed to look into a failure later: the journal, and of chance what it did. */
function save(scenario: Scenario, file: ScenarioFile, played: Played, folder: string): void {
	const base = path.join(folder, path.basename(file.path).replace(/\.lifecycle\.json$/i, ''));
	makeFolder(folder);
	writeFileSync(`${base}.journal.jsonl`, played.entries.map(entry => `${JSON.stringify(entry)}\n`).join(''));
	if (hasChaos(scenario)) {
		writeFileSync(`${base}.night.lifecycle.json`, nightText(scenario, file, played, folder));
	}
}

function skipped({ name, shown }: ScenarioFile): TestReport {
	return { name, file: shown, outcome: 'skipped', duration: 0, failures: [] };
}
