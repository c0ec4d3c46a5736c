import * as vscode from 'vscode';
import { Failure } from '../base/failure';
import { attachConfiguration, debuggerExtensions } from '../debug/attachConfiguration';
import type { ChildDebuggers } from '../debug/childSessions';
import { noDotnetDebugger } from '../debug/dotnetDebuggers';
import type { Message } from '../debug/framing';
import { pause } from '../node/clock';
import { dotnetDebugger } from './dotnetDebugger';
import type { Settings } from './settings';

/** Carries the name of a child through its configuration, so that its session is known when it begins. */
const mark = 'rolewrightInstance';

/** Milliseconds for a debugger to let go of its process. */
const detachLimit = 2_000;

/** What is known of a child session of VS Code; `ready` and `over` may come in any order, and only the first counts. */
interface Child {
	session: vscode.DebugSession | undefined;
	/** Ids of those of its sessions that have stopped: a debugger may divide its work among several. */
	readonly stopped: Set<string>;
	unwanted: boolean;
	ready(): void;
	over(): void;
	/** Its process has stopped at a breakpoint, or goes on. */
	stands(stopped: boolean): void;
}

/** The sessions of VS Code below one session of ours. */
export function childDebuggers(parent: vscode.DebugSession, settings: Settings): ChildDebuggers & vscode.Disposable {
	const children = new Map<string, Child>();
	const childOf = ({ parentSession, configuration }: vscode.DebugSession): Child | undefined =>
		parentSession?.id === parent.id ? children.get(String(configuration[mark])) : undefined;

	/** The child that a session is, or that it was started by. */
	const childAbove = (session: vscode.DebugSession | undefined): Child | undefined =>
		session && (childOf(session) ?? childAbove(session.parentSession));

	const listening = vscode.Disposable.from(
		vscode.debug.onDidStartDebugSession(session => {
			const child = childOf(session);
			if (child) {
				child.session = session;
				void (child.unwanted && letGo(session));
			}
		}),
		vscode.debug.onDidTerminateDebugSession(session => {
			const child = childOf(session);
			if (child) {
				child.session = undefined;
				child.over();
			}
		}),
		vscode.debug.registerDebugAdapterTrackerFactory('*', {
			createDebugAdapterTracker: session => {
				const child = childAbove(session);
				return (
					child && {
						onDidSendMessage: message => {
							if (hasBreakpoints(message) && child === childOf(session)) {
								child.ready();
							}
							note(child, session.id, message);
						},
						onWillStopSession: () => tell(child, session.id, false),
					}
				);
			},
		}),
	);

	return {
		async attach(child, stands) {
			const { name } = child;
			const configuration = attachConfiguration(child, dotnetDebugger(settings));
			if (!configuration) {
				throw new Failure(noDotnetDebugger);
			}
			const missing = debuggerExtensions[configuration.type];
			if (missing !== undefined && !hasDebugger(configuration.type)) {
				const text = vscode.l10n.t(
					'{0} runs without a debugger: install the extension {1} to debug it.',
					name,
					missing,
				);
				throw new Failure(text);
			}
			const ready = new Promise<void>((resolve, reject) => {
				const over = () => reject(new Failure(vscode.l10n.t('The debugger of {0} ended; it runs without.', name)));
				children.set(name, { session: undefined, stopped: new Set(), unwanted: false, ready: resolve, over, stands });
			});
			// With its life managed by the parent, Stop and Restart on a child mean the service.
			const options = { parentSession: parent, lifecycleManagedByParent: true };
			const marked = { ...configuration, [mark]: name };
			const started = vscode.debug.startDebugging(parent.workspaceFolder, marked, options);
			const refused = Promise.resolve(started).then(
				begun => begun || Promise.reject(new Failure(vscode.l10n.t('{0} runs without a debugger.', name))),
			);
			await Promise.all([ready, refused]);
		},
		async detach({ name }) {
			const child = children.get(name);
			if (child) {
				child.unwanted = true;
				await (child.session && letGo(child.session));
			}
		},
		dispose: () => listening.dispose(),
	};
}

function hasDebugger(type: string): boolean {
	return vscode.extensions.all.some(({ packageJSON }) =>
		packageJSON.contributes?.debuggers?.some((each: { readonly type?: string }) => each.type === type),
	);
}

/** A step is over before the next stop: fabric time goes on in between. */
function note(child: Child, session: string, message: Message): void {
	const isStop = message.type === 'event' && message.event === 'stopped';
	const goesOn =
		(message.type === 'event' && message.event === 'continued') ||
		(message.type === 'response' && ['continue', 'next', 'stepIn', 'stepOut'].includes(message.command));
	if (isStop || goesOn) {
		tell(child, session, isStop);
	}
}

function tell(child: Child, session: string, stopped: boolean): void {
	const before = child.stopped.size > 0;
	if (stopped) {
		child.stopped.add(session);
	} else {
		child.stopped.delete(session);
	}
	if (child.stopped.size > 0 !== before) {
		child.stands(!before);
	}
}

/** The editor says so when it has handed over every breakpoint; a debugger that cannot be told has them by then, too. */
function hasBreakpoints(message: Message): boolean {
	if (message.type !== 'response' || !message.success) {
		return false;
	}
	const untold = message.command === 'initialize' && !message.body?.supportsConfigurationDoneRequest;
	return untold || message.command === 'configurationDone';
}

/** `stopDebugging` would have the process killed: VS Code takes a child session for a launched one. */
async function letGo(session: vscode.DebugSession): Promise<void> {
	const answer = session.customRequest('disconnect', { terminateDebuggee: false });
	await Promise.race([Promise.resolve(answer).catch(() => undefined), pause(detachLimit)]);
}
