import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { attachConfiguration, debuggerExtensions } from '../../debug/attachConfiguration';
import type { ChildDebuggers, ChildSession } from '../../debug/childSession';
import { noDotnetDebugger } from '../../debug/dotnetDebuggers';
import type { Message } from '../../debug/framing';
import type { Settings } from '../workspace/settings';
import { dotnetDebugger } from './dotnetDebugger';
import type { InstanceAdapters } from './instanceAdapters';
import { InstanceSessions } from './instanceSessions';

/** The sessions of VS Code below one session of ours. */
export function childDebuggers(
	parent: vscode.DebugSession,
	settings: Settings,
	adapters: InstanceAdapters,
): ChildDebuggers & vscode.Disposable {
	const children = new Map<string, InstanceSessions>();
	let isDisposed = false;

	/** The child whose debugger a session is, or was started by. */
	const childAbove = (session: vscode.DebugSession | undefined): InstanceSessions | undefined =>
		session &&
		([...children.values()].find(child => child.debugger?.id === session.id) ?? childAbove(session.parentSession));

	const listening = vscode.Disposable.from(
		vscode.debug.onDidStartDebugSession(session => {
			for (const child of children.values()) {
				child.began(session);
			}
		}),
		vscode.debug.onDidTerminateDebugSession(session => {
			for (const child of children.values()) {
				child.ended(session);
			}
		}),
		vscode.debug.registerDebugAdapterTrackerFactory('*', {
			createDebugAdapterTracker: session => {
				for (const child of children.values()) {
					child.made(session);
				}
				const child = childAbove(session);
				return (
					child && {
						onDidSendMessage: message => {
							if (child.debugger?.id === session.id) {
								child.heard(message);
							}
							const stopped = standingSaid(message);
							if (stopped !== undefined) {
								child.tell(session.id, stopped);
							}
						},
						onWillStopSession: () => child.tell(session.id, false),
					}
				);
			},
		}),
	);

	/** A session that comes late, after all bounds, is still let go of. */
	function disposeWhenOver(): void {
		const open = [...children.values()];
		void Promise.all(open.map(({ over }) => over)).then(() => listening.dispose());
	}

	return {
		async attach(child, listener) {
			const configuration = configurationOf(child, settings);
			const own = adapters.expect(child.name, parent.configuration.request, listener);
			const sessions = new InstanceSessions(parent, own, listener);
			children.set(child.name, sessions);
			await sessions.start(configuration);
		},
		async detach({ name }, process) {
			const sessions = children.get(name);
			sessions?.letGo(process);
			await sessions?.over;
		},
		over: async ({ name }) => children.get(name)?.over,
		dispose() {
			if (!isDisposed) {
				isDisposed = true;
				disposeWhenOver();
			}
		},
	};
}

/** Throws a Failure where there is no debugger for it. */
function configurationOf(child: ChildSession, settings: Settings): vscode.DebugConfiguration {
	const configuration = attachConfiguration(child, dotnetDebugger(settings));
	if (!configuration) {
		throw new Failure(noDotnetDebugger);
	}
	const missing = debuggerExtensions[configuration.type];
	if (missing !== undefined && !hasDebugger(configuration.type)) {
		throw new Failure(
			vscode.l10n.t('{0} runs without a debugger: install the extension {1} to debug it.', child.name, missing),
		);
	}
	return configuration;
}

function hasDebugger(type: string): boolean {
	return vscode.extensions.all.some(({ packageJSON }) =>
		packageJSON.contributes?.debuggers?.some((each: { readonly type?: string }) => each.type === type),
	);
}

/** Whether a process has stopped or goes on. A step is over before the next stop: fabric time goes on in between. */
function standingSaid(message: Message): boolean | undefined {
	if (message.type === 'event' && message.event === 'stopped') {
		return true;
	}
	const goesOn =
		(message.type === 'event' && message.event === 'continued') ||
		(message.type === 'response' && ['continue', 'next', 'stepIn', 'stepOut'].includes(message.command));
	return goesOn ? false : undefined;
}
