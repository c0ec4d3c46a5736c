import * as vscode from 'vscode';
import { planDuplicateRole } from '../../scaffold/duplicateRole';
import { planPart, roleNamed } from '../../scaffold/part';
import { parts } from '../../scaffold/parts';
import type { Plan } from '../../scaffold/plan';
import { planRemoveRole } from '../../scaffold/removeRole';
import { roleNameProblem } from '../../scaffold/roleName';
import { command } from '../commands';
import type { Around, FileStore } from '../workspace/fileStore';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { applyPlan } from './applyPlan';
import { askAnswers } from './partQuestions';
import { chooseRole } from './roleChoice';
import { type GivenAnswers, isAnswers, textAnswers } from './scaffoldAnswers';
import { askName } from './scaffoldQuestions';

/** The command of each part, by the name that the command line has for the part. */
const commands: Readonly<Record<string, string>> = {
	endpoint: 'addEndpoint',
	setting: 'addSetting',
	'local-storage': 'addLocalStorage',
	certificate: 'addCertificate',
	'startup-task': 'addStartupTask',
	probe: 'addProbe',
	site: 'addSite',
	'virtual-application': 'addVirtualApplication',
	'internal-traffic-rule': 'addInternalTrafficRule',
	import: 'addImport',
};

/** Adds something to a role that exists; removes and duplicates a role. */
export function registerPartCommands(
	index: ServiceIndex,
	store: FileStore,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	return vscode.Disposable.from(
		...Object.entries(commands).map(([what, name]) =>
			command(name, log, target => addPart(index, store, what, target)),
		),
		command('removeRole', log, target => removeRole(index, store, target)),
		command('duplicateRole', log, target => duplicateRole(index, store, target)),
	);
}

async function addPart(index: ServiceIndex, store: FileStore, what: string, target: unknown): Promise<void> {
	const part = parts[what];
	const given = isAnswers(target) ? target : {};
	const place = part && (await placeOf(index, target, part.suits));
	if (!part || !place) {
		return;
	}
	const { definition, role } = place;
	const title = vscode.l10n.t('Add to {0}: {1}', role, wordsFor(what));
	const model = () => index.modelOf(definition);
	const now = () => ({ service: model(), ...roleNamed(model(), role) });
	const answers = await askAnswers(part, title, now, textAnswers(given));
	if (answers) {
		const around = store.around(index, definition);
		const planned = () => planPart(part, model(), role, answers, around.now());
		await apply(planned, title, given.confirmed, index, around);
	}
}

async function removeRole(index: ServiceIndex, store: FileStore, target: unknown): Promise<void> {
	const place = await placeOf(index, target, () => true);
	if (place) {
		const { definition, role } = place;
		const around = store.around(index, definition);
		const planned = () => planRemoveRole(index.modelOf(definition), role, around.now());
		const isConfirmed = isAnswers(target) ? target.confirmed : false;
		await apply(planned, vscode.l10n.t('Remove role {0}', role), isConfirmed, index, around);
	}
}

async function duplicateRole(index: ServiceIndex, store: FileStore, target: unknown): Promise<void> {
	const given = isAnswers(target) ? target : {};
	const place = await placeOf(index, target, () => true);
	if (!place) {
		return;
	}
	const { definition, role } = place;
	const model = () => index.modelOf(definition);
	const problem = (text: string) => roleNameProblem(model(), text);
	const title = vscode.l10n.t('Duplicate role {0}', role);
	const name = textOf(given.name) ?? (await askName(title, freeCopy(role, problem), problem));
	if (name !== undefined) {
		const around = store.around(index, definition);
		const planned = () => planDuplicateRole(model(), role, name, around.now());
		await apply(planned, title, given.confirmed, index, around);
	}
}

async function apply(
	planned: () => Plan,
	title: string,
	confirmed: boolean | undefined,
	index: ServiceIndex,
	{ know, now }: Around,
): Promise<void> {
	await know(planned);
	await applyPlan(planned, title, confirmed ?? false, index, path => now().text(path));
}

async function placeOf(
	index: ServiceIndex,
	target: unknown,
	suits: Parameters<typeof chooseRole>[3],
): Promise<{ readonly definition: string; readonly role: string } | undefined> {
	const given: GivenAnswers = isAnswers(target) ? target : {};
	const service = await chooseService(index, isAnswers(target) ? given.service : target);
	const role = service && (await chooseRole(index, service.definition, target, suits));
	return role === undefined || !service ? undefined : { definition: service.definition, role };
}

function freeCopy(role: string, problem: (name: string) => string | undefined): string {
	for (let number = 2; number < 100; number++) {
		const name = `${role}${number}`;
		if (!problem(name)) {
			return name;
		}
	}
	return role;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function wordsFor(what: string): string {
	switch (what) {
		case 'endpoint':
			return vscode.l10n.t('endpoint');
		case 'setting':
			return vscode.l10n.t('setting');
		case 'local-storage':
			return vscode.l10n.t('local storage');
		case 'certificate':
			return vscode.l10n.t('certificate');
		case 'startup-task':
			return vscode.l10n.t('startup task');
		case 'probe':
			return vscode.l10n.t('probe');
		case 'site':
			return vscode.l10n.t('site');
		case 'virtual-application':
			return vscode.l10n.t('virtual application');
		case 'internal-traffic-rule':
			return vscode.l10n.t('internal traffic rule');
		case 'import':
			return vscode.l10n.t('import');
		default:
			return what;
	}
}
