import * as vscode from 'vscode';
import { Failure } from '../base/failure';
import type { Plan } from '../scaffold/plan';
import { addEdits, linesOf, uriOf } from './editorText';
import type { ServiceIndex } from './serviceIndex';

/**
 * Shows what a plan would do in VS Code's own preview (unless it was confirmed already), and applies it as one edit that
 * one undo takes back. Nothing is overwritten: an existing file ends it before anything happens. The plan is made anew
 * right before it is applied, since its offsets count in texts that may change while files are looked for.
 */
export async function applyPlan(
	planned: () => Plan,
	label: string,
	confirmed: boolean,
	index: ServiceIndex,
): Promise<void> {
	await refuseExisting(planned());
	const plan = planned();
	const metadata: vscode.WorkspaceEditEntryMetadata = { label, needsConfirmation: !confirmed };
	const edit = new vscode.WorkspaceEdit();
	for (const { path, text } of plan.files) {
		edit.createFile(uriOf(path), { overwrite: false }, metadata);
		// A text of its own, and not the file's first content, so that the preview shows it.
		edit.insert(uriOf(path), new vscode.Position(0, 0), text, metadata);
	}
	for (const { path, edits } of plan.edits) {
		const found = index.at(path);
		if (found) {
			addEdits(edit, path, edits, linesOf(found.file.document), metadata);
		}
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
