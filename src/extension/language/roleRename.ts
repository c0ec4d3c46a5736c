import * as vscode from 'vscode';
import { LineMap } from '../../base/lines';
import { renameMentions } from '../../language/roleMentions';
import type { CloudProject } from '../../model/cloudProject';
import { fileOf, folderOf, joinPath } from '../../model/paths';
import { addEdits, pathOf, uriOf } from '../workspace/editorText';
import { decode } from '../workspace/workspaceFiles';

const leftOut = '**/{bin,obj,node_modules,.git}/**';

/**
 * Adds to the rename of a role what names it beside the model: what `rolewright.json` and scenarios say of it and, each to
 * be confirmed in the preview, what launch configurations say, and its folder, unless a project names that.
 */
export async function addRoleMentions(
	target: vscode.WorkspaceEdit,
	definition: string,
	oldName: string,
	newName: string,
	project: CloudProject | undefined,
): Promise<void> {
	const files = await Promise.all((await mentioning(definition)).map(readText));
	const texts = new Map(files.flatMap(file => (file ? [[file.path, file.text] as const] : [])));
	const mentions = renameMentions(
		[...texts].map(([path, text]) => ({ path, text })),
		oldName,
		newName,
	);
	for (const { path, edits } of mentions) {
		const label = vscode.l10n.t('Names of the role in settings, launch configurations and scenarios');
		// What is to be confirmed is off in the preview: a launch configuration may be about another service's role.
		const needsConfirmation = fileOf(path) === 'launch.json';
		addEdits(target, path, edits, new LineMap(texts.get(path) ?? ''), { needsConfirmation, label });
	}
	const folder = uriOf(joinPath(definition, oldName));
	const renamed = uriOf(joinPath(definition, newName));
	const isNamed = project?.roles.some(({ name }) => name === oldName) === true;
	if (!isNamed && isPlain(oldName) && isPlain(newName) && (await isFolder(folder)) && !(await isFolder(renamed))) {
		const label = vscode.l10n.t("The folder of the role's code");
		target.renameFile(folder, renamed, { overwrite: false }, { needsConfirmation: true, label });
	}
}

async function mentioning(definition: string): Promise<readonly vscode.Uri[]> {
	const beside = uriOf(joinPath(definition, 'rolewright.json'));
	const around = vscode.workspace.getWorkspaceFolder(uriOf(definition));
	const launch = around ? [vscode.Uri.joinPath(around.uri, '.vscode', 'launch.json')] : [];
	const scenarios = await vscode.workspace.findFiles(
		new vscode.RelativePattern(uriOf(folderOf(definition)), '**/*.lifecycle.json'),
		leftOut,
	);
	return [beside, ...launch, ...scenarios];
}

async function readText(uri: vscode.Uri): Promise<{ readonly path: string; readonly text: string } | undefined> {
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
	if (open) {
		return { path: pathOf(uri), text: open.getText() };
	}
	return vscode.workspace.fs.readFile(uri).then(
		bytes => ({ path: pathOf(uri), text: decode(bytes) }),
		() => undefined,
	);
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
	return vscode.workspace.fs.stat(uri).then(
		({ type }) => type === vscode.FileType.Directory,
		() => false,
	);
}

/** A name of a role becomes a path only where it is the name of one folder. */
function isPlain(name: string): boolean {
	return !/[\\/:]|^\.+$/.test(name);
}
