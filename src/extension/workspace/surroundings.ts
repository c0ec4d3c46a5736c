import * as vscode from 'vscode';
import { findOnDisk } from '../../node/serviceFiles';
import { codeOnDisk, textOnDisk } from '../../runner/codeOnDisk';
import type { Surroundings } from '../../scaffold/surroundings';
import { pathOf, uriOf } from './editorText';
import type { ServiceIndex } from './serviceIndex';

/** What lies around a service of the workspace; `wantsEditorFiles`: a plan may write into `.vscode` too. */
export function surroundingsOf(index: ServiceIndex, definition: string, wantsEditorFiles: boolean): Surroundings {
	const project = index.projectOf(definition);
	const folder = wantsEditorFiles ? editorFolderOf(definition) : undefined;
	return {
		text: currentText,
		isFolder: path => findOnDisk(path)?.kind === 'folder',
		cloudProjects: project ? [project.path] : [],
		codeOf: role => codeOnDisk(role, definition, project),
		...(folder !== undefined && { editorFolder: folder }),
	};
}

/** The folder of the workspace that a file is in. */
export function editorFolderOf(path: string): string | undefined {
	const folder = vscode.workspace.getWorkspaceFolder(uriOf(path));
	return folder && pathOf(folder.uri);
}

/** The text of a file as the editor has it, else as the disk has it; `undefined` where there is none. */
export function currentText(path: string): string | undefined {
	const open = vscode.workspace.textDocuments.find(document => pathOf(document.uri) === path);
	return open ? open.getText() : textOnDisk(path);
}
