import type { DebugProtocol } from '@vscode/debugprotocol';

/** The debug type of ours that stands for one life of one instance. */
export const instanceType = 'rolewright-instance';

/** What the buttons of an instance's session mean. */
export interface InstanceOrders {
	/** Stop: the instance stops in order, and stays stopped. */
	stop(): void;
	/** Restart: the instance is recycled, and the debugger is there before user code of its next life. */
	restart(): void;
	/** Disconnect: the debugger leaves, and the instance runs on. */
	leave(): void;
}

/** The session of an instance: it has nothing to show, since the debugger of its language does that in a session below. */
export interface InstanceSession {
	handle(request: DebugProtocol.Request): void;
	/** The life is over, or the debugger has left. */
	end(): void;
}

/**
 * VS Code hands Stop, Restart and Disconnect of a session that is managed by its parent to that parent. So there is one
 * of ours between the service and the debugger of a language, which would end the process instead of stopping the role.
 */
export function createInstanceSession(
	orders: InstanceOrders,
	send: (message: DebugProtocol.ProtocolMessage) => void,
): InstanceSession {
	let sequence = 1;
	/** It has been told what becomes of the instance, or it is over: what comes after that is the editor's clearing up. */
	let isDecided = false;

	function decide(order: () => void): void {
		if (!isDecided) {
			isDecided = true;
			order();
		}
	}

	function answer({ command, arguments: given = {} }: DebugProtocol.Request): object {
		switch (command) {
			case 'initialize':
				return { supportsTerminateRequest: true, supportsRestartRequest: true, supportTerminateDebuggee: true };
			case 'threads':
				return { threads: [] };
			case 'setBreakpoints':
				return { breakpoints: given.breakpoints.map(() => ({ verified: false })) };
			case 'terminate':
				decide(orders.stop);
				return {};
			case 'restart':
				decide(orders.restart);
				return {};
			case 'disconnect':
				decide(given.terminateDebuggee ? orders.stop : orders.leave);
				return {};
			default:
				return {};
		}
	}

	return {
		handle(request) {
			const body = answer(request);
			const { seq: request_seq, command } = request;
			const response: DebugProtocol.Response = {
				...{ seq: sequence++, type: 'response', request_seq, command, success: true },
				body,
			};
			send(response);
			if (command === 'initialize') {
				const initialized: DebugProtocol.Event = { seq: sequence++, type: 'event', event: 'initialized' };
				send(initialized);
			}
		},
		end() {
			isDecided = true;
			const terminated: DebugProtocol.Event = { seq: sequence++, type: 'event', event: 'terminated' };
			send(terminated);
		},
	};
}
