import type { Connection } from 'vscode-languageserver';
import type { Disposable } from '../base/emitter';
import { silenceInCode } from '../code/ignore';
import { ownersOf } from '../code/ownership';
import { checkCode } from '../code/problems';
import { withSeverities } from '../model/severities';
import type { CodeIndex } from './codeIndex';
import { type DiagnosticsPublisher, severities } from './diagnosticsPublisher';
import { rangeOf, uriOf } from './places';
import type { ServerWorld } from './world';

/** Milliseconds after a change; those that follow in this time are answered together. */
const delay = 150;

/** Keeps the client's list of problems true for the source files of its folders, whatever changes: the code or a service. */
export class CodeProblems {
	/** The files of which the client knows problems, with what it was told. */
	private told = new Map<string, string>();
	private timer: Disposable | undefined;

	constructor(
		private readonly connection: Pick<Connection, 'sendDiagnostics'>,
		private readonly code: CodeIndex,
		private readonly models: DiagnosticsPublisher,
		private readonly world: ServerWorld,
	) {}

	changed(): void {
		this.timer ??= this.world.after(delay, () => this.publish());
	}

	dispose(): void {
		this.timer?.dispose();
	}

	private publish(): void {
		this.timer = undefined;
		const services = this.code.services();
		const appSettings = this.code.appSettingKeys();
		const found = new Map<string, string>();
		for (const [path, uses] of this.code.names()) {
			const owners = ownersOf(path, services);
			const lines = this.code.linesOf(path);
			const silenced = silenceInCode(checkCode(uses, owners, appSettings), this.code.ignoresOf(path));
			// Code of several services is judged by what the first of them says.
			const first = owners[0]?.service;
			const problems = first ? withSeverities(silenced, this.models.severitiesOf(first)) : silenced;
			const diagnostics = problems.flatMap(({ code, severity, span, message }) => {
				const page = this.world.pageOf(code);
				const described = page !== undefined && { codeDescription: { href: uriOf(page) } };
				const about = { code, message, source: 'rolewright', severity: severities[severity], ...described };
				return lines ? [{ range: rangeOf(span, lines), ...about }] : [];
			});
			if (diagnostics.length > 0) {
				found.set(path, JSON.stringify(diagnostics));
				if (this.told.get(path) !== found.get(path)) {
					void this.connection.sendDiagnostics({ uri: this.code.uriOf(path), diagnostics });
				}
			}
		}
		for (const path of this.told.keys()) {
			if (!found.has(path)) {
				void this.connection.sendDiagnostics({ uri: this.code.uriOf(path), diagnostics: [] });
			}
		}
		this.told = found;
	}
}
