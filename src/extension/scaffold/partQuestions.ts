import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import type { Part } from '../../scaffold/part';
import { type Answers, type Asked, answerProblem, applies, type Question } from '../../scaffold/question';

/**
 * Asks what is not answered yet. `undefined`: one was dismissed. What is too fine to be asked for is taken as proposed
 * by the plan. Throws a `Failure` where there is nothing to choose from.
 */
export async function askAnswers(
	part: Part,
	title: string,
	asked: () => Omit<Asked, 'answers'>,
	given: Answers,
): Promise<Answers | undefined> {
	let answers: Answers = {};
	for (const question of part.questions) {
		// The service is read anew for each question: the texts may change while a person thinks.
		const now: Asked = { ...asked(), answers };
		const said = given[question.key];
		if (!applies(question, now)) {
			continue;
		}
		const answer = said ?? (question.isDetail ? question.initial?.(now) : await ask(part, question, title, now));
		if (answer === undefined && !question.isDetail) {
			return undefined;
		}
		answers = { ...answers, [question.key]: answer?.trim() ?? '' };
	}
	return answers;
}

function ask(part: Part, question: Question, title: string, asked: Asked): Thenable<string | undefined> {
	const choices = question.choices?.(asked);
	if (!choices) {
		return vscode.window.showInputBox({
			title,
			prompt: promptFor(part.what, question.key, asked.answers),
			value: question.initial?.(asked) ?? '',
			validateInput: text => answerProblem(question, text.trim(), asked),
			ignoreFocusOut: true,
		});
	}
	if (choices.length === 0 && !question.optional?.(asked)) {
		throw new Failure(answerProblem(question, '', asked) ?? '');
	}
	return choices.length === 0 ? Promise.resolve('') : pick(part, question, title, choices, asked);
}

async function pick(
	part: Part,
	question: Question,
	title: string,
	choices: readonly string[],
	asked: Asked,
): Promise<string | undefined> {
	const initial = question.initial?.(asked) ?? '';
	// The one that is proposed comes first, where Enter takes it.
	const first = choices.includes(initial) ? [initial] : [];
	const items = [...new Set([...first, ...choices])].map(choice => ({
		label: choice,
		description: meaningOf(question.key, choice),
		answer: choice,
		picked: choice === initial,
	}));
	const none = { label: vscode.l10n.t('None'), description: '', answer: '', picked: false };
	const all = question.optional?.(asked) ? (initial === '' ? [none, ...items] : [...items, none]) : items;
	const options = { title, placeHolder: promptFor(part.what, question.key, asked.answers), ignoreFocusOut: true };
	if (question.several) {
		const picked = await vscode.window.showQuickPick(all, { ...options, canPickMany: true });
		return picked && picked.length > 0 ? picked.map(({ answer }) => answer).join(',') : undefined;
	}
	return (await vscode.window.showQuickPick(all, options))?.answer;
}

function promptFor(what: string, key: string, { kind }: Answers): string {
	switch (`${what} ${key}`) {
		case 'endpoint name':
			return vscode.l10n.t('Name of the endpoint');
		case 'endpoint kind':
			return vscode.l10n.t('Who is to reach it?');
		case 'endpoint protocol':
		case 'probe protocol':
			return vscode.l10n.t('Which protocol does it speak?');
		case 'endpoint certificate':
			return vscode.l10n.t('Which certificate does it show?');
		case 'endpoint port':
			return kind === 'internal' ? vscode.l10n.t('Port; empty for any that is free') : vscode.l10n.t('Public port');
		case 'endpoint public-ports':
			return vscode.l10n.t('Public ports, one for each instance, such as 10000-10099');
		case 'endpoint site':
			return vscode.l10n.t('Which site answers there?');
		case 'setting name':
			return vscode.l10n.t('Name of the setting');
		case 'setting value':
			return vscode.l10n.t('Value in every configuration; empty to fill it in later');
		case 'local-storage name':
			return vscode.l10n.t('Name of the local storage');
		case 'local-storage size':
			return vscode.l10n.t('Size in megabytes');
		case 'local-storage clean-on-recycle':
			return vscode.l10n.t('Is it to be emptied when the instance is recycled?');
		case 'certificate name':
			return vscode.l10n.t('Name of the certificate');
		case 'certificate thumbprint':
			return vscode.l10n.t('Thumbprint, 40 hexadecimal digits; empty to fill it in later');
		case 'startup-task name':
			return vscode.l10n.t('Name of the task and of its script');
		case 'startup-task task-type':
			return vscode.l10n.t('Does the role wait for it?');
		case 'startup-task execution-context':
			return vscode.l10n.t('With which rights does it run?');
		case 'probe name':
			return vscode.l10n.t('Name of the probe');
		case 'probe endpoint':
			return vscode.l10n.t('Which endpoint does it look at?');
		case 'probe path':
			return vscode.l10n.t('Path that answers 200 while the instance can serve');
		case 'site name':
			return vscode.l10n.t('Name of the site');
		case 'site directory':
		case 'virtual-application directory':
			return vscode.l10n.t('Folder of its files, from the folder of the definition');
		case 'site endpoint':
			return vscode.l10n.t('On which endpoint does it answer?');
		case 'site host-header':
			return vscode.l10n.t('Host name that it answers to; empty for any');
		case 'virtual-application name':
			return vscode.l10n.t('Name of the virtual application, which is its path');
		case 'virtual-application site':
			return vscode.l10n.t('In which site?');
		case 'internal-traffic-rule name':
			return vscode.l10n.t('Which internal endpoint is it about?');
		case 'internal-traffic-rule from':
			return vscode.l10n.t('Which roles may reach it?');
		case 'import name':
			return vscode.l10n.t('Name of the module, such as RemoteAccess');
		default:
			return key;
	}
}

function meaningOf(key: string, choice: string): string {
	switch (`${key} ${choice}`) {
		case 'kind input':
			return vscode.l10n.t('the world, through the load balancer');
		case 'kind internal':
			return vscode.l10n.t('the other instances of the service');
		case 'kind instance-input':
			return vscode.l10n.t('the world, each instance on a port of its own');
		case 'clean-on-recycle true':
			return vscode.l10n.t('emptied before each start');
		case 'clean-on-recycle false':
			return vscode.l10n.t('kept over a recycle, a reboot and a reimage');
		case 'task-type simple':
			return vscode.l10n.t('the role starts when the task has ended');
		case 'task-type background':
			return vscode.l10n.t('both run side by side');
		case 'task-type foreground':
			return vscode.l10n.t('side by side, and a recycle waits for the task');
		case 'execution-context limited':
			return vscode.l10n.t('those of the role');
		case 'execution-context elevated':
			return vscode.l10n.t('those of an administrator');
		case 'from all':
			return vscode.l10n.t('every role of the service');
		default:
			return '';
	}
}
