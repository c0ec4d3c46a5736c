import path from 'node:path';
import type { FromHost, RoleLife, RoleProcess, ToHost } from '../lifecycle/host';
import { startChannelHost } from './channelHost';
import type { HostChannel } from './hostChannel';
import { type InspectorRelay, openInspectorRelay } from './inspectorRelay';
import type { ProcessRecord } from './processes';
import { findNode } from './programs';

export interface NodeHostOptions {
	readonly channel: HostChannel;
	/** The folder of `role-host.js`. */
	readonly distFolder: string;
	readonly record?: ProcessRecord;
}

/** Starts our own JavaScript host for a module entry point; for a life that waits for a debugger, with an inspector. */
export function startNodeHost(
	options: NodeHostOptions,
	life: RoleLife,
	heard: (message: FromHost) => void,
): RoleProcess {
	return life.waitForDebugger ? startWaiting(options, life, heard) : startHost(options, life, [], heard);
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

/** The relay says who is attached; the host waits for its `go`, which a debugger that has set its breakpoints brings too. */
function startWaiting(options: NodeHostOptions, life: RoleLife, tell: (message: FromHost) => void): RoleProcess {
	let ended = false;
	const heard = (message: FromHost): void => {
		// A debugger that lets go of a dead process has nothing to add to `exited`.
		if (!ended) {
			ended = message.type === 'exited';
			tell(message);
		}
	};
	const waiting: ToHost[] = [];
	let running: RoleProcess | undefined;
	let relay: InspectorRelay | undefined;
	let killed = false;
	const listener = {
		attached: () => heard({ type: 'debugger', attached: true }),
		ready: () => running?.send({ type: 'go' }),
		detached: () => heard({ type: 'debugger', attached: false }),
	};
	const pass = (message: FromHost): void => {
		if (message.type === 'hello' && message.debug?.kind === 'node' && relay) {
			relay.target(message.debug.port);
			heard({ ...message, debug: { ...message.debug, port: relay.port } });
			return;
		}
		if (message.type === 'exited') {
			relay?.dispose();
		}
		heard(message);
	};
	void openInspectorRelay(listener).then(
		opened => {
			relay = opened;
			if (killed) {
				return pass({ type: 'exited' });
			}
			running = startHost(options, life, ['--inspect=127.0.0.1:0'], pass);
			for (const message of waiting) {
				running.send(message);
			}
		},
		(error: Error) => {
			heard({ type: 'failed', text: `No port could be opened for the debugger: ${error.message}.` });
			heard({ type: 'exited' });
		},
	);
	return {
		send: message => (running ? running.send(message) : void waiting.push(message)),
		kill: () => {
			killed = true;
			running?.kill();
		},
	};
}

/** What Node itself says on stderr about its inspector. */
export function isInspectorTalk(text: string): boolean {
	return /^(Debugger (listening on ws:|attached\.|ending on ws:)|For help, see: https:\/\/nodejs\.org|Waiting for the debugger to disconnect)/.test(
		text,
	);
}
