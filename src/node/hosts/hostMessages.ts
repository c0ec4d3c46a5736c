import type { DebugTarget, FromHost } from '../../lifecycle/hostVocabulary';
import type { CallName, RoleError, TraceLevel } from '../../lifecycle/journal/journal';
import type { Message } from './hostChannel';

/**
 * What a host said, checked field by field: another process is not believed, whoever wrote it. `undefined` for a message
 * that is not one of `FromHost`, or that only the fabric itself may say (`exited`). `failed` is what a host says that
 * cannot load its role, before it ends with code 5.
 */
export function hostMessage(message: Message): FromHost | undefined {
	switch (message.type) {
		case 'hello':
			return typeof message.pid === 'number' && typeof message.runtime === 'string'
				? {
						type: 'hello',
						pid: message.pid,
						runtime: message.runtime,
						role: 'host',
						...optional('debug', debugTarget(message.debug)),
					}
				: undefined;
		case 'output':
			return typeof message.text === 'string'
				? {
						type: 'output',
						stream: message.stream === 'stdout' || message.stream === 'stderr' ? message.stream : 'trace',
						text: message.text,
						...optional(
							'level',
							levels.find(level => level === message.level),
						),
					}
				: undefined;
		case 'debugger':
			return typeof message.attached === 'boolean' ? { type: 'debugger', attached: message.attached } : undefined;
		case 'reachable': {
			const target = debugTarget(message.target);
			return target && { type: 'reachable', target };
		}
		case 'call':
			return callMessage(message);
		case 'fault':
			return { type: 'fault', error: roleError(message.error) ?? { type: 'Error', message: 'unknown' } };
		case 'failed':
			return typeof message.text === 'string'
				? { type: 'failed', text: message.text, ...optional('error', roleError(message.error)) }
				: undefined;
		case 'requestRecycle':
			return { type: 'requestRecycle' };
		case 'status':
			return message.status === 'Ready' || message.status === 'Busy'
				? { type: 'status', status: message.status }
				: undefined;
		case 'note':
			return typeof message.text === 'string' ? { type: 'note', text: message.text } : undefined;
		default:
			return undefined;
	}
}

function callMessage(message: Message): FromHost | undefined {
	const call = calls.find(name => name === message.call);
	if (!call) {
		return undefined;
	}
	if (message.phase === 'begin') {
		return { type: 'call', call, phase: 'begin' };
	}
	return {
		type: 'call',
		call,
		phase: 'end',
		...optional('result', message.result),
		...optional('error', roleError(message.error)),
	};
}

function roleError(value: unknown): RoleError | undefined {
	if (!isRecord(value)) {
		return undefined;
	}
	const text = (name: string): string | undefined => (typeof value[name] === 'string' ? value[name] : undefined);
	return {
		type: text('type') ?? 'Error',
		message: text('message') ?? '',
		...optional('stack', text('stack')),
		...optional('file', text('file')),
		...optional('line', typeof value.line === 'number' ? value.line : undefined),
	};
}

function debugTarget(value: unknown): DebugTarget | undefined {
	if (!isRecord(value)) {
		return undefined;
	}
	if (value.kind === 'dotnet' && typeof value.processId === 'number') {
		return { kind: 'dotnet', processId: value.processId };
	}
	// Python and Java have no host of ours: their targets come from `programDebugging`.
	return value.kind === 'node' && typeof value.address === 'string' && typeof value.port === 'number'
		? { kind: 'node', address: value.address, port: value.port }
		: undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

/** A field that is there only when it has a value, as the exact optional fields of the messages want it. */
function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } {
	return value === undefined ? {} : ({ [name]: value } as { [name in Name]?: Value });
}

const calls: readonly CallName[] = [
	'OnStart',
	'Run',
	'OnStop',
	'Changing',
	'Changed',
	'SimultaneousChanging',
	'SimultaneousChanged',
	'Stopping',
	'StatusCheck',
];

const levels: readonly TraceLevel[] = ['critical', 'error', 'warning', 'information', 'verbose'];
