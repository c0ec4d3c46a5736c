import * as vscode from 'vscode';
import type { Offer } from '../../lifecycle/journal/journal';
import { folderOf } from '../../model/paths';
import { describeRole, rolewrightFileOf } from '../../scaffold/rolewrightFile';
import { report } from '../commands';
import { applyPlan } from '../scaffold/applyPlan';
import { uriOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { currentText, surroundingsOf } from '../workspace/surroundings';
import type { RunningServices } from './runningServices';

type Offered<K extends Offer['kind']> = Extract<Offer, { kind: K }>;

/**
 * What the journal of a running service says a person can do, as a question with buttons: once in a run, however often the
 * instances come to the same place.
 */
export function registerOffers(
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const asked = new Map<string, Set<string>>();
	const ask = async (definition: string, offer: Offer): Promise<void> => {
		try {
			await (offer.kind === 'taskChoice' ? chooseForTask(definition, offer, index) : installAzurite(definition));
		} catch (error) {
			report(error, log);
		}
	};
	return vscode.Disposable.from(
		running.onDidWriteEntry(({ definition, entry }) => {
			const offer = entry.event === 'error' || entry.event === 'note' ? entry.offer : undefined;
			const known = asked.get(definition) ?? new Set();
			const key = JSON.stringify(offer);
			if (offer && !known.has(key)) {
				asked.set(definition, known.add(key));
				void ask(definition, offer);
			}
		}),
		running.onDidChange(definition => {
			if (!running.runOf(definition)) {
				asked.delete(definition);
			}
		}),
	);
}

/** Writes the answer into `rolewright.json`: the instance takes it when it comes to the task again, by itself. */
async function chooseForTask(
	definition: string,
	{ role, commandLine }: Offered<'taskChoice'>,
	index: ServiceIndex,
): Promise<void> {
	const skip = vscode.l10n.t('Leave It Out');
	const fail = vscode.l10n.t('Let It Fail');
	const another = vscode.l10n.t('Run Another Command…');
	const answer = await vscode.window.showWarningMessage(
		vscode.l10n.t("The startup task '{0}' of the role {1} cannot run on this system.", commandLine, role),
		skip,
		fail,
		another,
	);
	const choice = answer === skip ? 'skip' : answer === fail ? 'fail' : answer === another && (await askCommand(role));
	const model = index.modelOf(definition).definition;
	if (!choice || !model) {
		return;
	}
	const planned = () =>
		describeRole(model, role, { tasks: { [commandLine]: choice } }, surroundingsOf(index, definition, false));
	await applyPlan(planned, vscode.l10n.t('Choose for a startup task'), true, index, currentText);
	// What is only in the editor counts for nothing yet; the undo is still there.
	await (await vscode.workspace.openTextDocument(uriOf(rolewrightFileOf(model)))).save();
}

async function askCommand(role: string): Promise<{ readonly run: string } | undefined> {
	const run = await vscode.window.showInputBox({
		title: vscode.l10n.t('Command in place of a startup task of {0}', role),
		prompt: vscode.l10n.t('It runs in the folder of the task and with its environment, for example: sh setup.sh'),
		validateInput: text => (text.trim() === '' ? vscode.l10n.t('Write a command.') : undefined),
	});
	return run === undefined ? undefined : { run: run.trim() };
}

/** Nothing is installed silently: the command stands in a terminal, and whoever wants it presses Enter. */
async function installAzurite(definition: string): Promise<void> {
	const install = vscode.l10n.t('Install in a Terminal');
	const settings = vscode.l10n.t('Name Another Command');
	const answer = await vscode.window.showErrorMessage(
		vscode.l10n.t(
			'The configuration uses the storage emulator, and Azurite, which is one, is neither running nor installed.',
		),
		install,
		settings,
	);
	if (answer === install) {
		const terminal = vscode.window.createTerminal({ name: 'Azurite', cwd: uriOf(folderOf(definition)) });
		terminal.show();
		terminal.sendText('npm install -g azurite', false);
	} else if (answer === settings) {
		await vscode.commands.executeCommand('workbench.action.openSettings', 'rolewright.azurite');
	}
}
