import * as vscode from 'vscode';
import type { Problem } from '../../base/problem';
import { diagnose } from '../../language/diagnostics';
import type { ParsedFile } from '../../language/documents';
import { type Coalesced, coalesce, turn } from '../coalesce';
import { linesOf, locationOf, rangeOf, severityOf, uriOf } from '../workspace/editorText';
import type { ProjectRules } from '../workspace/projectRules';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { linkToPage } from './problemPages';

/** Milliseconds after a keystroke; those that follow in this time are answered together. */
const delay = 120;

/**
 * Keeps the list of problems true for every file of the workspace and every open one. A change is a change for all files
 * of its service. What is published is computed from the texts of that very moment, so nothing old can overtake.
 */
export class DiagnosticsPublisher implements vscode.Disposable {
	private readonly published = vscode.languages.createDiagnosticCollection('rolewright');
	private readonly waiting = new Set<string>();
	private readonly changes: Coalesced<string>;
	private readonly listening: vscode.Disposable;
	private working = false;
	private disposed = false;

	constructor(
		private readonly files: WorkspaceFiles,
		private readonly index: ServiceIndex,
		private readonly rules: ProjectRules,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.changes = coalesce(delay, paths => void this.publish(paths));
		const addAll = () => files.paths().forEach(path => void this.changes.add(path));
		addAll();
		this.listening = vscode.Disposable.from(
			files.onDidChange(path => this.changes.add(path)),
			rules.onDidChange(addAll),
		);
	}

	dispose(): void {
		this.disposed = true;
		vscode.Disposable.from(this.published, this.changes, this.listening).dispose();
	}

	/** One file at a time, with room between them for what the user does meanwhile. */
	private async publish(changed: ReadonlySet<string>): Promise<void> {
		for (const path of changed) {
			for (const affected of [path, ...this.index.neighboursOf(path)]) {
				this.waiting.add(affected);
			}
		}
		if (this.working) {
			return;
		}
		this.working = true;
		for (const path of this.waiting) {
			this.waiting.delete(path);
			this.publishFile(path);
			await turn();
			if (this.disposed) {
				return;
			}
		}
		this.working = false;
	}

	private publishFile(path: string): void {
		const found = this.files.isWanted(path) ? this.index.at(path) : undefined;
		if (!found) {
			this.published.delete(uriOf(path));
			return;
		}
		try {
			const problems = diagnose(found.file, found.service, this.rules.of(found));
			this.published.set(
				uriOf(path),
				problems.map(problem => this.diagnosticOf(problem, found.file)),
			);
		} catch (error) {
			this.log.error(`diagnostics of ${path}:`, error instanceof Error ? error : String(error));
		}
	}

	private diagnosticOf(problem: Problem, { document }: ParsedFile): vscode.Diagnostic {
		const range = rangeOf(problem.span, linesOf(document));
		const diagnostic = new vscode.Diagnostic(range, problem.message, severityOf(problem.severity));
		diagnostic.source = 'rolewright';
		diagnostic.code = { value: problem.code, target: linkToPage(problem.code) };
		diagnostic.relatedInformation = (problem.related ?? []).flatMap(({ path, span, message }) => {
			const other = this.index.at(path)?.file.document;
			return other ? [new vscode.DiagnosticRelatedInformation(locationOf(path, span, linesOf(other)), message)] : [];
		});
		return diagnostic;
	}
}
