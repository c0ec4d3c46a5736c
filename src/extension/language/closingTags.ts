import * as vscode from 'vscode';
import { closingText } from '../../language/closeTag';
import { guarded } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Settings } from '../workspace/settings';
import { isModel } from '../workspace/workspaceFiles';

/** Adds the closing tag after the `>` or `</` that the user typed; undo takes it back before the character. */
export function registerClosingTags(
	index: ServiceIndex,
	settings: Settings,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
		const [change, ...others] = contentChanges;
		const editor = vscode.window.activeTextEditor;
		const wasTyped = change?.text === '>' || change?.text === '/';
		if (!wasTyped || others.length > 0 || reason !== undefined || editor?.document !== document || !isModel(document)) {
			return;
		}
		if (!settings.autoClosingTags.get(document)) {
			return;
		}
		const { version } = document;
		const offset = change.rangeOffset + change.text.length;
		const text = guarded('closing tag', log, undefined, () => closingText(index.of(document).file.document, offset));
		if (text === undefined) {
			return;
		}
		// The event comes before the cursor has moved, and the user may go on typing: only the very same text is added to.
		setTimeout(() => {
			if (document.version === version && vscode.window.activeTextEditor === editor) {
				const place = document.positionAt(offset);
				const closing = new vscode.SnippetString().appendTabstop(0).appendText(text);
				const typed = change.text === '/' ? new vscode.SnippetString().appendText(text) : closing;
				void editor.insertSnippet(typed, place, { undoStopBefore: true, undoStopAfter: true });
			}
		}, 0);
	});
}
