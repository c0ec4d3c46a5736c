import type { Connection } from 'vscode-languageserver';
import type { CodeIndex } from './codeIndex';
import type { CodeProblems } from './codeProblems';
import type { DiagnosticsPublisher } from './diagnosticsPublisher';
import type { OpenTexts } from './openTexts';
import type { OtherFiles } from './otherFiles';
import type { Workspace } from './workspace';
import type { ServerWorld } from './world';

/** What the server is made of. */
export interface Parts {
	readonly connection: Connection;
	readonly workspace: Workspace;
	readonly open: OpenTexts;
	readonly code: CodeIndex;
	readonly models: DiagnosticsPublisher;
	readonly codeProblems: CodeProblems;
	readonly others: OtherFiles;
	readonly world: ServerWorld;
}
