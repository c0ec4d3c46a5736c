import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Failure, textOfError } from '../../base/failure';
import { LineMap } from '../../base/lines';
import type { Span } from '../../base/span';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import { readAddress } from '../../lifecycle/slots';
import type { RunningService, RunRequest } from '../../runner/startService';
import type { ScenarioText } from '../../scenario/night';
import type { Played, PlayFailure } from '../../scenario/playScenario';
import type { Scenario } from '../../scenario/scenario';
import type { RunningServices } from '../run/runningServices';
import { rangeOf, uriOf } from '../workspace/editorText';

/** Where a scenario of the Test Explorer is played. */
export interface ItemStage {
	readonly dist: string;
	readonly ended: AbortSignal;
	readonly endedAtOnce: AbortSignal;
	/** Debugging: the service is one of the window's, so that the tree shows it and a session follows it. */
	readonly debugged?: RunningServices;
}

/** A failed play in which chance had its part. */
export interface Night {
	readonly scenario: Scenario;
	readonly file: ScenarioText;
	readonly played: Played;
}

/** Plays the scenario of an item and tells the run what came of it; gives the night where chaos found something. */
export async function playItem(
	item: vscode.TestItem,
	run: vscode.TestRun,
	stage: ItemStage,
	log: vscode.LogOutputChannel,
): Promise<Night | undefined> {
	const uri = item.uri ?? uriOf(item.id);
	const began = performance.now();
	run.started(item);
	try {
		const file = { path: uri.fsPath, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
		const { playableScenario } = await import('../../scenario/runScenario');
		const { hasChaos } = await import('../../scenario/night');
		const { scenario, wrong } = playableScenario(file);
		const tell = teller(item, run, uri, file.text);
		if (!scenario) {
			run.errored(item, wrong.map(tell.problem), performance.now() - began);
			return undefined;
		}
		const played = await play(scenario, file, stage, tell);
		const duration = performance.now() - began;
		switch (played.outcome) {
			case 'passed':
				run.passed(item, duration);
				return undefined;
			case 'ended':
				run.skipped(item);
				return undefined;
			case 'broken':
				run.errored(item, await tell.failures(played.failures), duration);
				return undefined;
			case 'failed':
				run.failed(item, await tell.failures(played.failures), duration);
				if (!hasChaos(scenario)) {
					return undefined;
				}
				tell.line(
					vscode.l10n.t(
						'What chance did can be kept: choose "Save the Night as a Scenario" in the context menu of this test.',
					),
				);
				return { scenario, file, played };
		}
	} catch (error) {
		log.error(error instanceof Error ? error : String(error));
		const text = textOfError(error);
		run.errored(item, new vscode.TestMessage(text), performance.now() - began);
		return undefined;
	}
}

type Teller = ReturnType<typeof teller>;

async function play(scenario: Scenario, file: ScenarioText, stage: ItemStage, tell: Teller): Promise<Played> {
	const { runScenario } = await import('../../scenario/runScenario');
	const { journalLine } = await import('../../scenario/expectations');
	const stateFolder = await mkdtemp(path.join(tmpdir(), 'rolewright-test-'));
	const { debugged, dist, ended, endedAtOnce } = stage;
	const onEntry = (entry: JournalEntry) => tell.line(journalLine(entry));
	const end = new AbortController();
	ended.addEventListener('abort', () => end.abort(), { once: true });
	try {
		return await runScenario(scenario, {
			...{ path: file.path, stateFolder, distFolder: dist, endedAtOnce },
			ended: end.signal,
			progress: tell.line,
			onEntry,
			onStep: step => tell.step(step.text, step.span),
			...(debugged && {
				start: request => startDebugged(scenario, request, { debugged, onEntry, leave: () => end.abort() }),
			}),
		});
	} finally {
		await rm(stateFolder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** The first instance of each role waits for a debugger in every life, and each that the scenario names. */
async function startDebugged(
	scenario: Scenario,
	request: RunRequest,
	{ debugged, onEntry, leave }: { debugged: RunningServices; onEntry(entry: JournalEntry): void; leave(): void },
): Promise<RunningService> {
	const named = scenario.steps.flatMap(({ names }) => (names.instance ? [names.instance.text] : []));
	const service = await debugged.start({
		service: request.path,
		debug: ['first', ...new Set(named.filter(name => readAddress(name).slot === 'production'))],
		said: withoutAbsent(request),
		...(request.stopWhileStarting && { stopped: request.stopWhileStarting }),
	});
	service.deployment.journal.entries.forEach(onEntry);
	service.deployment.journal.onEntry(onEntry);
	const { definition, name } = service;
	const isOurs = ({ type, configuration }: vscode.DebugSession) =>
		type === 'rolewright' && configuration.service === definition;
	const listening = vscode.debug.onDidTerminateDebugSession(session => {
		// At the end of a play the service stops first, and its session after it.
		const isLeft = !['Deleting', 'Stopped'].includes(service.deployment.snapshot.status);
		if (isOurs(session) && isLeft) {
			leave();
		}
	});
	void service.stopped.then(() => listening.dispose());
	const isDebugging = await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uriOf(definition)), {
		...{ type: 'rolewright', request: 'attach', service: definition },
		name: vscode.l10n.t('Debug {0}', name),
	});
	if (!isDebugging) {
		await service.stop();
		throw new Failure(vscode.l10n.t('The debugger of {0} did not start, so the scenario was not played.', name));
	}
	return service;
}

function withoutAbsent({ build, onStopLimit, timeFactor, ...more }: RunRequest) {
	const { configuration, roles, counts, stateFolder } = more;
	return {
		...{ build, onStopLimit, timeFactor, keepsWholeJournal: true },
		...(configuration !== undefined && { configuration }),
		...(roles && { roles }),
		...(counts && { counts }),
		...(stateFolder !== undefined && { stateFolder }),
	};
}

/** Says in the editor's words what happens to an item: its output, and what failed where. */
function teller(item: vscode.TestItem, run: vscode.TestRun, uri: vscode.Uri, text: string) {
	const lines = new LineMap(text);
	const placeOf = (span: Span) => new vscode.Location(uri, rangeOf(span, lines));
	const line = (said: string) => run.appendOutput(`${said.replace(/\r?\n/g, '\r\n')}\r\n`, undefined, item);
	return {
		line,
		step: (said: string, span: Span) => run.appendOutput(`▸ ${said}\r\n`, placeOf(span), item),
		problem({ span, message }: { readonly span: Span; readonly message: string }): vscode.TestMessage {
			const problem = new vscode.TestMessage(message);
			problem.location = placeOf(span);
			return problem;
		},
		async failures(failures: readonly PlayFailure[]): Promise<vscode.TestMessage[]> {
			const { journalLine } = await import('../../scenario/expectations');
			return failures.map(({ step, span, expected, instead, around }) => {
				const sentence = vscode.l10n.t('Expected {0}; instead {1}.', expected, instead);
				const where = step === undefined ? vscode.l10n.t('At the end of the scenario') : step;
				const journal = around.map(journalLine);
				const actual = [instead, ...(journal.length > 0 ? ['', ...journal] : [])].join('\n');
				const message = vscode.TestMessage.diff(`${where}: ${sentence}`, expected, actual);
				message.location = placeOf(span);
				line(`✗ ${where}: ${sentence}`);
				return message;
			});
		},
	};
}
