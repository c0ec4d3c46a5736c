import * as vscode from 'vscode';
import type { Suggestion } from '../../language/completion';
import type { ParsedFile } from '../../language/documents';
import { linesOf, rangeOf } from '../workspace/editorText';

const kinds: Record<Suggestion['kind'], vscode.CompletionItemKind> = {
	element: vscode.CompletionItemKind.Class,
	attribute: vscode.CompletionItemKind.Property,
	value: vscode.CompletionItemKind.EnumMember,
	name: vscode.CompletionItemKind.Reference,
	closing: vscode.CompletionItemKind.Keyword,
};

/** A suggestion as the editor takes it; `place` counts from 0 and keeps the order of the core. */
export function completionItem(
	suggestion: Suggestion,
	place: number,
	{ document }: ParsedFile,
	cursor: vscode.Position,
): vscode.CompletionItem {
	const item = new vscode.CompletionItem(suggestion.label, kinds[suggestion.kind]);
	const replacing = rangeOf(suggestion.replace, linesOf(document));
	item.range = { inserting: new vscode.Range(replacing.start, cursor), replacing };
	item.insertText = suggestion.snippet ? new vscode.SnippetString(suggestion.text) : suggestion.text;
	item.sortText = String(place).padStart(4, '0');
	if (suggestion.documentation !== '') {
		item.documentation = new vscode.MarkdownString(suggestion.documentation);
	}
	if (suggestion.required) {
		item.detail = vscode.l10n.t('required');
	}
	if (suggestion.goOn) {
		item.command = { command: 'editor.action.triggerSuggest', title: vscode.l10n.t('Propose a value') };
	}
	return item;
}
