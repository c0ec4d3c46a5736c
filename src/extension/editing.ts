import * as vscode from 'vscode';
import { registerAnnotations } from './annotations';
import { ChangeImpact } from './changeImpact';
import { registerClosingTags } from './closingTags';
import { registerCodeActions } from './codeActions';
import { registerCodeFeatures } from './codeFeatures';
import { CodeIndex } from './codeIndex';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import { registerDocumentation } from './documentation';
import type { FileStore } from './fileStore';
import { HeadTexts } from './headTexts';
import { registerImpactViews } from './impactViews';
import { registerLanguageFeatures } from './languageFeatures';
import { Matrices } from './matrices';
import { registerPartCommands } from './partCommands';
import { registerProblemPages } from './problemPages';
import { ProjectRules } from './projectRules';
import { registerRefactoring } from './refactoring';
import { RoleEditors } from './roleEditor';
import { registerRoleTypes } from './roleTypes';
import { registerScenarioLanguage } from './scenarioLanguage';
import { registerSecretActions } from './secretActions';
import { ServiceIndex } from './serviceIndex';
import { createSettings, type Settings } from './settings';
import { registerSignatureHelp } from './signatureHelp';
import { WorkspaceFiles } from './workspaceFiles';

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
