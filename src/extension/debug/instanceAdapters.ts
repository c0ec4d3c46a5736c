import * as vscode from 'vscode';
import {
	createInstanceSession,
	type InstanceOrders,
	type InstanceSession,
	instanceType,
} from '../../debug/instanceSession';

/** Carries the number of an expected session through its configuration. */
const mark = 'rolewrightInstance';

/** A session of an instance that is about to be started. */
export interface OwnSession {
	/** What VS Code starts it by. */
	readonly configuration: vscode.DebugConfiguration;
	/** The session, as soon as VS Code has asked for its adapter. */
	session(): vscode.DebugSession | undefined;
	/** Ends it, or has it end when it begins. */
	end(): void;
}

/** The sessions of our own type that stand for instances. */
export interface InstanceAdapters extends vscode.Disposable {
	expect(name: string, request: string, orders: InstanceOrders): OwnSession;
}

export function instanceAdapters(): InstanceAdapters {
	const expected = new Map<number, (session: vscode.DebugSession) => vscode.DebugAdapter>();
	let count = 0;
	const registered = vscode.debug.registerDebugAdapterDescriptorFactory(instanceType, {
		createDebugAdapterDescriptor: session => {
			const number = Number(session.configuration[mark]);
			const make = expected.get(number);
			expected.delete(number);
			return make && new vscode.DebugAdapterInlineImplementation(make(session));
		},
	});
	return {
		expect(name, request, orders) {
			const number = ++count;
			const own: { begun?: { session: vscode.DebugSession; adapter: InstanceSession }; isOver?: true } = {};
			expected.set(number, session => {
				const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
				const adapter = createInstanceSession(orders, message => messages.fire(message));
				own.begun = { session, adapter };
				return {
					onDidSendMessage: messages.event,
					handleMessage: message => {
						const request = message as Parameters<typeof adapter.handle>[0];
						adapter.handle(request);
						if (own.isOver && ['launch', 'attach'].includes(request.command)) {
							adapter.end();
						}
					},
					dispose: () => messages.dispose(),
				};
			});
			return {
				configuration: { type: instanceType, request, name, [mark]: number },
				session: () => own.begun?.session,
				end: () => {
					if (!own.isOver) {
						own.isOver = true;
						own.begun?.adapter.end();
					}
				},
			};
		},
		dispose: () => registered.dispose(),
	};
}
