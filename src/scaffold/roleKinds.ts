import { csharpWorker } from './csharpWorker';
import type { Framework } from './dotnetProject';
import { fsharpWorker } from './fsharpWorker';
import { javascriptWorker } from './javascriptWorker';
import { programWorker } from './programWorker';
import { pythonWorker } from './pythonWorker';
import type { RoleTemplate } from './roleTemplate';
import { typescriptWorker } from './typescriptWorker';
import { visualBasicWorker } from './visualBasicWorker';
import { vmRole } from './vmRole';
import { aspNetCoreSite, nodeSite, staticSite } from './webSites';

export const dotnetLanguages = ['csharp', 'fsharp', 'vb'] as const;
export const scriptLanguages = ['javascript', 'typescript', 'python'] as const;
export const siteKinds = ['aspnetcore', 'node', 'static'] as const;
export const frameworks = ['net8.0', 'net48'] as const;

/** What a new role is and what it is made with. */
export type RoleKindAnswers =
	| { readonly kind: 'worker'; readonly language: (typeof dotnetLanguages)[number]; readonly framework: Framework }
	| { readonly kind: 'worker'; readonly language: (typeof scriptLanguages)[number] }
	| { readonly kind: 'worker'; readonly language: 'program'; readonly commandLine: string }
	| { readonly kind: 'web'; readonly site: (typeof siteKinds)[number] }
	| { readonly kind: 'vm' };

/** `port` is for the endpoint of a web role. */
export function templateOf(name: string, answers: RoleKindAnswers, port: number): RoleTemplate {
	switch (answers.kind) {
		case 'web':
			return sites[answers.site](name, port);
		case 'vm':
			return vmRole(name);
		case 'worker':
			return workerOf(name, answers);
	}
}

const sites = { aspnetcore: aspNetCoreSite, node: nodeSite, static: staticSite };

function workerOf(name: string, answers: RoleKindAnswers & { readonly kind: 'worker' }): RoleTemplate {
	switch (answers.language) {
		case 'csharp':
			return csharpWorker(name, answers.framework);
		case 'fsharp':
			return fsharpWorker(name, answers.framework);
		case 'vb':
			return visualBasicWorker(name, answers.framework);
		case 'javascript':
			return javascriptWorker(name);
		case 'typescript':
			return typescriptWorker(name);
		case 'python':
			return pythonWorker(name);
		case 'program':
			return programWorker(name, answers.commandLine);
	}
}
