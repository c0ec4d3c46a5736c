import type { DebugProtocol } from '@vscode/debugprotocol';
import { Failure } from '../base/failure';
import type { Stand } from '../lifecycle/gate';
import type { LifecyclePoint } from '../lifecycle/lifecyclePoint';
import { debuggedInstances, instanceAt } from './debuggedInstances';
import type { DebuggedRun } from './debugWorld';
import { framesOf } from './instanceFrames';
import { InstanceThreads } from './instanceThreads';
import { scopesOf, threadOfScope, variablesOf } from './instanceVariables';
import type { LifecycleFilters } from './lifecycleFilters';

/** The debugger of the lifecycle itself: each instance a thread, and the fabric stands and goes on as one. */
export interface LifecycleStops {
	/** The answer to a request about threads; undefined where the request is none of its concern. */
	answer(command: string, given: Given): object | undefined;
	/** Nobody looks any more: the fabric goes on and stands nowhere. */
	dispose(): void;
}

/** Arguments of the requests that are answered here; which of them are there depends on the request. */
interface Given {
	readonly threadId?: number;
	readonly threadIds?: readonly number[];
	readonly frameId?: number;
	readonly variablesReference?: number;
}

/** Frames of one thread have the numbers from `thread * framesOfThread` on. */
const framesOfThread = 1000;

export function followLifecycle(
	run: DebuggedRun,
	filters: () => LifecycleFilters,
	event: (name: string, body: object) => void,
): LifecycleStops {
	const { deployment } = run;
	const { gate } = deployment;
	const threads = new InstanceThreads();
	/** The instance whose next event is stepped to. */
	let stepping: string | undefined;
	/** The thread that was asked to pause. */
	let paused: number | undefined;

	gate.standsAt = point => point.instance === stepping || filters().standsAt(point);
	const standing = gate.onStand(({ at }) => {
		event('stopped', at ? stoppedAt(at) : { reason: 'pause', threadId: paused, allThreadsStopped: true });
		stepping = undefined;
	});

	function stoppedAt(at: LifecyclePoint): DebugProtocol.StoppedEvent['body'] {
		const isStep = !filters().standsAt(at);
		return {
			reason: isStep ? 'step' : 'exception',
			description: `Stands at: ${at.text}`,
			text: at.text,
			threadId: threads.idOf(at.instance),
			allThreadsStopped: true,
		};
	}

	function goOn(step?: number): object {
		stepping = step === undefined ? undefined : threads.addressOf(step);
		gate.goOn();
		return { allThreadsContinued: true };
	}

	function stack(thread: number): DebugProtocol.StackTraceResponse['body'] {
		const stand = theStand();
		const frames = framesOf(instanceOf(thread), stand, run);
		const stackFrames = frames.map((frame, index) => ({ id: thread * framesOfThread + index, ...frame }));
		return { stackFrames, totalFrames: stackFrames.length };
	}

	function theStand(): Stand {
		if (!gate.standing) {
			throw new Failure('The fabric does not stand; pause it first.');
		}
		return gate.standing;
	}

	function instanceOf(thread: number): string {
		const address = threads.addressOf(thread);
		if (address === undefined) {
			throw new Failure('There is no such instance.');
		}
		return address;
	}

	function variables(reference: number): object {
		const instance = instanceAt(run, instanceOf(threadOfScope(reference)))?.snapshot;
		return { variables: instance ? variablesOf(reference, run, instance) : [] };
	}

	return {
		answer(command, { threadId = 0, threadIds = [], frameId = 0, variablesReference = 0 }) {
			switch (command) {
				case 'threads':
					return { threads: threads.shown(debuggedInstances(run)) };
				case 'stackTrace':
					return stack(threadId);
				case 'scopes':
					return { scopes: scopesOf(Math.floor(frameId / framesOfThread)) };
				case 'variables':
					return variables(variablesReference);
				case 'continue':
					return goOn();
				case 'next':
				case 'stepIn':
				case 'stepOut':
					return goOn(threadId);
				case 'pause':
					paused = threadId;
					gate.hold();
					return {};
				case 'terminateThreads':
					for (const instance of threadIds.map(instanceOf)) {
						deployment.submit({ command: 'stop', instance }, 'editor');
					}
					return {};
				case 'exceptionInfo': {
					const { at } = theStand();
					return { exceptionId: at?.error?.type ?? 'Lifecycle', description: at?.text, breakMode: 'always' };
				}
				default:
					return undefined;
			}
		},
		dispose() {
			gate.standsAt = () => false;
			standing.dispose();
			gate.goOn();
		},
	};
}
