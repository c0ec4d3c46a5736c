import * as vscode from 'vscode';
import type { Message } from '../../src/debug/framing';

/** Where a debugger of some session stopped. */
export interface Stop {
	readonly session: vscode.DebugSession;
	/** From the session that stopped up to the one that was asked for. */
	readonly names: readonly string[];
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** What the top of the stack is called. */
	readonly frame: string;
	evaluate(expression: string): Promise<string>;
	goOn(): Promise<void>;
}

/** Follows every debug session of the window, until it is disposed. */
export function watchSessions() {
	const open = new Set<vscode.DebugSession>();
	/** Sessions with an adapter: VS Code tells of one only when it has attached, and of none whose attach failed. */
	const standing = new Map<string, string>();
	const stops: { readonly session: vscode.DebugSession; readonly threadId: number }[] = [];
	const important: string[] = [];
	let heard = (): void => {};
	const listening = vscode.Disposable.from(
		vscode.debug.registerDebugAdapterTrackerFactory('*', {
			createDebugAdapterTracker: session => ({
				onWillStartSession: () => void standing.set(session.id, session.name),
				onWillStopSession() {
					standing.delete(session.id);
					heard();
				},
				onDidSendMessage(message: Message) {
					if (message.type === 'event' && message.event === 'stopped') {
						stops.push({ session, threadId: message.body.threadId });
						heard();
					}
					if (message.type === 'event' && message.event === 'output' && message.body.category === 'important') {
						important.push(message.body.output);
					}
				},
			}),
		}),
		vscode.debug.onDidStartDebugSession(session => {
			open.add(session);
			heard();
		}),
		vscode.debug.onDidTerminateDebugSession(session => {
			open.delete(session);
			heard();
		}),
	);

	async function until<T>(value: () => T | undefined): Promise<T> {
		for (;;) {
			const found = value();
			if (found !== undefined) {
				return found;
			}
			await new Promise<void>(resolve => {
				heard = resolve;
			});
		}
	}

	return {
		/** The next stop that nobody took yet. */
		nextStop: async (): Promise<Stop> => describe(await until(() => stops.shift())),
		session: (name: string) => until(() => [...open].find(session => givenName(session) === name)),
		allOver: () => until(() => (open.size === 0 && standing.size === 0 ? true : undefined)),
		/** Waits for the end of all, and not for ever; gives the names of those that stand all the same. */
		async endAll(milliseconds: number): Promise<readonly string[]> {
			const over = until(() => (open.size === 0 && standing.size === 0 ? true : undefined));
			const limit = new Promise(resolve => setTimeout(resolve, milliseconds));
			await Promise.race([Promise.all([vscode.debug.stopDebugging(), over]), limit]);
			return [...standing.values()];
		},
		gone: (name: string) => until(() => ([...open].some(session => givenName(session) === name) ? undefined : true)),
		/** What the debug console was told in bold. */
		important: (): readonly string[] => important,
		dispose: () => listening.dispose(),
	};
}

async function describe({ session, threadId }: { session: vscode.DebugSession; threadId: number }): Promise<Stop> {
	const { stackFrames } = await session.customRequest('stackTrace', { threadId });
	const [{ id: frameId, name: frame, line, source }] = stackFrames;
	const names: string[] = [];
	for (let each: vscode.DebugSession | undefined = session; each; each = each.parentSession) {
		names.push(givenName(each));
	}
	return {
		session,
		names,
		// In a window on a remote machine the debugger speaks of its files by address.
		file: source ? vscode.Uri.parse(source.path).path : '',
		line,
		frame,
		evaluate: async expression =>
			(await session.customRequest('evaluate', { expression, frameId, context: 'repl' })).result,
		goOn: async () => void (await session.customRequest('continue', { threadId })),
	};
}

/** VS Code puts a number behind a name while an earlier session of the same name is still being put away. */
function givenName({ name }: vscode.DebugSession): string {
	return name.replace(/ \d+$/, '');
}
