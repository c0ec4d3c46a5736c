import * as vscode from 'vscode';
import type { Change } from '../../compare/change';
import type { Impact } from '../../compare/impact';
import { effectsOf } from '../../compare/impactText';
import { fileOf } from '../../model/paths';
import { coalesce } from '../coalesce';
import { command } from '../commands';
import { models } from '../language/languageFeatures';
import { pathOf } from '../workspace/editorText';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { isModel } from '../workspace/workspaceFiles';
import type { Against, ChangeImpact } from './changeImpact';
import { impactPage } from './impactPage';

const scheme = 'rolewright-impact';

/** A line at the top of a changed definition or configuration, and a page that tells it all, kept up to date while it is open. */
export function registerImpactViews(
	impact: ChangeImpact,
	index: ServiceIndex,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const changed = new vscode.EventEmitter<void>();
	const pages = new vscode.EventEmitter<vscode.Uri>();
	const soon = coalesce<'impact'>(300, () => {
		changed.fire();
		const open = vscode.workspace.textDocuments.filter(document => document.uri.scheme === scheme);
		for (const { uri } of open) {
			pages.fire(uri);
		}
		// VS Code forgets the text of a preview after a while, and asks for it again when it is told to.
		if (open.length === 0 && isPreviewed()) {
			void vscode.commands.executeCommand('markdown.preview.refresh');
		}
	});
	return vscode.Disposable.from(
		changed,
		pages,
		soon,
		impact.onDidChange(() => soon.add('impact')),
		vscode.languages.registerCodeLensProvider(models, {
			onDidChangeCodeLenses: changed.event,
			provideCodeLenses: async ({ uri }, token) => {
				const lenses = await lensesOf(pathOf(uri), impact).catch((error: unknown) => {
					log.error('change impact:', error instanceof Error ? error : String(error));
					return [];
				});
				return token.isCancellationRequested ? undefined : lenses;
			},
		}),
		vscode.workspace.registerTextDocumentContentProvider(scheme, {
			onDidChange: pages.event,
			provideTextDocumentContent: uri => pageOf(uri, impact),
		}),
		command('showChangeImpact', log, (given, against) => show(given, against, impact, index)),
	);
}

/** The title of a preview is the end of what it shows. */
function isPreviewed(): boolean {
	const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
	const name = vscode.l10n.t('Change Impact of {0}', '').trim();
	return tabs.some(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes(name));
}

/** One for what is not committed, and one for what is not saved where that is not the same; none where nothing would change. */
async function lensesOf(path: string, impact: ChangeImpact): Promise<vscode.CodeLens[]> {
	const own = (found: Impact | undefined) => found?.changes.filter(change => change.path === path) ?? [];
	const uncommitted = own(await impact.of(path, 'HEAD'));
	const unsaved = impact.isEdited(path) ? own(await impact.of(path, 'disk')) : [];
	const isSame = unsaved.map(({ what }) => what).join('\n') === uncommitted.map(({ what }) => what).join('\n');
	return [
		...(uncommitted.length > 0 ? [lensOf(path, 'HEAD', uncommitted)] : []),
		...(unsaved.length > 0 && !isSame ? [lensOf(path, 'disk', unsaved)] : []),
	];
}

function lensOf(path: string, against: Against, changes: readonly Change[]): vscode.CodeLens {
	return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
		title: titleOf(against, changes),
		tooltip: vscode.l10n.t('Show what each change does to instances that run'),
		command: 'rolewright.showChangeImpact',
		arguments: [path, against],
	});
}

function titleOf(against: Against, changes: readonly Change[]): string {
	const effects = effectsOf(changes);
	if (against === 'HEAD') {
		return changes.length === 1
			? vscode.l10n.t('1 change since HEAD: {0}', effects)
			: vscode.l10n.t('{0} changes since HEAD: {1}', changes.length, effects);
	}
	return changes.length === 1
		? vscode.l10n.t('1 unsaved change: {0}', effects)
		: vscode.l10n.t('{0} unsaved changes: {1}', changes.length, effects);
}

/** From a lens with what it is about, from a menu with a file, from the palette with nothing. */
async function show(given: unknown, asked: unknown, impact: ChangeImpact, index: ServiceIndex): Promise<void> {
	const named = typeof given === 'string' ? given : given instanceof vscode.Uri ? pathOf(given) : activePath();
	const path = named ?? (await chooseService(index, undefined))?.definition;
	if (path === undefined) {
		return;
	}
	const against: Against =
		asked === 'disk' || asked === 'HEAD' ? asked : (await impact.of(path, 'HEAD')) ? 'HEAD' : 'disk';
	const name = index.serviceWith(path)?.name ?? fileOf(path);
	const title = vscode.l10n.t('Change Impact of {0}', name.replaceAll('/', ' '));
	const query = JSON.stringify({ path, against });
	// As Markdown its long sentences are wrapped, and it looks as the documentation does.
	const page = vscode.Uri.from({ scheme, path: `/${title}.md`, query });
	await vscode.workspace.openTextDocument(page);
	await vscode.commands.executeCommand('markdown.showPreview', page);
}

function activePath(): string | undefined {
	const document = vscode.window.activeTextEditor?.document;
	return document && isModel(document) ? pathOf(document.uri) : undefined;
}

async function pageOf(uri: vscode.Uri, impact: ChangeImpact): Promise<string> {
	const { path, against } = asked(uri.query);
	const found = await impact.of(path, against);
	const compared =
		against === 'HEAD'
			? vscode.l10n.t('What the files say now, compared with the last commit (HEAD).')
			: vscode.l10n.t('What is not saved yet, compared with the files on disk.');
	return found
		? `${compared}\n\n${impactPage(found)}`
		: vscode.l10n.t('There is nothing to compare with: the files are in no commit yet.');
}

/** Whoever makes such an address by hand gets a page about nothing. */
function asked(query: string): { readonly path: string; readonly against: Against } {
	try {
		const found: unknown = JSON.parse(query);
		if (typeof found === 'object' && found !== null && 'path' in found && 'against' in found) {
			return { path: String(found.path), against: found.against === 'disk' ? 'disk' : 'HEAD' };
		}
	} catch {
		// Falls through to nothing.
	}
	return { path: '', against: 'HEAD' };
}
