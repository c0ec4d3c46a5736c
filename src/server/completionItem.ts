import {
	type CompletionItem,
	CompletionItemKind,
	InsertTextFormat,
	InsertTextMode,
	MarkupKind,
} from 'vscode-languageserver';
import type { Suggestion } from '../language/completion';
import { rangeOf } from './places';
import type { InService } from './workspace';

/** A suggestion as the protocol has it; `place` counts from 0 and keeps the order of the core. */
export function completionItem(
	suggestion: Suggestion,
	place: number,
	{ lines }: InService,
	withSnippets: boolean,
): CompletionItem {
	const { label, kind, documentation, replace, text, snippet, required } = suggestion;
	const asSnippet = snippet && withSnippets;
	return {
		label,
		kind: kinds[kind],
		sortText: String(place).padStart(4, '0'),
		textEdit: { range: rangeOf(replace, lines), newText: snippet && !withSnippets ? plainText(text) : text },
		insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
		insertTextMode: InsertTextMode.adjustIndentation,
		...(documentation !== '' && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
		...(required && { detail: 'required' }),
	};
}

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
	element: CompletionItemKind.Class,
	attribute: CompletionItemKind.Property,
	value: CompletionItemKind.EnumMember,
	name: CompletionItemKind.Reference,
	closing: CompletionItemKind.Keyword,
};

/** The text of a snippet for a client that knows none: each tab stop is what it proposes first. */
export function plainText(snippet: string): string {
	return snippet.replace(
		/\\([\\$}|,])|\$\{\d+:((?:\\.|[^\\}])*)\}|\$\{\d+\|((?:\\.|[^\\,|])*)(?:,(?:\\.|[^\\|])*)?\|\}|\$\{\d+\}|\$\d+/g,
		(_all, escaped?: string, initial?: string, choice?: string) =>
			escaped ?? (initial ?? choice ?? '').replace(/\\(.)/g, '$1'),
	);
}
