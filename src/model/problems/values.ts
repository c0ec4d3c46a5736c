import type { Span } from '../../base/span';
import { rule } from './rule';

/** Problems of the values of settings (cross-file-rules.md 9). */
export const valuesProblems = {
	emulatorStorage: (span: Span, name: string, configuration: string) =>
		rule('emulatorStorage', 'warning', span, { name })(
			`The setting '${name}' points at the storage emulator${configuration === '' ? '' : ` in the configuration '${configuration}'`}, which no role in the cloud can reach (Visual Studio warns of it as WAT170); write the connection string of a storage account.`,
		),

	insecureDiagnosticsStorage: (span: Span, name: string) =>
		rule('insecureDiagnosticsStorage', 'warning', span, { instead: ['https'] })(
			`The setting '${name}' uses http, but diagnostics needs https; write DefaultEndpointsProtocol=https.`,
		),

	connectionStringForm: (span: Span, name: string, what: string, published: boolean) =>
		rule('connectionStringForm', published ? 'information' : 'warning', span, { name })(
			published
				? `Visual Studio puts the key into the connection string of the setting '${name}' when it publishes; to deploy by other means, write the key.`
				: `The connection string of the setting '${name}' can't be used: ${what}.`,
		),

	secretInFile: (span: Span, name: string) =>
		rule('secretInFile', 'information', span, { name })(
			`The setting '${name}' holds a secret that everyone sees who can read this file; keep it out of source control.`,
		),
};
