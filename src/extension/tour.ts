import * as vscode from 'vscode';
import { keyOf } from '../history/entries';
import { retell } from '../history/retelling';
import type { Command } from '../lifecycle/command';
import type { InstanceSnapshot } from '../lifecycle/snapshot';
import type { RunningService } from '../runner/startService';
import { command, MendableFailure, offer, report } from './commands';
import { askSetting } from './run/fabricQuestions';
import type { Run, RunningServices } from './run/runningServices';
import { mayRun } from './trust';
import { chooseService } from './workspace/serviceChoice';
import type { IndexedService, ServiceIndex } from './workspace/serviceIndex';

/** Three things that the platform does to every service, shown on one of them: each ends with what it meant for the code. */
const chapters = ['recycle', 'cancelledChange', 'reimage'] as const;

type Chapter = (typeof chapters)[number];

const commandOf: Readonly<Record<Chapter, string>> = {
	recycle: 'tourRecycle',
	cancelledChange: 'tourCancelledChange',
	reimage: 'tourReimage',
};

/** The setting of the sample service whose change its code cancels; of other services the person says which to change. */
const cancelledInSample = { role: 'Ledger', setting: 'FirstNumber' };

/** The tour as a whole, and its chapters, which the walkthrough has one by one. */
export function registerTour(
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const show = async (chapter: Chapter, argument: unknown): Promise<string | undefined> => {
		const service = mayRun() ? await chooseService(index, argument) : undefined;
		const run = service && (await runningOf(service, running));
		const text = run && (await play(chapter, run, index, running));
		if (service && text !== undefined) {
			void offerNext(chapter, text, service).catch(error => report(error, log));
		}
		return text;
	};
	return vscode.Disposable.from(
		...chapters.map(chapter => command(commandOf[chapter], log, argument => show(chapter, argument))),
		command('takeTour', log, async argument => {
			await vscode.commands.executeCommand('rolewright.services.focus');
			return show('recycle', argument);
		}),
	);
}

/** Starts the service where it does not run; resolves when its instances have come up or have given up. */
async function runningOf(service: IndexedService, running: RunningServices): Promise<Run | undefined> {
	const { definition, name } = service;
	if (!running.runOf(definition)) {
		await vscode.commands.executeCommand('rolewright.startService', definition);
	}
	if (!running.runOf(definition)) {
		// Why it did not start was said by the command.
		return undefined;
	}
	const isUp = ({ service, snapshot }: Run) => service !== undefined && (snapshot?.instances ?? []).every(isSettled);
	const title = vscode.l10n.t('Waiting for the instances of {0}', name);
	return (await waiting(title, definition, running, isUp)) ? running.runOf(definition) : undefined;
}

/** It has come up, or has given up for now. */
function isSettled({ state }: InstanceSnapshot): boolean {
	return state === 'ReadyRole' || state === 'CyclingRole' || state === 'StoppedVM' || state.startsWith('Failed');
}

/** Does it, waits until the instance is ready again, and says what that meant for it; `undefined` where it was not done. */
async function play(
	chapter: Chapter,
	run: Run,
	index: ServiceIndex,
	running: RunningServices,
): Promise<string | undefined> {
	const { definition } = run;
	const target = await targetOf(chapter, run, index);
	const { service, snapshot } = running.runOf(definition) ?? {};
	const before = snapshot?.instances.find(each => each.instance === target?.instance);
	if (!target || !service || !before) {
		return undefined;
	}
	const { journal } = service.deployment;
	const after = journal.entries.at(-1)?.n ?? 0;
	const since = () => journal.entries.filter(entry => entry.n > after && entry.instance === target.instance);
	service.submit(target.command, 'editor');
	const isThrough = await waiting(titles(target.instance)[chapter], definition, running, ({ snapshot: now }) => {
		const instance = now?.instances.find(each => each.instance === target.instance);
		const isReadyAgain = instance?.state === 'ReadyRole' && instance.life > before.life;
		return (
			isReadyAgain || since().some(entry => entry.event === 'call' && entry.call === 'Changed' && entry.phase === 'end')
		);
	});
	if (!isThrough) {
		return undefined;
	}
	const key = keyOf(since()[0] ?? { instance: target.instance });
	return [doneText(chapter, target.instance), ...retell(journal.entries, after, key, vscode.l10n)].join(' ');
}

interface Target {
	readonly instance: string;
	readonly command: Command;
}

