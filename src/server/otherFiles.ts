import {
	type CompletionItem,
	CompletionItemKind,
	type Connection,
	type Hover,
	MarkupKind,
} from 'vscode-languageserver';
import type { Disposable } from '../base/emitter';
import { LineMap } from '../base/lines';
import { severities } from './diagnosticsPublisher';
import type { FileLanguage, OtherFile } from './fileLanguage';
import type { OpenTexts } from './openTexts';
import { offsetOf, pathOf, rangeOf } from './places';
import type { AboutPlace } from './requests';
import type { Workspace } from './workspace';
import type { ServerWorld } from './world';

/** Milliseconds after a change; those that follow in this time are answered together. */
const delay = 150;

/** Files that are no models, while they are open: scenarios, and what stands beside a definition. */
export class OtherFiles {
	private readonly told = new Set<string>();
	private timer: Disposable | undefined;

	constructor(
		private readonly connection: Pick<Connection, 'sendDiagnostics'>,
		private readonly languages: readonly FileLanguage[],
		private readonly open: OpenTexts,
		private readonly workspace: Workspace,
		private readonly world: ServerWorld,
	) {}

	/** Whatever has changed: what a scenario may name depends on its service. */
	changed(): void {
		if (this.told.size > 0 || this.open.paths().some(path => this.languageOf(path))) {
			this.timer ??= this.world.after(delay, () => this.publish());
		}
	}

	dispose(): void {
		this.timer?.dispose();
	}

	completions({ textDocument, position }: AboutPlace): CompletionItem[] | undefined {
		const file = this.fileAt(pathOf(textDocument.uri));
		const lines = new LineMap(file.text);
		return this.languageOf(file.path)
			?.proposals(file, offsetOf(position, lines))
			.map(({ label, text: newText, replace }, place) => ({
				label,
				kind: CompletionItemKind.Reference,
				sortText: String(place).padStart(4, '0'),
				filterText: newText,
				textEdit: { range: rangeOf(replace, lines), newText },
			}));
	}

	hover({ textDocument, position }: AboutPlace): Hover | undefined {
		const file = this.fileAt(pathOf(textDocument.uri));
		const lines = new LineMap(file.text);
		const found = this.languageOf(file.path)?.hover(file, offsetOf(position, lines));
		return found && { contents: { kind: MarkupKind.Markdown, value: found.text }, range: rangeOf(found.span, lines) };
	}

	private fileAt(path: string): OtherFile {
		return { path, text: this.open.textOf(path) ?? '', serviceAt: place => this.workspace.serviceAt(place) };
	}

	private languageOf(path: string): FileLanguage | undefined {
		return this.languages.find(({ files }) => files.test(path));
	}

	private publish(): void {
		this.timer = undefined;
		const open = this.open.paths();
		for (const path of open) {
			const language = this.languageOf(path);
			if (language) {
				this.tell(this.fileAt(path), language);
			}
		}
		for (const path of [...this.told].filter(each => !open.includes(each))) {
			this.told.delete(path);
			void this.connection.sendDiagnostics({ uri: this.open.uriOf(path), diagnostics: [] });
		}
	}

	private tell(file: OtherFile, language: FileLanguage): void {
		const { path, text } = file;
		const lines = new LineMap(text);
		const diagnostics = language.problems(file).map(({ span, severity, code, message }) => ({
			...{ range: rangeOf(span, lines), severity: severities[severity], code, message },
			source: 'rolewright',
		}));
		this.told.add(path);
		void this.connection.sendDiagnostics({ uri: this.open.uriOf(path), diagnostics });
	}
}
