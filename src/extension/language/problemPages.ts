import * as vscode from 'vscode';
import { command, MendableFailure, offer } from '../commands';

/** The pages behind the codes of problems: `docs/problems/<code>.md`, part of the extension, readable without a network. */
export function registerProblemPages(extension: vscode.Uri, log: vscode.LogOutputChannel): vscode.Disposable {
	return command('explainProblem', log, async code => {
		// The code comes from a link, and anyone can write a link: only a plain word becomes a part of a path.
		const page = typeof code === 'string' && /^\w+$/.test(code) ? `${code}.md` : undefined;
		const uri = page && vscode.Uri.joinPath(extension, 'docs', 'problems', page);
		const exists = uri && (await vscode.workspace.fs.stat(uri).then(yes, no));
		if (!uri || !exists) {
			throw new MendableFailure(
				vscode.l10n.t('There is no page about the problem {0}.', String(code)),
				offer(vscode.l10n.t('Open Documentation'), 'rolewright.openDocumentation'),
			);
		}
		await vscode.commands.executeCommand('markdown.showPreview', uri);
	});
}

/** The target of a problem's code. */
export function linkToPage(code: string): vscode.Uri {
	return vscode.Uri.parse(`command:rolewright.explainProblem?${encodeURIComponent(JSON.stringify([code]))}`);
}

function yes(): boolean {
	return true;
}

function no(): boolean {
	return false;
}
