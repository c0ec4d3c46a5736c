import * as vscode from 'vscode';
import type { InstanceSnapshot } from '../lifecycle/snapshot';
import type { DebuggedServices } from './debugging';
import { uriOf } from './editorText';
import { chooseInstance } from './instanceChoice';
import { linkToOutput } from './instanceOutput';
import type { RunningServices } from './runningServices';
import type { IndexedService, ServiceIndex } from './serviceIndex';

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
	const snapshot = deployment.snapshot.instances.find(({ instance }) => instance === chosen.instance);
	if (!sessions.ofService(service.definition) && !(await startDebugging(service, 'attach'))) {
		return;
	}
	deployment.setDebug(chosen.instance, true);
	if (from === 'now') {
		deployment.openToDebugger(chosen.instance);
	} else {
		deployment.submit({ command: snapshot?.can.start ? 'start' : 'recycle', instance: chosen.instance }, 'editor');
	}
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
export function debuggedServices(running: RunningServices): DebuggedServices {
	return {
		start: ({ instances, ...launch }, stopped) => running.start({ ...launch, debug: instances, stopped }),
		running: service => running.running(service),
		outputOf: service => ({ url: linkToOutput(service), urlLabel: vscode.l10n.t('Show Output') }),
	};
}
