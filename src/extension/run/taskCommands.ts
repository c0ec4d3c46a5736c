import * as vscode from 'vscode';
import { roleOf } from '../../lifecycle/domains';
import { readAddress } from '../../lifecycle/slots';
import type { RoleDefinition } from '../../model/definition';
import { command, MendableFailure, offer } from '../commands';
import { models } from '../language/languageFeatures';
import { guarded, linesOf, pathOf, rangeOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { chooseInstance, textIn } from './instanceChoice';
import type { RunningServices } from './runningServices';

/** Running one startup task alone: from the palette, from an instance in the tree, and from above each task of a definition. */
export function registerTaskCommands(
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const tasksOf = (definition: string, role: string): RoleDefinition['startupTasks'] =>
		index.modelOf(definition).definition?.roles.find(({ name }) => name?.text === role)?.startupTasks ?? [];
	const run = async (argument: unknown): Promise<void> => {
		const role = textIn(argument, 'role');
		const definition = textIn(argument, 'definition');
		const chosen = await chooseInstance(running, instanceOf(argument, running), instance =>
			role === undefined
				? running.all().some(each => tasksOf(each.definition, instance.role).length > 0)
				: instance.role === role && running.runOf(definition ?? '') !== undefined,
		);
		if (!chosen) {
			return;
		}
		const ofRole = roleOf(readAddress(chosen.instance).name);
		const number = numberIn(argument) ?? (await chooseTask(tasksOf(chosen.definition, ofRole), ofRole));
		if (number !== undefined) {
			running.running(chosen.definition).submit({ command: 'task', instance: chosen.instance, number }, 'editor');
		}
	};
	return vscode.Disposable.from(command('runTask', log, run), registerLenses(index, running, log));
}

/** The only instance of a role is meant where its task is. */
function instanceOf(argument: unknown, running: RunningServices): unknown {
	const role = textIn(argument, 'role');
	const definition = textIn(argument, 'definition') ?? '';
	const instances = running.runOf(definition)?.snapshot?.instances.filter(each => each.role === role) ?? [];
	const [only, ...others] = instances;
	return role !== undefined && only && others.length === 0 ? { definition, instance: only.instance } : argument;
}

async function chooseTask(tasks: RoleDefinition['startupTasks'], role: string): Promise<number | undefined> {
	if (tasks.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t('The role {0} has no startup task.', role),
			offer(vscode.l10n.t('Add Startup Task'), 'rolewright.addStartupTask'),
		);
	}
	const items = tasks.map(({ commandLine, taskType }, at) => ({
		label: commandLine,
		description: taskType,
		number: at + 1,
	}));
	const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which startup task?') });
	return picked?.number;
}

function numberIn(argument: unknown): number | undefined {
	const value: unknown =
		typeof argument === 'object' && argument !== null ? Reflect.get(argument, 'number') : undefined;
	return typeof value === 'number' ? value : undefined;
}

/** A task can be run where an instance of its role runs, so the lenses come and go with the service. */
function registerLenses(
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const changed = new vscode.EventEmitter<void>();
	const shown = new Set<string>();
	const listening = running.onDidChange(definition => {
		const runs = running.runOf(definition)?.service !== undefined;
		if (runs !== shown.has(definition)) {
			shown[runs ? 'add' : 'delete'](definition);
			changed.fire();
		}
	});
	const registered = vscode.languages.registerCodeLensProvider(models, {
		onDidChangeCodeLenses: changed.event,
		provideCodeLenses: (document, token) =>
			guarded('task lenses', log, token, () => {
				const definition = pathOf(document.uri);
				if (!shown.has(definition)) {
					return [];
				}
				const { file, service } = index.of(document);
				const lines = linesOf(file.document);
				return (service.definition?.roles ?? []).flatMap(({ name, startupTasks }) =>
					startupTasks.map(({ element }, at) => {
						const title = vscode.l10n.t('run this task alone');
						const argument = { definition, role: name?.text ?? '', number: at + 1 };
						return new vscode.CodeLens(rangeOf(element.name ?? element, lines), {
							title,
							command: 'rolewright.runTask',
							arguments: [argument],
						});
					}),
				);
			}),
	});
	return vscode.Disposable.from(registered, listening, changed);
}
