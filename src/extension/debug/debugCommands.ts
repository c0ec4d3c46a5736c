import * as vscode from 'vscode';
import type { DebuggedRun } from '../../debug/debugWorld';
import { addressOf } from '../../lifecycle/slots';
import type { InstanceSnapshot } from '../../lifecycle/snapshot';
import type { RunningService } from '../../runner/startService';
import { MendableFailure, offer } from '../commands';
import { chooseInstance } from '../run/instanceChoice';
import { linkToOutput } from '../run/instanceOutput';
import type { RunningServices } from '../run/runningServices';
import { linesOf, uriOf } from '../workspace/editorText';
import type { IndexedService, ServiceIndex } from '../workspace/serviceIndex';
import type { DebuggedServices } from './debugging';

/** Milliseconds for a process to say whether a debugger can come to it; what it says later is in the output. */
const answerLimit = 5_000;

/** Starts a session on a service: one that starts it, or one that follows the service that runs already. */
export async function startDebugging(
	{ definition, name }: IndexedService,
	request: 'launch' | 'attach',
): Promise<boolean> {
	return vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uriOf(definition)), {
		type: 'rolewright',
		request,
		name: vscode.l10n.t('Debug {0}', name),
		service: definition,
	});
}

/**
 * `next`: the next life of the instance waits for a debugger, and it comes at once, since code as early as `OnStart` can be
 * reached in no other way. `now`: the debugger comes to the life that runs, and to those after it. The session that follows
 * the service attaches; there is one for each service.
 */
export async function debugInstance(
	index: ServiceIndex,
	running: RunningServices,
	sessions: ServiceSessions,
	from: 'next' | 'now',
	argument: unknown,
): Promise<void> {
	const suits = ({ can, pid }: InstanceSnapshot) => (from === 'now' ? pid !== undefined : can.recycle || can.start);
	const chosen = await chooseInstance(running, argument, suits);
	const service = chosen && index.serviceAt(chosen.definition);
	if (!chosen || !service) {
		return;
	}
	const { deployment } = running.running(chosen.definition);
	const { instances, staging } = deployment.snapshot;
	const all = [...instances, ...(staging?.instances ?? [])];
	const snapshot = all.find(each => addressOf(each) === chosen.instance);
	if (!sessions.ofService(service.definition) && !(await startDebugging(service, 'attach'))) {
		return;
	}
	deployment.setDebug(chosen.instance, true);
	if (from === 'now') {
		const answer = answerToDebugger(deployment, chosen.instance);
		deployment.openToDebugger(chosen.instance);
		const refusal = await answer;
		if (refusal !== undefined) {
			throw new MendableFailure(
				refusal,
				offer(vscode.l10n.t('Debug from Its Next Start'), 'rolewright.debugInstance', chosen),
			);
		}
	} else {
		deployment.submit({ command: snapshot?.can.start ? 'start' : 'recycle', instance: chosen.instance }, 'editor');
	}
}

/** Whether a debugger can come to the life that runs: undefined where it can, or where nothing is said; else why not. */
function answerToDebugger({ journal }: RunningService['deployment'], address: string): Promise<string | undefined> {
	return new Promise(resolve => {
		const answered = (text?: string): void => {
			listening.dispose();
			clearTimeout(limit);
			resolve(text);
		};
		const listening = journal.onEntry(entry => {
			if (entry.instance === undefined || addressOf({ ...entry, instance: entry.instance }) !== address) {
				return;
			}
			if (entry.event === 'debugger') {
				answered();
			} else if (entry.event === 'note' && entry.about === 'debugger') {
				answered(entry.text);
			}
		});
		const limit = setTimeout(answered, answerLimit);
	});
}

/** The debugger leaves the instance, which runs on. */
export async function detachInstance(
	running: RunningServices,
	sessions: ServiceSessions,
	argument: unknown,
): Promise<void> {
	const chosen = await chooseInstance(running, argument, snapshot => snapshot.debugger === 'attached');
	if (chosen) {
		await sessions.ofService(chosen.definition)?.customRequest('detachInstance', { instance: chosen.instance });
	}
}

/** The debug sessions of services; VS Code tells of sessions only when they begin and end. */
export interface ServiceSessions extends vscode.Disposable {
	/** The session that debugs this service, where there is one. */
	ofService(definition: string): vscode.DebugSession | undefined;
}

export function followSessions(index: ServiceIndex): ServiceSessions {
	const open = new Set<vscode.DebugSession>();
	const listening = vscode.Disposable.from(
		vscode.debug.onDidStartDebugSession(session => session.type === 'rolewright' && open.add(session)),
		vscode.debug.onDidTerminateDebugSession(session => open.delete(session)),
	);
	return {
		ofService: definition =>
			[...open].find(({ configuration }) => index.serviceWith(configuration.service)?.definition === definition),
		dispose: () => listening.dispose(),
	};
}

/** The running services as a debug session asks for them. */
export function debuggedServices(running: RunningServices, index: ServiceIndex): DebuggedServices {
	const definitionOf = (run: DebuggedRun) => running.all().find(({ service }) => service === run)?.definition;
	return {
		declarationOf(run, role) {
			const definition = definitionOf(run);
			const found = definition === undefined ? undefined : index.at(definition);
			const declared = found?.service.definition?.roles.find(({ name }) => name?.text === role)?.element;
			return found && declared && { path: found.file.path, ...linesOf(found.file.document).placeAt(declared.start) };
		},
		stands(run, place) {
			const definition = definitionOf(run);
			if (definition !== undefined) {
				running.stands(definition, place);
			}
		},
		start: ({ instances, ...launch }, stopped) => running.start({ ...launch, debug: instances, stopped }),
		running: service => running.running(service),
		outputOf: service => ({ url: linkToOutput(service), urlLabel: vscode.l10n.t('Show Output') }),
	};
}
