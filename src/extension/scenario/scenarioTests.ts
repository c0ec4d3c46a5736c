import * as vscode from 'vscode';
import { command } from '../commands';
import type { RunningServices } from '../run/runningServices';
import { mayRun } from '../trust';
import { followChanges } from './scenarioChanges';
import { followScenarios, itemsOf } from './scenarioItems';
import { type Night, playItem } from './scenarioRun';
import { saveNight } from './scenarioSaving';

/** What the end of a window, and tests of it, ask of the Test Explorer's half. */
export interface ScenarioTests extends vscode.Disposable {
	readonly controller: vscode.TestController;
	/** As the profiles do; resolves when all of it is over. */
	run(request: vscode.TestRunRequest, token: vscode.CancellationToken, mode: Mode): Promise<void>;
	/** A continuous run, until the token says that it is enough. */
	follow(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void>;
	/** Nights of chaos that failed, by the item. */
	readonly nights: ReadonlyMap<string, Night>;
	/** Ends what is played; resolves when nothing of it is left. */
	stopAll(): Promise<void>;
}

type Mode = 'run' | 'debug';

/** Milliseconds for an orderly end of what is played when the window closes. */
const lastWait = 2_500;

/** Lifecycle scenarios in the Test Explorer: found, run, debugged, and run again when something changes. */
export function registerScenarioTests(
	running: RunningServices,
	dist: string,
	log: vscode.LogOutputChannel,
): ScenarioTests {
	const controller = vscode.tests.createTestController('rolewright.scenarios', vscode.l10n.t('Lifecycle Scenarios'));
	const nights = new Map<string, Night>();
	const plays = new Set<{ readonly end: AbortController; readonly over: Promise<void> }>();
	const endAtOnce = new AbortController();

	async function run(request: vscode.TestRunRequest, token: vscode.CancellationToken, mode: Mode): Promise<void> {
		const testRun = controller.createTestRun(request);
		const items = itemsOf(request, controller);
		if (!mayRun()) {
			for (const item of items) {
				testRun.skipped(item);
			}
			testRun.end();
			return;
		}
		const end = new AbortController();
		const listening = token.onCancellationRequested(() => end.abort());
		const over = playAll(items, testRun, end.signal, mode).finally(() => {
			listening.dispose();
			testRun.end();
			plays.delete(play);
		});
		const play = { end, over };
		plays.add(play);
		await over;
	}

	async function playAll(
		items: readonly vscode.TestItem[],
		testRun: vscode.TestRun,
		ended: AbortSignal,
		mode: Mode,
	): Promise<void> {
		for (const item of items) {
			testRun.enqueued(item);
		}
		await vscode.workspace.saveAll(false);
		// One after the other: two that build the same role would be in each other's way.
		for (const item of items) {
			if (ended.aborted) {
				testRun.skipped(item);
				continue;
			}
			const stage = { dist, ended, endedAtOnce: endAtOnce.signal, ...(mode === 'debug' && { debugged: running }) };
			const night = await playItem(item, testRun, stage, log);
			if (night) {
				nights.set(item.id, night);
			} else {
				nights.delete(item.id);
			}
			void vscode.commands.executeCommand('setContext', 'rolewright.failedNights', [...nights.keys()]);
		}
	}

	const follow = (request: vscode.TestRunRequest, token: vscode.CancellationToken) =>
		followChanges(request, controller, token, again => run(again, token, 'run'));

	const { Run, Debug } = vscode.TestRunProfileKind;
	const runProfile = controller.createRunProfile(
		vscode.l10n.t('Run'),
		Run,
		(request, token) => (request.continuous ? follow(request, token) : run(request, token, 'run')),
		true,
		undefined,
		true,
	);
	const debugProfile = controller.createRunProfile(
		vscode.l10n.t('Debug'),
		Debug,
		(request, token) => run(request, token, 'debug'),
		true,
	);
	const parts = vscode.Disposable.from(
		runProfile,
		debugProfile,
		followScenarios(controller, log),
		controller,
		command('saveNight', log, (item, file) => saveNight(nights.get(idOf(item)), file)),
	);
	return {
		...{ controller, run, follow, nights },
		dispose: () => parts.dispose(),
		async stopAll() {
			for (const { end } of plays) {
				end.abort();
			}
			const limit = setTimeout(() => endAtOnce.abort(), lastWait);
			await Promise.all([...plays].map(({ over }) => over));
			clearTimeout(limit);
		},
	};
}

/** What the menu of a test hands over. */
function idOf(item: unknown): string {
	const id: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'id') : item;
	return String(id);
}
