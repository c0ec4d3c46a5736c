import path from 'node:path';
import type { FromHost, ToHost } from '../../lifecycle/hostVocabulary';
import type { RoleLife, RoleProcess } from '../../lifecycle/roleHost';
import { type InspectorRelay, openInspectorRelay } from '../debugging/inspectorRelay';
import type { ProcessRecord } from '../processes/processStart';
import { findNode } from '../processes/programs';
import { startChannelHost } from './channelHost';
import type { HostChannel } from './hostChannel';

export interface NodeHostOptions {
	readonly channel: HostChannel;
	/** The folder of `role-host.js`. */
	readonly distFolder: string;
	readonly record?: ProcessRecord;
}

/**
 * Starts our own JavaScript host for a module entry point. A debugger comes through a relay, which says who is attached:
 * there from the first for a life that waits for one, and opened when one wants to come to a life that runs. A host that
 * waits goes on at its `go`, which a debugger that has set its breakpoints brings too.
 */
export function startNodeHost(
	options: NodeHostOptions,
	life: RoleLife,
	tell: (message: FromHost) => void,
): RoleProcess {
	const waiting: ToHost[] = [];
	let running: RoleProcess | undefined;
	let relay: Promise<InspectorRelay> | undefined;
	let killed = false;
	let ended = false;
	const heard = (message: FromHost): void => {
		// A debugger that lets go of a dead process has nothing to add to `exited`.
		if (!ended) {
			ended = message.type === 'exited';
			tell(message);
		}
		if (ended) {
			relay?.then(
				opened => opened.dispose(),
				() => {},
			);
		}
	};
	const openRelay = (): Promise<InspectorRelay> => {
		relay ??= openInspectorRelay({
			attached: () => heard({ type: 'debugger', attached: true }),
			ready: () => running?.send({ type: 'go' }),
			detached: () => heard({ type: 'debugger', attached: false }),
		});
		return relay;
	};
	const start = (nodeOptions: readonly string[], pass: (message: FromHost) => void): void => {
		running = startHost(options, life, nodeOptions, pass);
		for (const message of waiting.splice(0)) {
			running.send(message);
		}
	};
	/** Says the relay's port in place of the inspector's own. */
	const through = (opened: InspectorRelay, message: FromHost): void => {
		if (message.type === 'hello' && message.debug?.kind === 'node') {
			opened.target(message.debug.port);
			heard({ ...message, debug: { ...message.debug, port: opened.port } });
		} else if (message.type === 'reachable' && message.target.kind === 'node') {
			opened.target(message.target.port);
			heard({ ...message, target: { ...message.target, port: opened.port } });
		} else {
			heard(message);
		}
	};
	const noPort = (error: Error): string => `No port could be opened for the debugger: ${error.message}.`;

	if (life.waitForDebugger) {
		void openRelay().then(
			opened =>
				killed ? heard({ type: 'exited' }) : start(['--inspect=127.0.0.1:0'], message => through(opened, message)),
			(error: Error) => {
				heard({ type: 'failed', text: noPort(error) });
				heard({ type: 'exited' });
			},
		);
	} else {
		start([], message =>
			message.type === 'reachable' ? void openRelay().then(opened => through(opened, message)) : heard(message),
		);
	}
	return {
		send: message => {
			if (!running) {
				waiting.push(message);
			} else {
				running.send(message);
			}
		},
		kill: () => {
			killed = true;
			running?.kill();
		},
	};
}

function startHost(
	options: NodeHostOptions,
	life: RoleLife,
	nodeOptions: readonly string[],
	heard: (message: FromHost) => void,
): RoleProcess {
	const node = findNode({ ...process.env, ...life.variables });
	return startChannelHost(
		{
			channel: options.channel,
			...(options.record && { record: options.record }),
			name: 'The JavaScript host',
			command: node.command,
			args: ['--enable-source-maps', ...nodeOptions, path.join(options.distFolder, 'role-host.js')],
			cwd: life.folders.approot,
			variables: node.variables,
			life,
			isOutput: (stream, text) => stream === 'stdout' || !isInspectorTalk(text),
		},
		heard,
	);
}

/** What Node itself says on stderr about its inspector. */
export function isInspectorTalk(text: string): boolean {
	return /^(Debugger (listening on ws:|attached\.|ending on ws:)|For help, see: https:\/\/nodejs\.org|Waiting for the debugger to disconnect)/.test(
		text,
	);
}
