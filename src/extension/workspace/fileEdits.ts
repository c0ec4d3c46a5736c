import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import type { Edit, FileEdits } from '../../base/span';
import { fileOf } from '../../model/paths';
import { pause } from '../../node/clock';
import { addEdits, linesOf, uriOf } from './editorText';
import type { FileStore } from './fileStore';
import type { ServiceIndex } from './serviceIndex';

/** The texts before and after something was written into them. */
export type Written = readonly { readonly path: string; readonly before: string; readonly after: string }[];

/**
 * Writes into the texts of a service as one edit, which one undo takes back; nothing is saved. Throws a `Failure` for a
 * file that cannot be written, before anything has happened.
 */
export async function writeEdits(
	index: ServiceIndex,
	store: FileStore,
	planned: readonly FileEdits[],
): Promise<Written> {
	const edit = new vscode.WorkspaceEdit();
	for (const { path, edits } of planned) {
		const locked = await lockOf(path, store);
		if (locked !== undefined) {
			throw new Failure(locked);
		}
		const found = index.at(path);
		if (found) {
			addEdits(edit, path, edits, linesOf(found.file.document));
		}
	}
	const documents = await Promise.all(planned.map(({ path }) => vscode.workspace.openTextDocument(uriOf(path))));
	const before = documents.map(document => document.getText());
	if (edit.size > 0 && !(await vscode.workspace.applyEdit(edit))) {
		throw new Failure(vscode.l10n.t('The editor did not take the change; nothing was written.'));
	}
	return planned.map(({ path }, index) => ({
		path,
		before: before[index] ?? '',
		after: documents[index]?.getText() ?? '',
	}));
}

/**
 * Takes back what was written, from a page that would be hidden if the text were shown for its own undo. Throws a
 * `Failure` where a text was changed since, whose own undo knows more.
 */
export async function takeBack(written: Written): Promise<void> {
	const edit = new vscode.WorkspaceEdit();
	for (const { path, before, after } of written) {
		const document = await vscode.workspace.openTextDocument(uriOf(path));
		if (document.getText() !== after) {
			throw new Failure(vscode.l10n.t('{0} was changed since: undo it in its own editor.', fileOf(path)));
		}
		const { span, text } = changeBetween(after, before);
		edit.replace(document.uri, new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), text);
	}
	await vscode.workspace.applyEdit(edit);
}

/** The one place in which two texts differ. */
function changeBetween(from: string, to: string): Edit {
	const shorter = Math.min(from.length, to.length);
	let start = 0;
	while (start < shorter && from[start] === to[start]) {
		start++;
	}
	let same = 0;
	while (same < shorter - start && from[from.length - 1 - same] === to[to.length - 1 - same]) {
		same++;
	}
	return { span: { start, end: from.length - same }, text: to.slice(start, to.length - same) };
}

/** Why a file can be looked at and not changed, in a sentence; `undefined` where it can. */
export async function lockOf(path: string, store: FileStore): Promise<string | undefined> {
	const uri = uriOf(path);
	if (uri.scheme === 'untitled') {
		return vscode.l10n.t(
			'{0} was never saved: save it beside its definition, then it can be changed here.',
			fileOf(path),
		);
	}
	const isReadOnly = vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false || (await isLocked(uri, store));
	return isReadOnly ? vscode.l10n.t('{0} is read-only: make it writable to change it here.', fileOf(path)) : undefined;
}

async function isLocked(uri: vscode.Uri, store: FileStore): Promise<boolean> {
	try {
		return await store.isLocked(uri);
	} catch {
		// What is not there can be written by making it.
		return false;
	}
}

/** Shows a text in the column where it is open already, so that a page beside it stays in sight. */
export function showBeside(path: string, selection?: vscode.Range): Thenable<vscode.TextEditor> {
	const uri = uriOf(path);
	const open = vscode.window.tabGroups.all.find(({ tabs }) =>
		tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
	);
	const viewColumn = open?.viewColumn ?? vscode.ViewColumn.One;
	return vscode.window.showTextDocument(uri, { viewColumn, preview: false, ...(selection && { selection }) });
}

/** How often an undo is asked for, and the milliseconds between. */
const asks = 10;
const betweenAsks = 50;

/**
 * Takes back the last edit of a file as its editor does. The page that asked may still hold the keyboard for a moment,
 * which VS Code does not tell; an undo then is the page's own and changes nothing, so it is asked for again.
 */
export async function undoIn(path: string): Promise<void> {
	const { document } = await showBeside(path);
	const { version } = document;
	for (let ask = 0; ask < asks && document.version === version; ask++) {
		await vscode.commands.executeCommand('undo');
		if (document.version === version) {
			await pause(betweenAsks);
		}
	}
}
