import * as vscode from 'vscode';
import { command, report } from '../commands';
import { debugInstance, detachInstance, followSessions, startDebugging } from '../debug/debugCommands';
import { mayRun } from '../trust';
import { linesOf, rangeOf, uriOf } from '../workspace/editorText';
import { chooseService } from '../workspace/serviceChoice';
import type { IndexedService, ServiceIndex } from '../workspace/serviceIndex';
import { isInstance, textIn } from './instanceChoice';
import type { InstanceOutput } from './instanceOutput';
import type { RunningServices } from './runningServices';

/** Starts, stops and shows services. */
export function registerRunnerCommands(
	index: ServiceIndex,
	running: RunningServices,
	output: InstanceOutput,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const onService = (work: (service: IndexedService) => unknown) => async (argument: unknown) => {
		const service = await chooseService(index, argument);
		return service && work(service);
	};
	const start = onService(async service => {
		try {
			await startService(running, service);
		} catch (error) {
			const showOutput = { title: vscode.l10n.t('Show Output'), act: () => output.show(service.definition) };
			report(error, log, showOutput);
		}
	});
	const sessions = followSessions(index);
	const debug = onService(service => startDebugging(service, 'launch'));
	return vscode.Disposable.from(
		sessions,
		command('startService', log, argument => mayRun() && start(argument)),
		command('debugService', log, argument => mayRun() && debug(argument)),
		command(
			'stopService',
			log,
			onService(({ definition }) => running.stop(definition)),
		),
		command('debugInstance', log, argument => debugInstance(index, running, sessions, 'next', argument)),
		command('attachInstance', log, argument => debugInstance(index, running, sessions, 'now', argument)),
		command('detachInstance', log, argument => detachInstance(running, sessions, argument)),
		command('openDefinition', log, argument =>
			onService(service => openDefinition(index, service, argument))(argument),
		),
		command('showOutput', log, argument =>
			isInstance(argument)
				? output.show(argument.definition, argument.instance)
				: onService(({ definition }) => output.show(definition))(argument),
		),
	);
}

/** For a role that a tree's node names, at the role. */
async function openDefinition(index: ServiceIndex, { definition }: IndexedService, argument: unknown): Promise<void> {
	const role = textIn(argument, 'role');
	const found = index.at(definition);
	const token = found?.service.definition?.roles.find(({ name }) => name?.text === role)?.name;
	const selection = found && token && rangeOf(token, linesOf(found.file.document));
	await vscode.window.showTextDocument(uriOf(definition), selection ? { selection } : {});
}

/** The first build of a C# role takes its time, so something moves until the service stands. */
async function startService(running: RunningServices, { definition, name }: IndexedService): Promise<void> {
	await vscode.workspace.saveAll(false);
	const title = vscode.l10n.t('Starting {0}', name);
	const location = { viewId: 'rolewright.services' };
	await vscode.window.withProgress({ location, title }, () => running.start({ service: definition, debug: [] }));
}
