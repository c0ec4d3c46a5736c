import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { LineMap } from '../../base/lines';
import type { NewFile, Plan } from '../../scaffold/plan';
import { inform, offer } from '../commands';
import { addEdits, linesOf, uriOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';

/**
 * Shows what a plan would do in VS Code's own preview (unless it was confirmed already), and applies it as one edit that
 * one undo takes back. Nothing is overwritten: an existing file ends it before anything happens. The plan is made anew
 * right before it is applied, since its offsets count in texts that may change while files are looked for.
 * `textOf`: the text of a file that is none of the index, such as a project or JSON.
 */
export async function applyPlan(
	planned: () => Plan,
	label: string,
	confirmed: boolean,
	index: ServiceIndex,
	textOf: (path: string) => string | undefined,
): Promise<void> {
	await refuseExisting(planned());
	const plan = planned();
	const metadata: vscode.WorkspaceEditEntryMetadata = { label, needsConfirmation: false };
	const edit = new vscode.WorkspaceEdit();
	for (const file of plan.files) {
		addFile(edit, file, metadata);
	}
	for (const { path, edits } of plan.edits) {
		const found = index.at(path);
		addEdits(edit, path, edits, found ? linesOf(found.file.document) : new LineMap(textOf(path) ?? ''), metadata);
	}
	if (!confirmed) {
		askForPreview(edit, plan);
	}
	const applied = await vscode.workspace.applyEdit(edit, { isRefactoring: true });
	if (!applied) {
		return;
	}
	for (const { path } of plan.files) {
		await (await vscode.workspace.openTextDocument(uriOf(path))).save();
	}
	const first = plan.edits[0]?.path ?? plan.files[0]?.path;
	if (first !== undefined) {
		await vscode.window.showTextDocument(uriOf(first));
	}
	if (plan.notes) {
		// Nobody has to answer it before the command ends.
		inform(plan.notes.join(' '), offer(vscode.l10n.t('Show Problems'), 'workbench.actions.view.problems'));
	}
}

/** A text of its own, and not the file's first content, so that the preview shows it. */
function addFile(
	edit: vscode.WorkspaceEdit,
	{ path, text }: NewFile,
	metadata: vscode.WorkspaceEditEntryMetadata,
): void {
	const uri = uriOf(path);
	edit.createFile(uri, { overwrite: false }, metadata);
	const insertion = vscode.TextEdit.insert(new vscode.Position(0, 0), text);
	// A script for Windows keeps its line ends, whatever the editor gives to new files.
	const lineEnds = text.includes('\r\n') ? [vscode.TextEdit.setEndOfLine(vscode.EndOfLine.CRLF)] : [];
	edit.set(
		uri,
		[insertion, ...lineEnds].map((each): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [each, metadata]),
	);
}

/**
 * VS Code shows its preview only for an edit that needs confirmation, and has the box of such an edit empty: whoever then
 * presses Apply gets nothing. So the one edit that needs it does nothing, and the others are what Apply applies.
 */
function askForPreview(edit: vscode.WorkspaceEdit, plan: Plan): void {
	const path = plan.edits[0]?.path ?? plan.files[0]?.path;
	if (path !== undefined) {
		const label = vscode.l10n.t('Nothing is written before you press Apply');
		edit.insert(uriOf(path), new vscode.Position(0, 0), '', { label, needsConfirmation: true });
	}
}

async function refuseExisting(plan: Plan): Promise<void> {
	for (const { path } of plan.files) {
		const exists = await vscode.workspace.fs.stat(uriOf(path)).then(
			() => true,
			() => false,
		);
		if (exists) {
			throw new Failure(vscode.l10n.t('{0} exists already and is left as it is; choose another name or folder.', path));
		}
	}
}
