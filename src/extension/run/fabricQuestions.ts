import * as vscode from 'vscode';
import type { WalkMode } from '../../lifecycle/deployment/domainWalk';
import type { Service } from '../../model/service';
import { MendableFailure, offer } from '../commands';

/** The questions of the fabric's commands. Each answers `undefined` when it was dismissed. */

export async function askUpdateMode(): Promise<WalkMode | undefined> {
	const items: readonly (vscode.QuickPickItem & { readonly mode: WalkMode })[] = [
		{ label: vscode.l10n.t('Automatic'), description: vscode.l10n.t('one upgrade domain after another'), mode: 'auto' },
		{
			label: vscode.l10n.t('Manual'),
			description: vscode.l10n.t('each upgrade domain when you say so'),
			mode: 'manual',
		},
		{ label: vscode.l10n.t('Simultaneous'), description: vscode.l10n.t('all instances at once'), mode: 'simultaneous' },
	];
	const placeHolder = vscode.l10n.t('How is what is built now to reach the instances?');
	return (await vscode.window.showQuickPick(items, { placeHolder }))?.mode;
}

/** One of these numbers, each offered once and in their order. */
export async function pickNumber(
	numbers: readonly number[],
	label: (number: number) => string,
	placeHolder: string,
): Promise<number | undefined> {
	const items = [...new Set(numbers)].sort((a, b) => a - b).map(number => ({ label: label(number), number }));
	return (await vscode.window.showQuickPick(items, { placeHolder }))?.number;
}

export async function askCount(role: string, now: number): Promise<number | undefined> {
	const answer = await vscode.window.showInputBox({
		title: vscode.l10n.t('Scale {0}', role),
		value: String(now),
		prompt: vscode.l10n.t('Number of instances'),
		validateInput: text =>
			/^\d{1,4}$/.test(text) ? undefined : vscode.l10n.t('Give a number of instances from 0 to 9999.'),
	});
	return answer === undefined ? undefined : Number(answer);
}

/** A setting that the role declares, and its new value; what it is now is not shown, as it may be a secret. */
export async function askSetting(
	{ definition }: Service,
	role: string,
): Promise<{ readonly setting: string; readonly value: string } | undefined> {
	const declared = definition?.roles.find(({ name }) => name?.text === role)?.settings ?? [];
	const names = declared.flatMap(({ name }) => name?.text ?? []);
	if (names.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t('Role {0} declares no settings; declare one in the definition first.', role),
			offer(vscode.l10n.t('Add Setting'), 'rolewright.addSetting'),
		);
	}
	const title = vscode.l10n.t('Change a setting of {0} until the service stops', role);
	const setting = await vscode.window.showQuickPick(names, { title, placeHolder: vscode.l10n.t('Which setting?') });
	const value =
		setting === undefined
			? undefined
			: await vscode.window.showInputBox({ title, prompt: setting, ignoreFocusOut: true });
	return setting === undefined || value === undefined ? undefined : { setting, value };
}
