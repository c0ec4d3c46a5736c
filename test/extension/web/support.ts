import * as vscode from 'vscode';

/** A name begins at the folder of the shop, or says its own. */
export function uriOf(name: string): vscode.Uri {
	return vscode.Uri.parse(`memory:${name.startsWith('/') ? name : `/shop/${name}`}`);
}

export function opened(name: string): Thenable<vscode.TextDocument> {
	return vscode.workspace.openTextDocument(uriOf(name));
}

export function ask<T>(command: string, { uri }: vscode.TextDocument, ...more: unknown[]): Thenable<T> {
	return vscode.commands.executeCommand<T>(command, uri, ...more);
}

export function codeOf({ code }: vscode.Diagnostic): unknown {
	return typeof code === 'object' ? code.value : code;
}

/** Looks at every change of the problems until there is something. */
export function until<T>(look: () => T | undefined): Promise<T> {
	return new Promise(resolve => {
		const listening = vscode.languages.onDidChangeDiagnostics(() => tell());
		const tell = () => {
			const found = look();
			if (found !== undefined) {
				listening.dispose();
				resolve(found);
			}
		};
		tell();
	});
}

export function same(actual: unknown, expected: unknown): void {
	truth(actual === expected, `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
}

export function truth(value: unknown, what: string): void {
	if (!value) {
		throw new Error(what);
	}
}
