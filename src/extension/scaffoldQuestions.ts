import path from 'node:path';
import * as vscode from 'vscode';

/** The questions of the scaffolds. Each answers `undefined` when it was dismissed. */

export function askName(
	title: string,
	proposal: string,
	problem: (name: string) => string | undefined,
): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title,
		value: proposal,
		prompt: vscode.l10n.t('Name'),
		validateInput: problem,
	});
}

export async function askFolder(title: string, name: string): Promise<string | undefined> {
	const [first, ...more] = vscode.workspace.workspaceFolders ?? [];
	if (!first || more.length > 0) {
		return browse(title, first?.uri);
	}
	const below = path.join(first.uri.fsPath, name);
	const items = [
		{ label: vscode.l10n.t('New folder {0}', name), description: below, folder: below },
		{ label: vscode.l10n.t('This folder'), description: first.uri.fsPath, folder: first.uri.fsPath },
		{ label: vscode.l10n.t('Another folder…'), description: '', folder: undefined },
	];
	const picked = await vscode.window.showQuickPick(items, {
		title,
		placeHolder: vscode.l10n.t('Where should its files go?'),
	});
	return picked && (picked.folder ?? browse(title, first.uri));
}

async function browse(title: string, from: vscode.Uri | undefined): Promise<string | undefined> {
	const [folder] =
		(await vscode.window.showOpenDialog({
			title,
			canSelectFiles: false,
			canSelectFolders: true,
			openLabel: vscode.l10n.t('Use This Folder'),
			...(from ? { defaultUri: from } : {}),
		})) ?? [];
	return folder?.fsPath;
}

/** What a role is written in, and for which framework. */
export type RoleLanguage =
	| { readonly language: 'csharp'; readonly framework: 'net8.0' | 'net48' }
	| { readonly language: 'javascript' };

export async function askLanguage(title: string): Promise<RoleLanguage | undefined> {
	const items: readonly (vscode.QuickPickItem & { readonly answer: RoleLanguage })[] = [
		{ label: 'C#', description: '.NET 8', answer: { language: 'csharp', framework: 'net8.0' } },
		{ label: 'C#', description: '.NET Framework 4.8', answer: { language: 'csharp', framework: 'net48' } },
		{ label: 'JavaScript', description: 'Node.js', answer: { language: 'javascript' } },
	];
	const picked = await vscode.window.showQuickPick(items, {
		title,
		placeHolder: vscode.l10n.t('What is the worker role written in?'),
	});
	return picked?.answer;
}

export async function askInstances(title: string): Promise<number | undefined> {
	const answer = await vscode.window.showInputBox({
		title,
		value: '1',
		prompt: vscode.l10n.t('Number of instances in every configuration'),
		validateInput: text =>
			/^[1-9]\d{0,3}$/.test(text) ? undefined : vscode.l10n.t('Give a number of instances from 1 to 9999.'),
	});
	return answer === undefined ? undefined : Number(answer);
}
