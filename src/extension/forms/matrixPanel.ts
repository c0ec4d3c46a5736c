import * as vscode from 'vscode';
import { isSecret } from '../../base/secrets';
import type { Edit } from '../../base/span';
import { isSameSubject, matrixOf, type Row, type RowSubject, valueIn, withConfigurations } from '../../compare/matrix';
import { addMissing, copyAcross, setValue } from '../../compare/matrixEdits';
import type { Configuration } from '../../model/configuration';
import { fileOf } from '../../model/paths';
import type { Service } from '../../model/service';
import type { FromMatrix, ShownColumn, ToMatrix } from '../../views/matrix/protocol';
import type { MatrixSubject } from '../run/configurationChoice';
import { TextPage } from '../textPage';
import { linesOf, rangeOf, uriOf } from '../workspace/editorText';
import { lockOf, showBeside, takeBack, type Written, writeEdits } from '../workspace/fileEdits';
import type { FileStore } from '../workspace/fileStore';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { matrixWords } from './matrixWords';
import { sideBySide } from './sideBySide';

/** A page of configurations: it follows the texts, and writes into them. */
export class MatrixPage extends TextPage<ToMatrix, FromMatrix> {
	/** What was written from here, the last at the end, for taking it back. */
	private readonly written: Written[] = [];

	constructor(
		extension: vscode.Uri,
		private readonly subject: MatrixSubject,
		private readonly index: ServiceIndex,
		private readonly store: FileStore,
		log: vscode.LogOutputChannel,
		closed: () => void,
		kept: vscode.WebviewPanel | undefined,
	) {
		const title = titleOf(subject, index);
		super({ extension, name: 'matrix', title, subject, words: matrixWords(), log, closed }, kept);
	}

	async take(message: FromMatrix): Promise<void> {
		switch (message.type) {
			case 'set':
				return this.set(message);
			case 'add':
				return this.write(message.paths, (to, { definition }) => addMissing(to, message.subject, definition));
			case 'copy': {
				const from = this.configuration(message.from);
				return this.write(message.to, (to, { definition }) =>
					from ? copyAcross(from, to, message.subject, definition) : [],
				);
			}
			case 'reveal':
				return this.revealSecret(message.subject, message.path);
			case 'open':
				return this.openText(message.path, message.subject);
			case 'compareTexts':
				return this.compareTexts();
			case 'undo':
				return this.undo();
		}
	}

	private async set({ subject, path, value }: FromMatrix & { type: 'set' }): Promise<void> {
		await this.write([path], (to, { definition }) => setValue(to, subject, value, definition));
		if (isSecret(subject.name, value)) {
			// Nothing is seen to change, so it is said.
			this.tell({ type: 'said', text: vscode.l10n.t('The secret {0} was written; it stays hidden.', subject.name) });
		}
	}

	/** Two of different services have no definition in common. */
	private service(): Service {
		const { path, only } = this.subject;
		const service = this.index.modelOf(path);
		if (!only) {
			return sideBySide(service);
		}
		const own = withConfigurations(service, only);
		if (own.configurations.length === only.length) {
			return own;
		}
		const configurations = only.flatMap(each => {
			const all = this.index.modelOf(each).configurations;
			return all.filter(configuration => configuration.path === each);
		});
		return { definition: undefined, configurations };
	}

	private configuration(path: string): Configuration | undefined {
		return this.service().configurations.find(each => each.path === path);
	}

	protected async prepare(): Promise<() => ToMatrix> {
		const locks = new Map<string, string | undefined>();
		for (const { path } of this.service().configurations) {
			locks.set(path, await lockOf(path, this.store));
		}
		return () => {
			const { columns, rows } = matrixOf(this.service());
			const shown = columns.map((column): ShownColumn => {
				const locked = locks.get(column.path);
				return locked === undefined ? column : { ...column, locked };
			});
			const title = titleOf(this.subject, this.index);
			this.page.entitle(title);
			const onlyDifferences = this.subject.only !== undefined;
			return { type: 'matrix', title, columns: shown, rows: rows.map(withoutPlaces), onlyDifferences };
		};
	}

	private async write(
		paths: readonly string[],
		editsFor: (to: Configuration, service: Service) => readonly Edit[],
	): Promise<void> {
		const service = this.service();
		const planned = service.configurations.flatMap(each => {
			const edits = paths.includes(each.path) ? editsFor(each, service) : [];
			return edits.length > 0 ? [{ path: each.path, edits }] : [];
		});
		if (planned.length === 0) {
			this.tell({ type: 'said', text: vscode.l10n.t('Nothing changes: the value is there already.') });
			return;
		}
		this.written.push(await writeEdits(this.index, this.store, planned));
	}

	private async undo(): Promise<void> {
		const last = this.written.pop();
		if (last) {
			await takeBack(last);
		} else {
			this.tell({ type: 'said', text: vscode.l10n.t('There is nothing to undo that was written here.') });
		}
	}

	/** Nothing but this one value goes to the page, and only because somebody asked for it. */
	private async revealSecret(subject: RowSubject, path: string): Promise<void> {
		const configuration = this.configuration(path);
		const value = configuration && valueIn(configuration, subject);
		if (value !== undefined) {
			this.tell({ type: 'secret', subject, path, value });
		}
	}

	private async openText(path: string, subject: RowSubject | undefined): Promise<void> {
		const row = subject && matrixOf(this.service()).rows.find(each => isSameSubject(each, subject));
		const at = this.service().configurations.findIndex(each => each.path === path);
		const span = row?.cells[at]?.span;
		const document = this.configuration(path)?.document;
		const selection = span && document && rangeOf(span, linesOf(document));
		await showBeside(path, selection);
	}

	private async compareTexts(): Promise<void> {
		const [one, other] = this.service().configurations;
		if (one && other) {
			await vscode.commands.executeCommand(
				'vscode.diff',
				uriOf(one.path),
				uriOf(other.path),
				titleOf(this.subject, this.index),
			);
		}
	}
}

function titleOf({ path, only }: MatrixSubject, index: ServiceIndex): string {
	const [one, other] = (only ?? []).map(each => fileOf(each));
	return one !== undefined && other !== undefined
		? vscode.l10n.t('{0} and {1}', one, other)
		: vscode.l10n.t('Configurations of {0}', index.serviceWith(path)?.name ?? fileOf(path));
}

/** Places move with every keystroke before them, and the page knows none. */
function withoutPlaces(row: Row): Row {
	return { ...row, cells: row.cells.map(cell => ({ ...cell, span: undefined, entry: undefined })) };
}
