import { Failure } from '../base/failure';
import { configureRole, declareRole } from '../model/entryEdits';
import type { Markup } from '../model/markup';
import { folderOf } from '../model/paths';
import type { Service } from '../model/service';
import { isTransform } from '../xml/transform';
import { csharpFiles } from './csharpWorker';
import { javascriptFiles } from './javascriptWorker';
import type { Plan } from './plan';
import { within } from './plan';
import { roleNameProblem } from './roleName';

export type WorkerRoleAnswers = {
	readonly name: string;
	/** Instances in every configuration; default 1. */
	readonly instances?: number;
} & ({ readonly language: 'csharp'; readonly framework: 'net8.0' | 'net48' } | { readonly language: 'javascript' });

/**
 * The plan for a new worker role: its folder beside the definition, its declaration, and its entry in every
 * configuration. Fails where the name cannot be used or the definition cannot be extended.
 */
export function planWorkerRole(service: Service, answers: WorkerRoleAnswers): Plan {
	const { definition } = service;
	const problem = roleNameProblem(service, answers.name);
	if (problem) {
		throw new Failure(problem);
	}
	const declaration = definition && declareRole(definition, roleMarkup(answers));
	if (!definition || !declaration) {
		throw new Failure(
			'There is no ServiceDefinition element to add the role to; create a service first, or repair its definition.',
		);
	}
	const folder = within(folderOf(definition.path), answers.name);
	const configurations = service.configurations.flatMap(configuration => {
		const edit = isTransform(configuration.document)
			? undefined
			: configureRole(configuration, answers.name, undefined, answers.instances ?? 1);
		return edit ? [{ path: configuration.path, edits: [edit] }] : [];
	});
	return {
		files: roleFiles(answers).map(file => ({ path: within(folder, ...file.path.split('/')), text: file.text })),
		edits: [{ path: definition.path, edits: [declaration] }, ...configurations],
	};
}

function roleFiles(answers: WorkerRoleAnswers) {
	return answers.language === 'csharp' ? csharpFiles(answers.name, answers.framework) : javascriptFiles(answers.name);
}

function roleMarkup(answers: WorkerRoleAnswers): Markup {
	const program: Markup = {
		name: 'ProgramEntryPoint',
		attributes: [
			['commandLine', 'node worker.js'],
			['setReadyOnProcessStart', 'true'],
		],
	};
	const runtime: Markup = { name: 'Runtime', children: [{ name: 'EntryPoint', children: [program] }] };
	return {
		name: 'WorkerRole',
		attributes: [
			['name', answers.name],
			// Left out, the size would be Small, which extended support does not deploy (csdef.md 4.1).
			['vmsize', 'Standard_A1_v2'],
		],
		// The entry point of an assembly is found from its project, as Visual Studio's own definitions rely on.
		...(answers.language === 'javascript' ? { children: [runtime] } : {}),
	};
}
