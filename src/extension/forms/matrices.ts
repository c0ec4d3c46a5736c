import * as vscode from 'vscode';
import { type Coalesced, coalesce } from '../coalesce';
import { command } from '../commands';
import { chooseSubject, chooseTwo, isMatrixSubject, type MatrixSubject } from '../run/configurationChoice';
import { restorePages } from '../webviewPage';
import type { FileStore } from '../workspace/fileStore';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { MatrixPage } from './matrixPanel';

/** Milliseconds in which changes are gathered before a page is told. */
const redrawAfter = 100;

/** The configurations of a service side by side, or any two: pages that follow the texts and write into them. */
export class Matrices implements vscode.Disposable {
	private readonly pages = new Map<string, MatrixPage>();
	private readonly redraw: Coalesced<string> = coalesce(redrawAfter, () => {
		for (const page of this.pages.values()) {
			page.draw();
		}
	});
	private readonly parts: vscode.Disposable;

	constructor(
		private readonly extension: vscode.Uri,
		private readonly index: ServiceIndex,
		files: WorkspaceFiles,
		private readonly store: FileStore,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.parts = vscode.Disposable.from(
			this.redraw,
			files.onDidChange(path => this.redraw.add(path)),
			restorePages('matrix', (subject, panel) => {
				if (isMatrixSubject(subject)) {
					this.open({ path: subject.path, only: subject.only }, panel);
				} else {
					panel.dispose();
				}
			}),
			command('showConfigurations', log, async argument => {
				const subject = await chooseSubject(index, argument);
				return subject && void this.open(subject);
			}),
			command('compareConfigurations', log, async (first, second) => {
				const subject = await chooseTwo(index, files, first, second);
				return subject && void this.open(subject);
			}),
		);
	}

	dispose(): void {
		this.parts.dispose();
		for (const page of [...this.pages.values()]) {
			page.dispose();
		}
	}

	/** The page about this, where it is open. */
	of(subject: MatrixSubject): MatrixPage | undefined {
		return this.pages.get(keyOf(subject));
	}

	private open(subject: MatrixSubject, kept?: vscode.WebviewPanel): void {
		const key = keyOf(subject);
		const known = this.pages.get(key);
		if (known) {
			known.reveal();
			return;
		}
		const { extension, index, store, log } = this;
		this.pages.set(key, new MatrixPage(extension, subject, index, store, log, () => this.pages.delete(key), kept));
	}
}

function keyOf({ path, only }: MatrixSubject): string {
	return JSON.stringify([path, ...(only ?? [])]);
}
