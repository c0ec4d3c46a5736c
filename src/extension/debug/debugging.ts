import * as vscode from 'vscode';
import { ownDotnetType } from '../../debug/attachConfiguration';
import type { DebugWorld } from '../../debug/debugWorld';
import { createDebugSession } from '../../debug/session';
import { wallClock } from '../../node/clock';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Settings } from '../workspace/settings';
import { childDebuggers } from './childDebuggers';
import { registerDebugConfigurations } from './debugConfigurations';
import { dotnetAdapter } from './dotnetDebugger';
import { type InstanceAdapters, instanceAdapters } from './instanceAdapters';

/** What debugging needs of the services that run in this window. */
export type DebuggedServices = Pick<DebugWorld, 'start' | 'running' | 'outputOf' | 'declarationOf' | 'stands'>;

/** "Start Debugging" on a service, and the debug types that it needs. */
export function registerDebugging(
	index: ServiceIndex,
	services: DebuggedServices,
	settings: Settings,
): vscode.Disposable {
	const instances = instanceAdapters();
	return vscode.Disposable.from(
		registerDebugConfigurations(index),
		instances,
		vscode.debug.registerDebugAdapterDescriptorFactory('rolewright', {
			createDebugAdapterDescriptor: session =>
				new vscode.DebugAdapterInlineImplementation(serviceAdapter(session, services, settings, instances)),
		}),
		vscode.debug.registerDebugAdapterDescriptorFactory(ownDotnetType, {
			createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(dotnetAdapter(settings)),
		}),
	);
}

function serviceAdapter(
	session: vscode.DebugSession,
	services: DebuggedServices,
	settings: Settings,
	instances: InstanceAdapters,
): vscode.DebugAdapter {
	const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
	const debuggers = childDebuggers(session, settings, instances);
	const adapter = createDebugSession({ ...services, debuggers, clock: wallClock }, message => messages.fire(message));
	return {
		onDidSendMessage: messages.event,
		handleMessage: message => void adapter.handle(message as Parameters<typeof adapter.handle>[0]),
		dispose: () => void adapter.dispose().finally(() => debuggers.dispose()),
	};
}
