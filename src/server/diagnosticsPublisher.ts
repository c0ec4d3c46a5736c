import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Disposable } from '../base/emitter';
import type { Problem, Severity } from '../base/problem';
import { type DiagnoseOptions, diagnose } from '../language/diagnostics';
import { folderOf } from '../model/paths';
import type { Service } from '../model/service';
import type { Severities } from '../model/severities';
import { locationOf, rangeOf, uriOf } from './places';
import type { InService, Workspace } from './workspace';
import type { ServerWorld } from './world';

/** Milliseconds after a keystroke; those that follow in this time are answered together. */
const delay = 120;

/** Keeps the client's list of problems true for every file of its folders and every open one. */
export class DiagnosticsPublisher {
	private readonly waiting = new Set<string>();
	private readonly rules = new Map<string, DiagnoseOptions>();
	private timer: Disposable | undefined;

	constructor(
		private readonly connection: Pick<Connection, 'sendDiagnostics'>,
		private readonly workspace: Workspace,
		private readonly world: ServerWorld,
	) {}

	/** A change is a change for all files of its service. */
	changed(paths: readonly string[]): void {
		for (const path of paths) {
			for (const affected of [path, ...this.workspace.neighboursOf(path)]) {
				this.waiting.add(affected);
			}
		}
		if (this.waiting.size > 0) {
			this.timer ??= this.world.after(delay, () => this.publish());
		}
	}

	/** What stands beside the definitions may say something else now. */
	rulesChanged(): void {
		this.rules.clear();
		this.changed(this.workspace.paths());
	}

	dispose(): void {
		this.timer?.dispose();
	}

	rulesOf({ file, service }: InService): DiagnoseOptions {
		return this.rulesIn(folderOf(service.definition?.path ?? file.path));
	}

	/** How severe the problems of the code of a service are to be. */
	severitiesOf({ definition }: Service): Severities {
		return (definition && this.rulesIn(folderOf(definition.path)).severity) ?? {};
	}

	private rulesIn(folder: string): DiagnoseOptions {
		const rules = this.rules.get(folder) ?? this.world.rulesIn(folder);
		this.rules.set(folder, rules);
		return rules;
	}

	private publish(): void {
		this.timer = undefined;
		const paths = [...this.waiting];
		this.waiting.clear();
		for (const path of paths) {
			const found = this.workspace.isWanted(path) ? this.workspace.at(path) : undefined;
			const diagnostics = found ? this.diagnosticsOf(found) : [];
			void this.connection.sendDiagnostics({ uri: this.workspace.uriOf(path), diagnostics });
		}
	}

	private diagnosticsOf(found: InService): Diagnostic[] {
		return diagnose(found.file, found.service, this.rulesOf(found)).map(problem => this.diagnosticOf(problem, found));
	}

	private diagnosticOf({ span, severity, code, message, related = [] }: Problem, { lines }: InService): Diagnostic {
		const page = this.world.pageOf(code);
		return {
			range: rangeOf(span, lines),
			severity: severities[severity],
			code,
			...(page !== undefined && { codeDescription: { href: uriOf(page) } }),
			source: 'rolewright',
			message,
			relatedInformation: related.flatMap(({ path, span: place, message: text }) => {
				const other = this.workspace.at(path);
				return other ? [{ location: locationOf(this.workspace.uriOf(path), place, other.lines), message: text }] : [];
			}),
		};
	}
}

/** As the protocol has them. */
export const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	information: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};
