import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { fileOf } from '../../model/paths';
import { coalesce } from '../coalesce';
import { command } from '../commands';
import { models } from '../language/languageFeatures';
import { textIn } from '../run/instanceChoice';
import { chooseRole } from '../scaffold/roleChoice';
import { restorePages } from '../webviewPage';
import { guarded, linesOf, pathOf, rangeOf } from '../workspace/editorText';
import { showBeside } from '../workspace/fileEdits';
import type { FileStore } from '../workspace/fileStore';
import type { ProjectRules } from '../workspace/projectRules';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { RolePage, type RoleSubject } from './rolePanel';

/** Milliseconds in which changes are gathered before a form is told. */
const redrawAfter = 100;

/** The forms that are open, one for a role; from the palette, the tree, and a lens above each role. */
export class RoleEditors implements vscode.Disposable {
	private readonly pages = new Map<string, RolePage>();
	private readonly parts: vscode.Disposable;

	constructor(
		private readonly extension: vscode.Uri,
		private readonly index: ServiceIndex,
		private readonly rules: ProjectRules,
		files: WorkspaceFiles,
		private readonly store: FileStore,
		private readonly log: vscode.LogOutputChannel,
	) {
		const redraw = coalesce<string>(redrawAfter, () => {
			for (const page of this.pages.values()) {
				page.draw();
			}
		});
		this.parts = vscode.Disposable.from(
			redraw,
			files.onDidChange(path => redraw.add(path)),
			rules.onDidChange(() => redraw.add('rules')),
			restorePages('role', (subject, panel) => {
				if (isSubject(subject)) {
					this.open(subject, panel);
				} else {
					panel.dispose();
				}
			}),
			command('openRoleEditor', log, argument => this.choose(argument)),
			vscode.languages.registerCodeLensProvider(models, {
				provideCodeLenses: (document, token) => guarded('role lenses', log, token, () => lensesOf(document, index)),
			}),
		);
	}

	dispose(): void {
		this.parts.dispose();
		for (const page of [...this.pages.values()]) {
			page.dispose();
		}
	}

	/** The form of a role, where it is open. */
	of(subject: RoleSubject): RolePage | undefined {
		return this.pages.get(keyOf(subject));
	}

	/** The text of the role first, the form beside it. */
	private async choose(argument: unknown): Promise<void> {
		const document = argument === undefined ? vscode.window.activeTextEditor?.document : undefined;
		if (document?.isUntitled && document.languageId === 'csdef') {
			throw new Failure(
				vscode.l10n.t(
					'This definition was never saved: save it as {0}, then its roles have a form.',
					'ServiceDefinition.csdef',
				),
			);
		}
		const service = await chooseService(this.index, argument);
		const role = service && (await chooseRole(this.index, service.definition, argument, () => true));
		if (!service || role === undefined) {
			return;
		}
		const { definition } = service;
		const known = this.of({ definition, role });
		if (known) {
			known.reveal();
			return;
		}
		const found = this.index.at(definition);
		const token = found?.service.definition?.roles.find(({ name }) => name?.text === role)?.name;
		await showBeside(definition, found && token && rangeOf(token, linesOf(found.file.document)));
		const viewColumn = vscode.ViewColumn.Beside;
		const title = vscode.l10n.t('Role {0}', role);
		this.open({ definition, role }, vscode.window.createWebviewPanel('rolewright.role', title, viewColumn, {}));
	}

	private open(subject: RoleSubject, panel: vscode.WebviewPanel): void {
		const { extension, index, rules, store, log } = this;
		const key = keyOf(subject);
		this.pages.set(
			key,
			new RolePage(extension, subject, index, rules, store, log, () => this.pages.delete(key), panel),
		);
	}
}

function keyOf({ definition, role }: RoleSubject): string {
	return `${definition}\n${role}`;
}

function isSubject(value: unknown): value is RoleSubject {
	return textIn(value, 'definition') !== undefined && textIn(value, 'role') !== undefined;
}

function lensesOf(document: vscode.TextDocument, index: ServiceIndex): vscode.CodeLens[] {
	const path = pathOf(document.uri);
	const found = document.isUntitled ? undefined : index.at(path);
	const definition = found?.service.definition;
	if (!found || !definition || definition.path !== path) {
		return [];
	}
	const title = vscode.l10n.t('open role editor');
	return definition.roles.flatMap(({ name }) => {
		const given = { definition: definition.path, role: name?.text };
		return name?.text
			? [
					new vscode.CodeLens(rangeOf(name, linesOf(found.file.document)), {
						...{ title, command: 'rolewright.openRoleEditor', arguments: [given] },
						tooltip: vscode.l10n.t('Shows a form for the role beside its text in {0}', fileOf(path)),
					}),
				]
			: [];
	});
}
