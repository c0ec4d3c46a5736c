import * as vscode from 'vscode';
import { silenceInCode } from '../../code/ignore';
import { ownersOf } from '../../code/ownership';
import { checkCode } from '../../code/problems';
import { withSeverities } from '../../model/severities';
import { type Coalesced, coalesce } from '../coalesce';
import { linkToPage } from '../language/problemPages';
import { rangeOf, severityOf, uriOf } from '../workspace/editorText';
import type { ProjectRules } from '../workspace/projectRules';
import type { CodeIndex } from './codeIndex';

/** Keeps the list of problems true for the source files of the workspace, whatever changes: the code or the service. */
export class CodeDiagnostics implements vscode.Disposable {
	private readonly published = vscode.languages.createDiagnosticCollection('rolewright-code');
	private readonly changes: Coalesced<'all'>;
	private readonly listening: vscode.Disposable;

	constructor(
		private readonly code: CodeIndex,
		private readonly rules: ProjectRules,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.changes = coalesce(150, () => this.publish());
		this.listening = vscode.Disposable.from(
			code.onDidChange(() => this.changes.add('all')),
			rules.onDidChange(() => this.changes.add('all')),
		);
		this.changes.add('all');
	}

	dispose(): void {
		vscode.Disposable.from(this.published, this.changes, this.listening).dispose();
	}

	private publish(): void {
		try {
			const services = this.code.servicesWithCode();
			const appSettings = this.code.appSettingKeys();
			const found = [...this.code.names()].flatMap(([path, uses]) => {
				const owners = ownersOf(path, services);
				const silenced = silenceInCode(checkCode(uses, owners, appSettings), this.code.ignoresOf(path));
				// Code of several services is judged by what the first of them says.
				const problems = owners[0] ? withSeverities(silenced, this.rules.severitiesOf(owners[0].service)) : silenced;
				return problems.length > 0 ? [[path, problems] as const] : [];
			});
			this.published.clear();
			for (const [path, problems] of found) {
				const lines = this.code.linesOf(path);
				this.published.set(
					uriOf(path),
					lines &&
						problems.map(({ code, severity, span, message }) => {
							const diagnostic = new vscode.Diagnostic(rangeOf(span, lines), message, severityOf(severity));
							diagnostic.source = 'rolewright';
							diagnostic.code = { value: code, target: linkToPage(code) };
							return diagnostic;
						}),
				);
			}
		} catch (error) {
			this.log.error('diagnostics of role code:', error instanceof Error ? error : String(error));
		}
	}
}
