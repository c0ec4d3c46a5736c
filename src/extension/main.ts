import { webcrypto } from 'node:crypto';
import * as vscode from 'vscode';
import { registerAssistants } from './assistants/assistants';
import { debuggedServices } from './debug/debugCommands';
import { registerDebugging } from './debug/debugging';
import { registerEditing } from './editing';
import type { Matrices } from './forms/matrices';
import type { RoleEditors } from './forms/roleEditor';
import { Histories } from './history/histories';
import { registerHistoryViews, type Timelines } from './history/historyViews';
import { registerTopology } from './history/topologyPanel';
import { takeRandomFrom } from './nonce';
import { registerFabricCommands } from './run/fabricCommands';
import { InstanceOutput } from './run/instanceOutput';
import { registerOffers } from './run/offers';
import { registerRefusals } from './run/refusals';
import { registerRunnerCommands } from './run/runnerCommands';
import { RunningServices } from './run/runningServices';
import { registerTaskCommands } from './run/taskCommands';
import { registerScaffoldCommands } from './scaffold/scaffoldCommands';
import { registerScenarioSaving } from './scenario/scenarioSaving';
import { registerScenarioTests, type ScenarioTests } from './scenario/scenarioTests';
import { registerTour } from './tour';
import type { InstanceTree } from './tree/instanceTree';
import { registerInstanceTree } from './tree/treeView';
import { registerWalkthrough } from './walkthrough';
import { diskStore } from './workspace/diskStore';
import type { ServiceIndex } from './workspace/serviceIndex';
import type { WorkspaceFiles } from './workspace/workspaceFiles';

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
