import { webcrypto } from 'node:crypto';
import * as vscode from 'vscode';
import { registerAssistants } from './assistants';
import { debuggedServices } from './debugCommands';
import { registerDebugging } from './debugging';
import { diskStore } from './diskStore';
import { registerEditing } from './editing';
import { registerFabricCommands } from './fabricCommands';
import { Histories } from './histories';
import { registerHistoryViews, type Timelines } from './historyViews';
import { InstanceOutput } from './instanceOutput';
import type { InstanceTree } from './instanceTree';
import type { Matrices } from './matrices';
import { takeRandomFrom } from './nonce';
import { registerOffers } from './offers';
import { registerRefusals } from './refusals';
import type { RoleEditors } from './roleEditor';
import { registerRunnerCommands } from './runnerCommands';
import { RunningServices } from './runningServices';
import { registerScaffoldCommands } from './scaffoldCommands';
import { registerScenarioSaving } from './scenarioSaving';
import { registerScenarioTests, type ScenarioTests } from './scenarioTests';
import type { ServiceIndex } from './serviceIndex';
import { registerTaskCommands } from './taskCommands';
import { registerTopology } from './topologyPanel';
import { registerTour } from './tour';
import { registerInstanceTree } from './treeView';
import { registerWalkthrough } from './walkthrough';
import type { WorkspaceFiles } from './workspaceFiles';

/** What the tests inside VS Code look at; nobody else gets it. */
export interface Parts {
	readonly files: WorkspaceFiles;
	readonly index: ServiceIndex;
	readonly running: RunningServices;
	readonly tree: InstanceTree;
	readonly histories: Histories;
	readonly timelines: Timelines;
	readonly scenarios: ScenarioTests;
	readonly matrices: Matrices;
	readonly roleEditors: RoleEditors;
	/** Milliseconds that `activate` took. */
	readonly activation: number;
}

/** What is waited for when the window closes; VS Code disposes of everything else without waiting. */
const atTheEnd: (() => Promise<void>)[] = [];

/** Makes the parts and hands them to each other. What runs services is loaded when the first one is started. */
export function activate(context: vscode.ExtensionContext): Parts | undefined {
	const began = performance.now();
	takeRandomFrom(webcrypto);
	const own = <T extends vscode.Disposable>(part: T): T => {
		context.subscriptions.push(part);
		return part;
	};
	const { log, settings, files, index, matrices, roleEditors } = registerEditing(context, diskStore);
	const running = own(new RunningServices(settings, context.asAbsolutePath('dist')));
	atTheEnd.push(() => running.stopAll());
	const output = own(new InstanceOutput(running, index));
	const histories = own(new Histories(running));
	const tree = own(registerInstanceTree(index, running, histories, context.workspaceState, log));
	own(registerScaffoldCommands(index, log));
	own(registerFabricCommands(index, running, log));
	own(registerTaskCommands(index, running, log));
	own(registerWalkthrough(index, running, log));
	own(registerTour(index, running, log));
	own(registerOffers(index, running, log));
	own(registerRefusals(running, definition => output.show(definition)));
	own(registerRunnerCommands(index, running, output, log));
	const { timelines } = own(registerHistoryViews(context.extensionUri, histories, index, running, log));
	own(registerTopology(context.extensionUri, index, files, running, settings, log));
	own(registerScenarioSaving(index, running, histories, log));
	const scenarios = own(registerScenarioTests(running, context.asAbsolutePath('dist'), log));
	atTheEnd.push(() => scenarios.stopAll());
	own(registerDebugging(index, debuggedServices(running, index), settings));
	own(registerAssistants({ index, running, histories, settings }));

	const activation = performance.now() - began;
	log.info(`Activated in ${activation.toFixed(1)} ms.`);
	const isTest = context.extensionMode === vscode.ExtensionMode.Test;
	return isTest
		? { files, index, running, tree, histories, timelines, scenarios, matrices, roleEditors, activation }
		: undefined;
}

export async function deactivate(): Promise<void> {
	await Promise.all(atTheEnd.map(end => end()));
}
