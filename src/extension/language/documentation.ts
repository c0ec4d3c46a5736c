import * as vscode from 'vscode';
import type { ParsedFile } from '../../language/documents';
import { spotAt } from '../../xml/spot';
import { command, MendableFailure, offer } from '../commands';

/** The pages of `docs` about the platform and the keys, part of the extension and readable without a network. */
const pages = ['lifecycle', 'events', 'disks', 'keyboard'] as const;

type PageName = (typeof pages)[number];

/** A command that opens one of them: the one that a link names, else the one that the person picks. */
export function registerDocumentation(extension: vscode.Uri, log: vscode.LogOutputChannel): vscode.Disposable {
	return command('openDocumentation', log, async named => {
		const page = named === undefined ? await pickPage() : pages.find(each => each === named);
		if (page) {
			await vscode.commands.executeCommand(
				'markdown.showPreview',
				vscode.Uri.joinPath(extension, 'docs', `${page}.md`),
			);
		} else if (named !== undefined) {
			throw new MendableFailure(
				vscode.l10n.t('There is no page about {0}.', String(named)),
				offer(vscode.l10n.t('Open Documentation'), 'rolewright.openDocumentation'),
			);
		}
	});
}

/** The elements whose meaning is a story of its own. */
const pageOf: Readonly<Record<string, PageName>> = {
	LocalResources: 'disks',
	LocalStorage: 'disks',
	Startup: 'lifecycle',
	Task: 'lifecycle',
	EntryPoint: 'lifecycle',
	NetFxEntryPoint: 'lifecycle',
	ProgramEntryPoint: 'lifecycle',
	LoadBalancerProbe: 'lifecycle',
	Instances: 'lifecycle',
	ConfigurationSettings: 'events',
	Setting: 'events',
};

/** A hover text with a link to the page about what it explains, where there is one. */
export function withPage(text: string, { document }: ParsedFile, offset: number): vscode.MarkdownString {
	const markdown = new vscode.MarkdownString(text);
	const spot = spotAt(document, offset);
	const isName = spot.at === 'elementName' || spot.at === 'closeName';
	const page = isName ? pageOf[spot.element.name?.text ?? ''] : undefined;
	if (!page) {
		return markdown;
	}
	// The rest of the text may repeat what stands in a file: this command is all that a link in it can start.
	markdown.isTrusted = { enabledCommands: ['rolewright.openDocumentation'] };
	const target = `command:rolewright.openDocumentation?${encodeURIComponent(JSON.stringify([page]))}`;
	return markdown.appendMarkdown(`\n\n[${titles()[page]}](${target})`);
}

async function pickPage(): Promise<PageName | undefined> {
	const items = pages.map(page => ({ label: titles()[page], page }));
	return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which page?') }))?.page;
}

function titles(): Readonly<Record<PageName, string>> {
	return {
		lifecycle: vscode.l10n.t('The life of a role instance'),
		events: vscode.l10n.t('What a role is told'),
		disks: vscode.l10n.t('What survives on which disk'),
		keyboard: vscode.l10n.t('By keyboard'),
	};
}
