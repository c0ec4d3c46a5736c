import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import type { FileEdits } from '../../base/span';
import { valueIn } from '../../compare/matrix';
import { addMissing, setValue } from '../../compare/matrixEdits';
import type { FormEntry } from '../../language/roleForm';
import { removeEntry, removeValues, setField } from '../../language/roleFormEdits';
import type { FromRole, ToRole } from '../../views/role/protocol';
import { elementAt } from '../../xml/spot';
import { attribute, valueToken, type XmlDocument } from '../../xml/syntax';
import { TextPage } from '../textPage';
import { linesOf, rangeOf } from '../workspace/editorText';
import { lockOf, showBeside, undoIn, writeEdits } from '../workspace/fileEdits';
import type { FileStore } from '../workspace/fileStore';
import type { ProjectRules } from '../workspace/projectRules';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { RoleSource } from './roleSource';
import { rolePageWords } from './roleWords';

/** Which role a form is about, by what VS Code can keep. */
export interface RoleSubject {
	readonly definition: string;
	readonly role: string;
}

/** The command that adds an entry of each section. */
const additions: Readonly<Record<string, string>> = {
	endpoint: 'addEndpoint',
	setting: 'addSetting',
	localStorage: 'addLocalStorage',
	certificate: 'addCertificate',
	startupTask: 'addStartupTask',
};

/** A form for a role beside its text. The text stays the truth: the form is made from it, and writes into it. */
export class RolePage extends TextPage<ToRole, FromRole> {
	private readonly source: RoleSource;
	private written: string;

	constructor(
		extension: vscode.Uri,
		private readonly subject: RoleSubject,
		private readonly index: ServiceIndex,
		rules: ProjectRules,
		private readonly store: FileStore,
		log: vscode.LogOutputChannel,
		closed: () => void,
		panel: vscode.WebviewPanel,
	) {
		const title = vscode.l10n.t('Role {0}', subject.role);
		super({ extension, name: 'role', title, subject, words: rolePageWords(), log, closed }, panel);
		this.source = new RoleSource(subject.definition, subject.role, index, rules);
		this.written = subject.definition;
	}

	async take(message: FromRole): Promise<void> {
		switch (message.type) {
			case 'set':
				return this.set(message.id, message.value);
			case 'addMissing':
				return this.addMissing(message.id);
			case 'reveal':
				return this.revealSecret(message.id);
			case 'remove':
				return this.remove(message.id);
			case 'rename':
				return this.rename(message.id);
			case 'open':
				return this.openText(message.id);
			case 'add':
				return this.add(message.what);
			case 'undo':
				await undoIn(this.written);
				this.page.reveal();
		}
	}

	protected async prepare(): Promise<() => ToRole> {
		const locks = new Map<string, string>();
		const { definition, configurations } = this.source.service();
		for (const { path } of [...(definition ? [definition] : []), ...configurations]) {
			const locked = await lockOf(path, this.store);
			if (locked !== undefined) {
				locks.set(path, locked);
			}
		}
		return () => this.source.formNow(locks);
	}

	private async set(id: string, value: string | null): Promise<void> {
		const target = this.source.target(id);
		const { definition, configurations } = this.source.service();
		if (target?.in === 'configuration') {
			const to = configurations.find(({ path }) => path === target.path) ?? stale();
			return this.write([{ path: to.path, edits: setValue(to, target.subject, value ?? '', definition) }]);
		}
		const field = target?.in === 'definition' ? target.field : stale();
		const edits = definition && setField(definition, this.source.role, field, value ?? undefined);
		return this.write([{ path: this.subject.definition, edits: edits ?? stale() }]);
	}

	private async addMissing(id: string): Promise<void> {
		const target = this.source.target(id);
		const { definition, configurations } = this.source.service();
		const to = target?.in === 'configuration' && configurations.find(({ path }) => path === target.path);
		return to ? this.write([{ path: to.path, edits: addMissing(to, target.subject, definition) }]) : stale();
	}

	private async remove(id: string): Promise<void> {
		const target = this.source.target(id);
		if (target?.in === 'values') {
			return this.write(
				removeValues(this.source.service(), this.source.role, target.subject.kind, target.subject.name),
			);
		}
		return this.write(removeEntry(this.source.service(), this.source.role, this.entryOf(id)) ?? stale());
	}

	private async write(planned: readonly FileEdits[]): Promise<void> {
		const wanted = planned.filter(({ edits }) => edits.length > 0);
		await writeEdits(this.index, this.store, wanted);
		this.written = wanted[0]?.path ?? this.written;
	}

	/** Nothing but this one value goes to the page, and only because somebody asked for it. */
	private async revealSecret(id: string): Promise<void> {
		const target = this.source.target(id);
		const configuration = (path: string) => this.source.service().configurations.find(each => each.path === path);
		const from = target?.in === 'configuration' ? configuration(target.path) : undefined;
		const value =
			target?.in === 'configuration'
				? from && valueIn(from, target.subject)
				: target?.in === 'definition'
					? target.field.value
					: undefined;
		if (value !== undefined) {
			this.tell({ type: 'secret', id, value });
		}
	}

	private async rename(id: string): Promise<void> {
		const { span } = this.entryOf(id);
		const editor = await this.show(span.start);
		const name = elementAt(this.documentNow(), span.start + 1);
		const token = valueToken(attribute(name, 'name'));
		if (token) {
			const { start } = rangeOf(token, linesOf(this.documentNow()));
			editor.selection = new vscode.Selection(start, start);
			await vscode.commands.executeCommand('editor.action.rename');
		}
	}

	private async openText(id: string): Promise<void> {
		const target = this.source.target(id);
		const role = this.source.service().definition?.roles.find(({ name }) => name?.text === this.source.role);
		await this.show(target && 'entry' in target ? target.entry.span.start : (role?.element.start ?? 0));
	}

	private async show(offset: number): Promise<vscode.TextEditor> {
		const range = rangeOf({ start: offset, end: offset }, linesOf(this.documentNow()));
		return showBeside(this.subject.definition, range);
	}

	private documentNow(): XmlDocument {
		return this.index.at(this.subject.definition)?.file.document ?? stale();
	}

	/** The command asks what it has to know and writes; the text is shown in its own column, and the form stays in front. */
	private async add(what: string): Promise<void> {
		const name = additions[what];
		const locked = await lockOf(this.subject.definition, this.store);
		if (locked !== undefined) {
			throw new Failure(locked);
		}
		if (name !== undefined) {
			await this.show(
				this.source.service().definition?.roles.find(each => each.name?.text === this.source.role)?.element.start ?? 0,
			);
			const given = { service: this.subject.definition, role: this.source.role, confirmed: true };
			await vscode.commands.executeCommand(`rolewright.${name}`, given);
			this.page.reveal();
		}
	}

	private entryOf(id: string): FormEntry {
		const target = this.source.target(id);
		return target && 'entry' in target ? target.entry : stale();
	}
}

function stale(): never {
	throw new Failure(
		vscode.l10n.t('The text has changed meanwhile, so nothing was written: the form shows it as it is now.'),
	);
}
