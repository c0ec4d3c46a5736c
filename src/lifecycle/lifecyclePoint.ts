import type { Effect, Instance, InstanceEvent } from './instance/instance';
import type { RoleError } from './journal/journal';

/**
 * A place in the life of an instance where a debugger may hold the fabric: what is named has been decided or heard, and
 * nothing of what follows from it has begun.
 */
export interface LifecyclePoint {
	readonly kind: PointKind;
	/** Its address: `staging:Worker_IN_0` in the staging slot (`slots.ts`). */
	readonly instance: string;
	readonly role: string;
	/** What comes next, or what has just happened, for people. */
	readonly text: string;
	/** The settings that a change is about. */
	readonly settings: readonly string[];
	/** The journal entry that brought it about, where there is one. */
	readonly n?: number;
	/** The exception, at `unhandledException`. */
	readonly error?: RoleError;
}

/**
 * `stopping` is before the order that raises Stopping and calls OnStop, `onStop` before the one that calls OnStop alone:
 * the platform gives one order for both (role-lifecycle.md 3), so there is no place between them.
 */
export type PointKind =
	| 'startupTask'
	| 'startupTaskFailed'
	| 'process'
	| 'onStart'
	| 'intoRotation'
	| 'outOfRotation'
	| 'changing'
	| 'changed'
	| 'runReturned'
	| 'unhandledException'
	| 'stopping'
	| 'onStop'
	| 'restart';

type Found = Omit<LifecyclePoint, 'instance' | 'role' | 'settings'> & { readonly settings?: readonly string[] };

/** What the role or a task of it said that a person may want to stand at. The instance is as it was before. */
export function pointOfEvent(event: InstanceEvent, { phase }: Pick<Instance, 'phase'>): Found | undefined {
	const n = event.n === undefined ? {} : { n: event.n };
	switch (event.type) {
		case 'taskExited': {
			const failed = event.text !== undefined || event.signal !== undefined || event.exitCode !== 0;
			return failed ? { kind: 'startupTaskFailed', text: 'A startup task failed', ...n } : undefined;
		}
		case 'fault':
			return { kind: 'unhandledException', text: exceptionText(event.error), error: event.error, ...n };
		case 'called': {
			const { call, error } = event;
			if (event.phase === 'begin') {
				return undefined;
			}
			if (error) {
				return { kind: 'unhandledException', text: `${exceptionText(error)} (in ${call})`, error, ...n };
			}
			// In an orderly stop Run is expected to return.
			return call === 'Run' && phase === 'running' ? { kind: 'runReturned', text: 'Run returned', ...n } : undefined;
		}
		default:
			return undefined;
	}
}

/** What is about to be done to the instance. */
export function pointOfEffect(effect: Effect): Found | undefined {
	switch (effect.do) {
		case 'startTask':
			return { kind: 'startupTask', text: `Startup task ${effect.index + 1}` };
		case 'startRole':
			return { kind: 'process', text: 'Start of its process' };
		case 'rotation':
			return effect.rotation === 'in'
				? { kind: 'intoRotation', text: 'Into rotation' }
				: { kind: 'outOfRotation', text: `Out of rotation: ${effect.why}` };
		case 'restart':
			return { kind: 'restart', text: `Restart: ${effect.cause.map(({ detail }) => detail).join('; ')}` };
		case 'sendChanging':
			return { kind: 'changing', text: 'Changing', settings: settingsOf(effect) };
		case 'sendChanged':
			return { kind: 'changed', text: 'Changed', settings: settingsOf(effect) };
		case 'send':
			return pointOfOrder(effect.message);
		default:
			return undefined;
	}
}

function pointOfOrder(message: Extract<Effect, { do: 'send' }>['message']): Found | undefined {
	switch (message) {
		case 'start':
			return { kind: 'onStart', text: 'OnStart' };
		case 'stop':
			return { kind: 'stopping', text: 'Stopping, then OnStop' };
		case 'stopQuietly':
			return { kind: 'onStop', text: 'OnStop' };
		case 'go':
		case 'checkStatus':
			return undefined;
	}
}

function settingsOf({ change }: Extract<Effect, { do: 'sendChanging' | 'sendChanged' }>): readonly string[] {
	return change.changes.flatMap(each => (each.kind === 'setting' ? [each.name] : []));
}

function exceptionText({ type, message }: RoleError): string {
	return `Unhandled exception ${type}: ${message}`;
}
