import * as vscode from 'vscode';
import { commandLineProblem } from '../../scaffold/programWorker';
import type { RoleKindAnswers } from '../../scaffold/roleKinds';

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
	const below = vscode.Uri.joinPath(first.uri, name).fsPath;
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

interface KindItem extends vscode.QuickPickItem {
	readonly answer?: KindAnswer;
}

/** What a role is and what it is made with; the command line of a program is asked for by itself. */
export type KindAnswer =
	| Exclude<RoleKindAnswers, { readonly language: 'program' }>
	| { readonly kind: 'worker'; readonly language: 'program' };

export async function askRoleKind(title: string): Promise<KindAnswer | undefined> {
	const separator = (label: string): KindItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
	const dotnet = (label: string, language: 'csharp' | 'fsharp' | 'vb'): readonly KindItem[] => [
		{ label, description: '.NET 8', answer: { kind: 'worker', language, framework: 'net8.0' } },
		{ label, description: '.NET Framework 4.8', answer: { kind: 'worker', language, framework: 'net48' } },
	];
	const items: readonly KindItem[] = [
		separator(vscode.l10n.t('Worker role')),
		...dotnet('C#', 'csharp'),
		{ label: 'JavaScript', description: 'Node.js', answer: { kind: 'worker', language: 'javascript' } },
		{ label: 'TypeScript', description: 'Node.js', answer: { kind: 'worker', language: 'typescript' } },
		{ label: 'Python', answer: { kind: 'worker', language: 'python' } },
		...dotnet('F#', 'fsharp'),
		...dotnet('Visual Basic', 'vb'),
		{ label: vscode.l10n.t('Any program'), answer: { kind: 'worker', language: 'program' } },
		separator(vscode.l10n.t('Web role')),
		{ label: 'ASP.NET Core', description: '.NET 8', answer: { kind: 'web', site: 'aspnetcore' } },
		{ label: 'Node.js', description: vscode.l10n.t('a server in JavaScript'), answer: { kind: 'web', site: 'node' } },
		{ label: vscode.l10n.t('Static site'), description: 'HTML', answer: { kind: 'web', site: 'static' } },
		separator(vscode.l10n.t('Virtual machine role')),
		{ label: vscode.l10n.t('VM role'), description: vscode.l10n.t('retired in 2013'), answer: { kind: 'vm' } },
	];
	const placeHolder = vscode.l10n.t('What is the role to be, and what is it written in?');
	return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.answer;
}

export function askCommandLine(title: string): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title,
		prompt: vscode.l10n.t('Command line that starts the program, in the folder of the role'),
		placeHolder: 'worker.exe --serve',
		validateInput: commandLineProblem,
	});
}

/** Starting with F5 works without the files; who wants to change how it starts wants to have them. */
export async function askEditorFiles(title: string): Promise<boolean | undefined> {
	const items = [
		{ label: vscode.l10n.t('No'), description: vscode.l10n.t('F5 works without them'), answer: false },
		{ label: vscode.l10n.t('Yes'), description: vscode.l10n.t('into those that are there, or new ones'), answer: true },
	];
	const placeHolder = vscode.l10n.t('Write launch.json and tasks.json too?');
	return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.answer;
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
