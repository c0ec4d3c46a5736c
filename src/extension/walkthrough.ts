import * as vscode from 'vscode';
import { command } from './commands';
import type { RunningServices } from './run/runningServices';
import type { ServiceIndex } from './workspace/serviceIndex';

/**
 * Opens the walkthrough, and ticks the steps whose thing is done, in whatever way it was done. VS Code counts what becomes
 * true, not what was true before it first looked at the walkthrough: so a key is true only for a moment, when its thing is
 * done and when a page is opened that may be the walkthrough.
 */
export function registerWalkthrough(
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const tick = () => {
		if (index.services().length > 0) {
			tickStep('open');
		}
		if (running.all().some(({ state }) => state === 'running')) {
			tickStep('start');
		}
	};
	return vscode.Disposable.from(
		command('openWalkthrough', log, async () => {
			await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'rolewright.rolewright#start');
			tick();
		}),
		index.onDidChangeServices(tick),
		running.onDidChange(tick),
		vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
			// The pages of VS Code itself are tabs of which extensions know no more.
			if ([...opened, ...changed].some(({ input }) => input === undefined)) {
				tick();
			}
		}),
	);
}

function tickStep(step: 'open' | 'start'): void {
	for (const isTrue of [true, false]) {
		void vscode.commands.executeCommand('setContext', `rolewright.walkthrough.${step}`, isTrue);
	}
}
