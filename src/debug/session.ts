import type { DebugProtocol } from '@vscode/debugprotocol';
import { Failure, textOfError } from '../base/failure';
import type { DebugWorld } from './debugWorld';
import { type Following, follow, important, type Leaving } from './following';
import { type LaunchArguments, readLaunchArguments, unknownInstances } from './launchArguments';
import { filterCapabilities, noFilters, readFilters } from './lifecycleFilters';

/**
 * The parent session of a debugged service: a translator between the debug adapter protocol and a deployment. Its threads
 * are the instances, and what it steps through is their lifecycle; their code is stepped through in child sessions, one
 * for each instance and life.
 *
 * `launch` starts a service, `attach` follows one that runs already. Stop stops it, Disconnect lets it run on, and an editor
 * that says neither leaves it as it was found.
 */
export interface DebugSession {
	handle(request: DebugProtocol.Request): Promise<void>;
	/** The editor has dropped the session, perhaps without a word: nothing may stay behind. */
	dispose(): Promise<void>;
}

/** Only what works. */
const capabilities: DebugProtocol.Capabilities = {
	supportsConfigurationDoneRequest: true,
	supportsTerminateRequest: true,
	supportsRestartRequest: true,
	supportTerminateDebuggee: true,
	supportsTerminateThreadsRequest: true,
	...filterCapabilities,
};

export function createDebugSession(
	world: DebugWorld,
	send: (message: DebugProtocol.ProtocolMessage) => void,
): DebugSession {
	let sequence = 1;
	let begin: () => Promise<Following> = () => Promise.reject(new Failure('Launch or attach comes first.'));
	let following: Promise<Following> | undefined;
	/** What `following` has become. */
	let begun: Following | undefined;
	let ending: Promise<void> | undefined;
	let starting = new AbortController();
	let filters = noFilters;
	let configured: () => void = () => {};
	const configuration = new Promise<void>(resolve => {
		configured = resolve;
	});

	async function answer({ command, arguments: given = {} }: DebugProtocol.Request): Promise<object> {
		switch (command) {
			case 'initialize':
				return capabilities;
			case 'launch': {
				const launch = readLaunchArguments(given);
				begin = () => start(launch);
				return enter();
			}
			case 'attach': {
				const { service } = readLaunchArguments(given);
				begin = async () => follow(world.running(service), event, world, () => filters, 'leave');
				return enter();
			}
			case 'restart':
				await leave('stop');
				return enter();
			// Breakpoints are the children's: the editor tells each of their debuggers as well.
			case 'setBreakpoints':
				return { breakpoints: given.breakpoints.map(() => ({ verified: false })) };
			case 'setExceptionBreakpoints':
				filters = readFilters(given as DebugProtocol.SetExceptionBreakpointsArguments);
				return { breakpoints: filters.breakpoints(begun?.names()) };
			case 'setFunctionBreakpoints':
				return {};
			case 'configurationDone':
				configured();
				return {};
			case 'terminate':
				void leave('stop').finally(() => event('terminated'));
				return {};
			case 'disconnect':
				await leave(leavingOf(given));
				return {};
			// Not of the protocol: the tree asks for it.
			case 'detachInstance':
				await begun?.detach(String(given.instance));
				return {};
			case 'threads':
				return begun?.answer(command, given) ?? { threads: [] };
			default: {
				const answer = begun?.answer(command, given);
				if (!answer) {
					throw new Failure(`The debugger of cloud services does not know the request "${command}".`);
				}
				return answer;
			}
		}
	}

	async function start(launch: LaunchArguments): Promise<Following> {
		// The first life may stand before OnStart already: filters come first.
		await configuration;
		if (starting.signal.aborted) {
			throw new Failure('The start was ended before the service ran.');
		}
		const run = await world.start(launch, starting.signal);
		const unknown = unknownInstances(launch, run.deployment.snapshot);
		if (unknown) {
			event('output', important(unknown));
		}
		const begun = follow(run, event, world, () => filters, 'stop');
		for (const { message } of filters.breakpoints(begun.names())) {
			if (message !== undefined) {
				event('output', important(message));
			}
		}
		return begun;
	}

	async function enter(): Promise<object> {
		starting = new AbortController();
		following = begin();
		begun = await following;
		return {};
	}

	/** Ends a start that is under way, too. Whoever says it again does not want to wait for the order of things. */
	function leave(how?: Leaving): Promise<void> {
		const left = following;
		if (ending) {
			void left?.catch(() => undefined).then(begun => begun?.endAtOnce());
			return ending;
		}
		starting.abort();
		configured();
		// A start that failed has told so already, as the answer to its request.
		const end = left?.catch(() => undefined).then(begun => begun?.end(how));
		ending = Promise.resolve(end).finally(() => {
			following = undefined;
			begun = undefined;
			ending = undefined;
		});
		return ending;
	}

	function event(name: string, body: object = {}): void {
		message({ type: 'event', event: name, body });
	}

	function message(content: { readonly type: 'event' | 'response'; readonly [field: string]: unknown }): void {
		send({ seq: sequence++, ...content });
	}

	/** Whoever ended a start knows that it ended; whoever's start failed wants to read what the build wrote. */
	function errorOf({ command, arguments: given }: DebugProtocol.Request, text: string): DebugProtocol.Message {
		const wasEnded = starting.signal.aborted;
		// VS Code shows every error that has an address.
		const link = command === 'launch' && !wasEnded ? world.outputOf(String(given?.service)) : undefined;
		return { id: 1, format: text, showUser: !wasEnded, ...link };
	}

	return {
		async handle(request) {
			const response = { type: 'response' as const, request_seq: request.seq, command: request.command };
			try {
				message({ ...response, success: true, body: await answer(request) });
			} catch (error) {
				const text = textOfError(error);
				message({ ...response, success: false, message: text, body: { error: errorOf(request, text) } });
			}
			if (request.command === 'initialize') {
				event('initialized');
			}
		},
		// An editor that has waited long enough for an answer closes the session; what was asked for goes its way.
		dispose: () => ending ?? leave(),
	};
}

/** Stop and Disconnect are the same request, but for this; an editor that has nothing to say leaves it out. */
function leavingOf({ terminateDebuggee }: DebugProtocol.DisconnectArguments): Leaving | undefined {
	return terminateDebuggee === undefined ? undefined : terminateDebuggee ? 'stop' : 'leave';
}
