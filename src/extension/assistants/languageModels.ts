import * as vscode from 'vscode';

/**
 * The part of `vscode.lm` that is used here. It is stable since VS Code 1.95; the types in the project are those of the
 * oldest editor that the extension supports, which has none of it, and goes on working without tools.
 */
export interface LanguageModels {
	registerTool(name: string, tool: LanguageModelTool): vscode.Disposable;
}

export interface LanguageModelTool {
	/** `input` comes from a language model: the schema in `package.json` asks for a form, nothing promises it. */
	invoke(options: { readonly input: unknown }): Promise<object>;
	prepareInvocation(options: { readonly input: unknown }): PreparedInvocation;
}

export interface PreparedInvocation {
	/** While it works. */
	readonly invocationMessage: string;
	/** Without it VS Code asks nobody. */
	readonly confirmationMessages?: { readonly title: string; readonly message: vscode.MarkdownString };
}

/** `undefined` in an editor that is older than language model tools. */
export function languageModels(): LanguageModels | undefined {
	const found: unknown = Reflect.get(vscode, 'lm');
	return hasTools(found) ? found : undefined;
}

/** What a tool answers. */
export function textResult(text: string): object {
	return construct('LanguageModelToolResult', [construct('LanguageModelTextPart', text)]);
}

function hasTools(value: unknown): value is LanguageModels {
	return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'registerTool') === 'function';
}

/** The classes came together with `registerTool`. */
function construct(name: string, argument: unknown): object {
	const made: unknown = Reflect.get(vscode, name);
	if (typeof made !== 'function') {
		throw new Error(`This editor has language model tools and no ${name}.`);
	}
	return Reflect.construct(made, [argument]);
}
