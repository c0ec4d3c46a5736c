import * as vscode from 'vscode';
import { Failure } from '../base/failure';
import { planWorkerRole, type WorkerRoleAnswers } from '../scaffold/addRole';
import { planService } from '../scaffold/newService';
import { nameProblem, roleNameProblem } from '../scaffold/roleName';
import { applyPlan } from './applyPlan';
import { command } from './commands';
import { askFolder, askInstances, askLanguage, askName, type RoleLanguage } from './scaffoldQuestions';
import { chooseService } from './serviceChoice';
import type { ServiceIndex } from './serviceIndex';

/** What a keybinding, a task or a test may answer beforehand; only what is missing is asked. */
interface NewServiceAnswers {
	readonly name?: string;
	/** The folder that gets the files of the service. */
	readonly folder?: string;
	/** True: the plan is applied without being shown first. */
	readonly confirmed?: boolean;
}

interface AddRoleAnswers {
	/** The path of the definition. */
	readonly service?: string;
	readonly name?: string;
	readonly language?: RoleLanguage['language'];
	readonly framework?: 'net8.0' | 'net48';
	readonly instances?: number;
	readonly confirmed?: boolean;
}

export function registerScaffoldCommands(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.Disposable.from(
		command('newService', log, argument => newService(index, isAnswers<NewServiceAnswers>(argument) ? argument : {})),
		command('addRole', log, argument =>
			isAnswers<AddRoleAnswers>(argument) ? addRole(index, argument.service, argument) : addRole(index, argument, {}),
		),
	);
}

async function newService(index: ServiceIndex, given: NewServiceAnswers): Promise<void> {
	const title = vscode.l10n.t('New Service');
	const name = given.name ?? (await askName(title, 'MyService', text => nameProblem('service', text)));
	const folder = name === undefined ? undefined : (given.folder ?? (await askFolder(title, name)));
	if (name === undefined || folder === undefined) {
		return;
	}
	const problem = nameProblem('service', name);
	if (problem) {
		throw new Failure(problem);
	}
	await applyPlan(
		() => planService(name, folder),
		vscode.l10n.t('New service {0}', name),
		given.confirmed ?? false,
		index,
	);
}

async function addRole(index: ServiceIndex, target: unknown, given: AddRoleAnswers): Promise<void> {
	const service = await chooseService(index, target);
	if (!service) {
		return;
	}
	const title = vscode.l10n.t('Add Role to {0}', service.name);
	const language = answeredLanguage(given) ?? (await askLanguage(title));
	const problem = (text: string) => roleNameProblem(index.modelOf(service.definition), text);
	const name = language && (given.name ?? (await askName(title, freeName(problem), problem)));
	const instances = name === undefined ? undefined : (given.instances ?? (await askInstances(title)));
	if (!language || name === undefined || instances === undefined) {
		return;
	}
	const answers: WorkerRoleAnswers = { ...language, name, instances };
	const planned = () => planWorkerRole(index.modelOf(service.definition), answers);
	await applyPlan(planned, vscode.l10n.t('Add role {0}', name), given.confirmed ?? false, index);
}

/** An object of answers has a plain prototype; a node of the tree has a kind, a file is a `Uri`. */
function isAnswers<T>(argument: unknown): argument is T {
	return (
		typeof argument === 'object' && argument !== null && !('kind' in argument) && !(argument instanceof vscode.Uri)
	);
}

function answeredLanguage({ language, framework }: AddRoleAnswers): RoleLanguage | undefined {
	switch (language) {
		case 'csharp':
			return { language, framework: framework ?? 'net8.0' };
		case 'javascript':
			return { language };
		case undefined:
			return undefined;
	}
}

function freeName(problem: (name: string) => string | undefined): string {
	for (let number = 1; ; number++) {
		const name = `WorkerRole${number}`;
		if (!problem(name)) {
			return name;
		}
	}
}
