import type { DebugProtocol } from '@vscode/debugprotocol';
import { Failure } from '../base/failure';
import type { Stand } from '../lifecycle/gate';
import type { LifecyclePoint } from '../lifecycle/lifecyclePoint';
import { addressOf } from '../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../lifecycle/snapshot';
import { debuggedInstances, instanceAt } from './debuggedInstances';
import type { DebuggedRun, DebugWorld } from './debugWorld';
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
	{ declarationOf, stands }: Pick<DebugWorld, 'declarationOf' | 'stands'> = {},
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
		event('stopped', at ? stoppedAt(at) : stoppedHere());
		stands?.(run, at ? `${at.instance}: ${at.text}` : '');
		stepping = undefined;
	});
	let shown = instancesOf(deployment.snapshot);
	const watching = deployment.onSnapshot(snapshot => {
		const before = shown;
		shown = instancesOf(snapshot);
		const renamed = shown.find((each, index) => !hasSameName(each, before[index])) ?? before[shown.length];
		// An editor asks for the threads of its own when something stops, and forgets a stop when it hears of its thread.
		if (renamed && !gate.standing) {
			event('thread', { reason: 'started', threadId: threads.idOf(addressOf(renamed)) });
		}
	});

	function stoppedHere(): object {
		return { reason: 'pause', description: 'Paused', threadId: paused, allThreadsStopped: true };
	}

	function stoppedAt(at: LifecyclePoint): DebugProtocol.StoppedEvent['body'] {
		const isStep = !filters().standsAt(at);
		return {
			// An editor shows an exception as a failure of the code, across the lines that it concerns.
			reason: isStep ? 'step' : at.error ? 'exception' : 'breakpoint',
			description: `Stands at: ${at.text}`,
			text: at.text,
			threadId: threads.idOf(at.instance),
			allThreadsStopped: true,
		};
	}

	function goOn(step?: number): object {
		stepping = step === undefined ? undefined : threads.addressOf(step);
		moveOn();
		return { allThreadsContinued: true };
	}

	/** On the way it may stand again, which is said after this. */
	function moveOn(): void {
		if (gate.standing) {
			stands?.(run, undefined);
		}
		gate.goOn();
	}

	function stack(thread: number): DebugProtocol.StackTraceResponse['body'] {
		const stand = theStand();
		const address = instanceOf(thread);
		const role = instanceAt(run, address)?.snapshot.role;
		const frames = framesOf(address, stand, run, role === undefined ? undefined : declarationOf?.(run, role));
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
			watching.dispose();
			moveOn();
		},
	};
}

function instancesOf({ instances, staging }: DeploymentSnapshot): readonly InstanceSnapshot[] {
	return staging ? [...instances, ...staging.instances] : instances;
}

/** As threads are named; an instance to which nothing has happened is the same object in the next snapshot. */
function hasSameName(one: InstanceSnapshot, other: InstanceSnapshot | undefined): boolean {
	return (
		one === other ||
		(other !== undefined && addressOf(one) === addressOf(other) && one.text === other.text && one.life === other.life)
	);
}
