import * as vscode from 'vscode';
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
 * The next life of the instance waits for a debugger, and it comes at once: code as early as `OnStart` can be reached in
 * no other way. The session that follows the service attaches to it; there is one for each service.
 */
export async function debugInstance(
	index: ServiceIndex,
	running: RunningServices,
	sessions: ServiceSessions,
	argument: unknown,
): Promise<void> {
	const chosen = await chooseInstance(running, argument, ({ can }) => can.recycle || can.start);
	const service = chosen && index.serviceAt(chosen.definition);
	if (!chosen || !service) {
		return;
	}
	const { deployment } = running.running(chosen.definition);
	const snapshot = deployment.snapshot.instances.find(({ instance }) => instance === chosen.instance);
	if (!sessions.follows(service.definition) && !(await startDebugging(service, 'attach'))) {
		return;
	}
	deployment.setDebug(chosen.instance, true);
	deployment.submit({ command: snapshot?.can.start ? 'start' : 'recycle', instance: chosen.instance }, 'editor');
}

/** The debug sessions of services; VS Code tells of sessions only when they begin and end. */
export interface ServiceSessions extends vscode.Disposable {
	follows(definition: string): boolean;
}

export function followSessions(): ServiceSessions {
	const open = new Set<vscode.DebugSession>();
	const listening = vscode.Disposable.from(
		vscode.debug.onDidStartDebugSession(session => session.type === 'rolewright' && open.add(session)),
		vscode.debug.onDidTerminateDebugSession(session => open.delete(session)),
	);
	return {
		follows: definition => [...open].some(({ configuration }) => configuration.service === definition),
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
