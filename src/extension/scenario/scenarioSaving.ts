import path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import type { RunningService } from '../../runner/startService';
import { command } from '../commands';
import type { Histories } from '../history/histories';
import type { RunningServices } from '../run/runningServices';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Night } from './scenarioRun';

/** "Save as Scenario": what was done in a run, and what came of it, becomes a file of the user's choice. */
export function registerScenarioSaving(
	index: ServiceIndex,
	running: RunningServices,
	histories: Histories,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	// A run is often saved when it is over: by then nobody else knows what it was started with.
	const runs = new Map<string, LastRun>();
	return vscode.Disposable.from(
		running.onDidChange(definition => {
			const run = running.runOf(definition);
			const known = runs.get(definition);
			if (run?.service) {
				const { service, snapshot } = run;
				const isEnding = run.state === 'stopping' || snapshot?.status === 'Deleting';
				const end = known?.service === service ? known.end : undefined;
				const { configuration, deployment } = service;
				const length = isEnding ? deployment.journal.length : undefined;
				runs.set(definition, { service, configuration, end: end ?? length });
			} else if (known) {
				runs.set(definition, { ...known, service: undefined });
			}
		}),
		command('saveScenario', log, async (argument, file) => {
			const service = await chooseService(index, argument);
			if (!service) {
				return;
			}
			const { definition, name } = service;
			const run = runs.get(definition);
			const configuration = run?.configuration;
			const entries = (histories.of(definition)?.entries ?? []).slice(0, run?.end);
			if (entries.length === 0) {
				throw new Failure(
					vscode.l10n.t(
						'{0} has not run in this window yet: start it, do what the scenario is to do, and save it then.',
						name,
					),
				);
			}
			if (entries[0]?.n !== 1) {
				throw new Failure(
					vscode.l10n.t('The run of {0} is too long to be saved: its beginning is not kept any more.', name),
				);
			}
			const folder = path.join(path.dirname(definition), 'Scenarios');
			const target = await chooseFile(file, path.join(folder, 'recorded.lifecycle.json'));
			const { recordScenario } = await import('../../scenario/recordScenario');
			await (target &&
				save(
					target,
					recordScenario(entries, {
						name: path
							.basename(target.fsPath)
							.replace(/\.lifecycle\.json$/i, '')
							.replaceAll('-', ' '),
						service: relativeFrom(target, path.dirname(definition)),
						...(configuration !== undefined && { configuration: relativeFrom(target, configuration) }),
					}),
				));
		}),
	);
}

/** Of the last run of a service: what it was started with, and how long its journal was when it was told to stop. */
interface LastRun {
	/** While it runs: another one is another run. */
	readonly service: RunningService | undefined;
	readonly configuration: string;
	readonly end: number | undefined;
}

/** The night of a scenario that failed, without chance. */
export async function saveNight(night: Night | undefined, file: unknown): Promise<void> {
	if (!night) {
		throw new Failure(vscode.l10n.t('This scenario has no night of chaos that failed: run it first.'));
	}
	const { scenario, file: played } = night;
	const target = await chooseFile(file, played.path.replace(/(\.night)?\.lifecycle\.json$/i, '.night.lifecycle.json'));
	const { nightText } = await import('../../scenario/night');
	await (target && save(target, nightText(scenario, played, night.played, path.dirname(target.fsPath))));
}

/** Whoever names a file is not asked for one. */
async function chooseFile(named: unknown, proposed: string): Promise<vscode.Uri | undefined> {
	const chosen =
		named instanceof vscode.Uri
			? named
			: await vscode.window.showSaveDialog({
					defaultUri: vscode.Uri.file(proposed),
					filters: { [vscode.l10n.t('Lifecycle scenarios')]: ['lifecycle.json'] },
					saveLabel: vscode.l10n.t('Save as Scenario'),
				});
	// Only under this ending is it found again.
	return chosen && /\.lifecycle\.json$/i.test(chosen.path)
		? chosen
		: chosen?.with({ path: `${chosen.path.replace(/\.json$/i, '')}.lifecycle.json` });
}

async function save(target: vscode.Uri, text: string): Promise<void> {
	await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
	await vscode.window.showTextDocument(target);
}

function relativeFrom(target: vscode.Uri, place: string): string {
	return path.relative(path.dirname(target.fsPath), place).split(path.sep).join('/') || '.';
}