/** The instance that shows it best: one with local storage of its own. */
async function targetOf(
	chapter: Chapter,
	{ definition, service, snapshot }: Run,
	index: ServiceIndex,
): Promise<Target | undefined> {
	const model = index.modelOf(definition);
	const roles = model.definition?.roles ?? [];
	const keeps = (role: string) =>
		roles.some(({ name, localStorage }) => name?.text === role && localStorage.some(each => !each.cleanOnRoleRecycle));
	const ready = (snapshot?.instances ?? []).filter(({ state }) => state === 'ReadyRole');
	const [shown] = [...ready.filter(({ role }) => keeps(role)), ...ready];
	if (!shown) {
		throw new MendableFailure(
			vscode.l10n.t('No instance is ready, so there is nothing to show it on; the output says why.'),
			offer(vscode.l10n.t('Show Output'), 'rolewright.showOutput', definition),
		);
	}
	if (chapter !== 'cancelledChange') {
		return { instance: shown.instance, command: { command: chapter, instance: shown.instance } };
	}
	const { role, setting } = cancelledInSample;
	const sample = ready.find(each => each.role === role);
	const now = service && valueNow(service, role, setting);
	if (sample && now !== undefined && /^\d{1,9}$/.test(now)) {
		const value = String(Number(now) + 100);
		return { instance: sample.instance, command: { command: 'set', role, setting, value } };
	}
	const answer = await askSetting(model, shown.role);
	return answer && { instance: shown.instance, command: { command: 'set', role: shown.role, ...answer } };
}

/** As the journal says it was changed last, else as it was deployed. */
function valueNow({ deployment }: RunningService, role: string, setting: string): string | undefined {
	const changes = deployment.journal.entries.flatMap(entry => (entry.event === 'configuration' ? entry.changes : []));
	const last = changes.filter(change => change.role === role && change.setting === setting).at(-1)?.to;
	return last ?? deployment.planIn('production')?.roles.find(({ name }) => name === role)?.settings[setting];
}

/** False where the person did not want to wait, or the service ended. */
function waiting(
	title: string,
	definition: string,
	running: RunningServices,
	holds: (run: Run) => boolean,
): Thenable<boolean> {
	const now = running.runOf(definition);
	if (!now || holds(now)) {
		return Promise.resolve(now !== undefined);
	}
	const location = vscode.ProgressLocation.Notification;
	return vscode.window.withProgress(
		{ location, title, cancellable: true },
		(_progress, token) =>
			new Promise<boolean>(resolve => {
				const end = (isThrough: boolean): void => {
					listening.dispose();
					resolve(isThrough);
				};
				const look = (): void => {
					const run = running.runOf(definition);
					if (!run || holds(run)) {
						end(run !== undefined);
					}
				};
				const listening = vscode.Disposable.from(
					running.onDidChange(look),
					running.onDidWriteEntry(look),
					token.onCancellationRequested(() => end(false)),
				);
				look();
			}),
	);
}

async function offerNext(chapter: Chapter, text: string, { definition }: IndexedService): Promise<void> {
	const next = chapters[chapters.indexOf(chapter) + 1];
	const timeline = vscode.l10n.t('Show Timeline');
	const read = vscode.l10n.t('Read More');
	const goOn = next && nextTitles()[next];
	const answer = await vscode.window.showInformationMessage(text, ...(goOn ? [goOn] : []), timeline, read);
	if (answer === undefined) {
		return;
	}
	if (answer === timeline) {
		await vscode.commands.executeCommand('rolewright.showTimeline', definition);
	} else if (answer === read) {
		const pages = { recycle: 'lifecycle', cancelledChange: 'events', reimage: 'disks' };
		await vscode.commands.executeCommand('rolewright.openDocumentation', pages[chapter]);
	} else if (next) {
		await vscode.commands.executeCommand(`rolewright.${commandOf[next]}`, definition);
	}
}

function titles(instance: string): Readonly<Record<Chapter, string>> {
	return {
		recycle: vscode.l10n.t('Recycling {0}', instance),
		cancelledChange: vscode.l10n.t('Changing a setting of {0}', instance),
		reimage: vscode.l10n.t('Reimaging {0}', instance),
	};
}

function doneText(chapter: Chapter, instance: string): string {
	switch (chapter) {
		case 'recycle':
			return vscode.l10n.t('{0} was recycled: its process ended and another one began.', instance);
		case 'cancelledChange':
			return vscode.l10n.t('A setting of {0} got another value.', instance);
		case 'reimage':
			return vscode.l10n.t('{0} was reimaged: it has a fresh machine under it.', instance);
	}
}

function nextTitles(): Readonly<Record<Chapter, string>> {
	return {
		recycle: vscode.l10n.t('Next: a Recycle'),
		cancelledChange: vscode.l10n.t('Next: a Cancelled Change'),
		reimage: vscode.l10n.t('Next: a Reimage'),
	};
}
