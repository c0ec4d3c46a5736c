import * as vscode from 'vscode';
import { registerAnnotations } from './annotations';
import { registerClosingTags } from './closingTags';
import { registerCodeActions } from './codeActions';
import { registerCodeFeatures } from './codeFeatures';
import { CodeIndex } from './codeIndex';
import { debuggedServices } from './debugCommands';
import { registerDebugging } from './debugging';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import { registerFabricCommands } from './fabricCommands';
import { InstanceOutput } from './instanceOutput';
import { type InstanceTree, registerInstanceTree } from './instanceTree';
import { registerLanguageFeatures } from './languageFeatures';
import { registerProblemPages } from './problemPages';
import { ProjectRules } from './projectRules';
import { registerRefactoring } from './refactoring';
import { registerRunnerCommands } from './runnerCommands';
import { RunningServices } from './runningServices';
import { registerScaffoldCommands } from './scaffoldCommands';
import { ServiceIndex } from './serviceIndex';
import { createSettings } from './settings';
import { WorkspaceFiles } from './workspaceFiles';

/** What the tests inside VS Code look at; nobody else gets it. */
export interface Parts {
	readonly files: WorkspaceFiles;
	readonly index: ServiceIndex;
	readonly running: RunningServices;
	readonly tree: InstanceTree;
	/** Milliseconds that `activate` took. */
	readonly activation: number;
}

/** What is waited for when the window closes; VS Code disposes of everything else without waiting. */
const atTheEnd: (() => Promise<void>)[] = [];

/** Makes the parts and hands them to each other. What runs services is loaded when the first one is started. */
export function activate(context: vscode.ExtensionContext): Parts | undefined {
	const began = performance.now();
	const own = <T extends vscode.Disposable>(part: T): T => {
		context.subscriptions.push(part);
		return part;
	};
	const log = own(vscode.window.createOutputChannel('Rolewright', { log: true }));
	const settings = own(createSettings());
	const files = own(new WorkspaceFiles(log));
	const index = own(new ServiceIndex(files));
	const running = own(new RunningServices(settings, context.asAbsolutePath('dist')));
	atTheEnd.push(() => running.stopAll());
	const output = own(new InstanceOutput(running, index));
	const tree = own(registerInstanceTree(index, running));

	const rules = own(new ProjectRules(settings, log));
	own(new DiagnosticsPublisher(files, index, rules, log));
	own(registerLanguageFeatures(index, log));
	own(registerCodeActions(index, rules, log));
	const code = own(new CodeIndex(files, index, log));
	own(registerCodeFeatures(code, index, log));
	own(registerRefactoring(index, files, code, log));
	own(registerAnnotations(index, files, code, settings, log));
	own(registerClosingTags(index, settings, log));
	own(registerProblemPages(context.extensionUri, log));
	own(registerScaffoldCommands(index, log));
	own(registerFabricCommands(index, running, log));
	own(registerRunnerCommands(index, running, output, log));
	own(registerDebugging(index, debuggedServices(running), settings));

	const activation = performance.now() - began;
	log.info(`Activated in ${activation.toFixed(1)} ms.`);
	const isTest = context.extensionMode === vscode.ExtensionMode.Test;
	return isTest ? { files, index, running, tree, activation } : undefined;
}

export async function deactivate(): Promise<void> {
	await Promise.all(atTheEnd.map(end => end()));
}
