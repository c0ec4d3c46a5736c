import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { planRole, type RoleAnswers } from '../../scaffold/addRole';
import { planService } from '../../scaffold/newService';
import type { Plan } from '../../scaffold/plan';
import type { RoleKindAnswers } from '../../scaffold/roleKinds';
import { nameProblem, roleNameProblem } from '../../scaffold/roleName';
import { noSurroundings } from '../../scaffold/surroundings';
import { command } from '../commands';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { currentText, editorFolderOf, surroundingsOf } from '../workspace/surroundings';
import { applyPlan } from './applyPlan';
import { answeredKind, isAnswers } from './scaffoldAnswers';
import {
	askCommandLine,
	askEditorFiles,
	askFolder,
	askInstances,
	askName,
	askRoleKind,
	type KindAnswer,
} from './scaffoldQuestions';

/** What a keybinding, a task or a test may answer beforehand; only what is missing is asked. */
interface NewServiceAnswers {
	readonly name?: string;
	/** The folder that gets the files of the service. */
	readonly folder?: string;
	/** True: launch.json is written too. */
	readonly launch?: boolean;
	/** True: the plan is applied without being shown first. */
	readonly confirmed?: boolean;
}

/** As `RoleAnswers`, each of them where it is known. */
interface AddRoleAnswers {
	/** The path of the definition. */
	readonly service?: string;
	readonly name?: string;
	readonly instances?: number;
	readonly commandLine?: string;
	readonly launch?: boolean;
	readonly confirmed?: boolean;
}

export function registerScaffoldCommands(index: ServiceIndex, log: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.Disposable.from(
		command('newService', log, argument => newService(index, isAnswers(argument) ? argument : {})),
		command('addRole', log, argument => addRole(index, argument, isAnswers(argument) ? argument : {})),
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
	const planned = (wantsEditorFiles: boolean) => {
		const editorFolder = wantsEditorFiles ? (editorFolderOf(folder) ?? folder) : undefined;
		const surroundings = { ...noSurroundings, text: currentText, ...(editorFolder !== undefined && { editorFolder }) };
		return planService(name, folder, surroundings);
	};
	await applyWithEditorFiles(planned, title, vscode.l10n.t('New service {0}', name), given, index);
}

async function addRole(index: ServiceIndex, target: unknown, given: AddRoleAnswers): Promise<void> {
	const service = await chooseService(index, isAnswers(target) ? given.service : target);
	if (!service) {
		return;
	}
	const title = vscode.l10n.t('Add Role to {0}', service.name);
	const kind = answeredKind(isAnswers(target) ? target : {}) ?? (await askRoleKind(title));
	const complete = kind && (await completed(kind, title, given.commandLine));
	const problem = (text: string) => roleNameProblem(index.modelOf(service.definition), text);
	const name = complete && (given.name ?? (await askName(title, freeName(complete, problem), problem)));
	const instances = name === undefined ? undefined : (given.instances ?? (await askInstances(title)));
	if (!complete || name === undefined || instances === undefined) {
		return;
	}
	const answers: RoleAnswers = { ...complete, name, instances };
	const planned = (wantsEditorFiles: boolean) => {
		const surroundings = surroundingsOf(index, service.definition, wantsEditorFiles);
		return planRole(index.modelOf(service.definition), answers, surroundings);
	};
	await applyWithEditorFiles(planned, title, vscode.l10n.t('Add role {0}', name), given, index);
}

/** Asks about the files of the editor only where a plan would write some, and nobody has said. */
async function applyWithEditorFiles(
	planned: (wantsEditorFiles: boolean) => Plan,
	title: string,
	label: string,
	given: { readonly launch?: boolean; readonly confirmed?: boolean },
	index: ServiceIndex,
): Promise<void> {
	const size = ({ files, edits }: Plan) => files.length + edits.length;
	const isPointless = given.confirmed === true || size(planned(true)) === size(planned(false));
	const wanted = given.launch ?? (isPointless ? false : await askEditorFiles(title));
	if (wanted !== undefined) {
		await applyPlan(() => planned(wanted), label, given.confirmed ?? false, index, currentText);
	}
}

async function completed(
	kind: KindAnswer,
	title: string,
	given: string | undefined,
): Promise<RoleKindAnswers | undefined> {
	if (kind.kind !== 'worker' || kind.language !== 'program') {
		return kind;
	}
	const commandLine = given ?? (await askCommandLine(title));
	return commandLine === undefined ? undefined : { ...kind, commandLine };
}

const proposals = { worker: 'WorkerRole', web: 'WebRole', vm: 'VMRole' } as const;

function freeName({ kind }: RoleKindAnswers, problem: (name: string) => string | undefined): string {
	for (let number = 1; ; number++) {
		const name = `${proposals[kind]}${number}`;
		if (!problem(name)) {
			return name;
		}
	}
}
