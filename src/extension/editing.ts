import * as vscode from 'vscode';
import { registerCodeActions } from './code/codeActions';
import { registerCodeFeatures } from './code/codeFeatures';
import { CodeIndex } from './code/codeIndex';
import { Matrices } from './forms/matrices';
import { RoleEditors } from './forms/roleEditor';
import { registerRoleTypes } from './forms/roleTypes';
import { ChangeImpact } from './impact/changeImpact';
import { HeadTexts } from './impact/headTexts';
import { registerImpactViews } from './impact/impactViews';
import { registerAnnotations } from './language/annotations';
import { registerClosingTags } from './language/closingTags';
import { DiagnosticsPublisher } from './language/diagnosticsPublisher';
import { registerDocumentation } from './language/documentation';
import { registerLanguageFeatures } from './language/languageFeatures';
import { registerProblemPages } from './language/problemPages';
import { registerRefactoring } from './language/refactoring';
import { registerSecretActions } from './language/secretActions';
import { registerSignatureHelp } from './language/signatureHelp';
import { registerPartCommands } from './scaffold/partCommands';
import { registerScenarioLanguage } from './scenario/scenarioLanguage';
import type { FileStore } from './workspace/fileStore';
import { ProjectRules } from './workspace/projectRules';
import { ServiceIndex } from './workspace/serviceIndex';
import { createSettings, type Settings } from './workspace/settings';
import { WorkspaceFiles } from './workspace/workspaceFiles';

/** What the rest of the extension builds on. */
export interface Editing {
	readonly log: vscode.LogOutputChannel;
	readonly settings: Settings;
	readonly files: WorkspaceFiles;
	readonly index: ServiceIndex;
	readonly rules: ProjectRules;
	readonly matrices: Matrices;
	readonly roleEditors: RoleEditors;
}

/** Everything about editing: what the extension is on a machine and in a browser. */
export function registerEditing(context: vscode.ExtensionContext, store: FileStore): Editing {
	const own = <T extends vscode.Disposable>(part: T): T => {
		context.subscriptions.push(part);
		return part;
	};
	const log = own(vscode.window.createOutputChannel('Rolewright', { log: true }));
	const settings = own(createSettings());
	const files = own(new WorkspaceFiles(log));
	const index = own(new ServiceIndex(files));
	const rules = own(new ProjectRules(settings, store.folders(log), log));
	own(new DiagnosticsPublisher(files, index, rules, log));
	own(registerLanguageFeatures(index, log));
	own(registerSignatureHelp(index, log));
	own(registerCodeActions(index, rules, log));
	own(registerSecretActions(index, rules, log));
	const code = own(new CodeIndex(files, index, log));
	own(registerCodeFeatures(code, index, rules, log));
	own(registerRoleTypes(code, index));
	own(registerRefactoring(index, files, code, log));
	own(registerAnnotations(index, files, code, settings, log));
	own(registerClosingTags(index, settings, log));
	own(registerProblemPages(context.extensionUri, log));
	own(registerDocumentation(context.extensionUri, log));
	own(registerImpactViews(own(new ChangeImpact(index, files, own(new HeadTexts(log)))), index, log));
	own(registerPartCommands(index, store, log));
	own(registerScenarioLanguage(index, log));
	const matrices = own(new Matrices(context.extensionUri, index, files, store, log));
	const roleEditors = own(new RoleEditors(context.extensionUri, index, rules, files, store, log));
	return { log, settings, files, index, rules, matrices, roleEditors };
}
