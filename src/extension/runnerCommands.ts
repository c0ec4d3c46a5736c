import * as vscode from 'vscode';
import { command } from './commands';
import { debugInstance, followSessions, startDebugging } from './debugCommands';
import { chooseInstance, isInstance } from './instanceChoice';
import type { InstanceOutput } from './instanceOutput';
import type { RunningServices } from './runningServices';
import { chooseService } from './serviceChoice';
import type { IndexedService, ServiceIndex } from './serviceIndex';
import { mayRun } from './trust';

/** One command, one call: what comes of it is told by the journal. */
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
	const onInstance = (word: 'start' | 'stop' | 'recycle') => async (argument: unknown) => {
		const chosen = await chooseInstance(running, argument, ({ can }) => can[word]);
		if (chosen) {
			running.running(chosen.definition).submit({ command: word, instance: chosen.instance }, 'editor');
		}
	};
	const start = onService(service => startService(running, service));
	const sessions = followSessions();
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
		command('startInstance', log, onInstance('start')),
		command('stopInstance', log, onInstance('stop')),
		command('recycleInstance', log, onInstance('recycle')),
		command('debugInstance', log, argument => debugInstance(index, running, sessions, argument)),
		command('showOutput', log, argument =>
			isInstance(argument)
				? output.show(argument.definition, argument.instance)
				: onService(({ definition }) => output.show(definition))(argument),
		),
	);
}

/** The first build of a C# role takes its time, so something moves until the service stands. */
async function startService(running: RunningServices, { definition, name }: IndexedService): Promise<void> {
	await vscode.workspace.saveAll(false);
	const title = vscode.l10n.t('Starting {0}', name);
	const location = { viewId: 'rolewright.services' };
	await vscode.window.withProgress({ location, title }, () => running.start({ service: definition, debug: [] }));
}
