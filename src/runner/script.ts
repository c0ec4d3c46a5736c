import type { Emitter } from '../base/emitter';
import { type Command, type CommandWord, commandUsage } from '../lifecycle/command';
import type { InstanceStatus } from '../lifecycle/journal/journal';
import { parseCommand } from '../lifecycle/parseCommand';
import { addressOf, readAddress } from '../lifecycle/slots';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';
import { targeted } from '../lifecycle/targets';
import type { Clock } from '../lifecycle/world';

/** A line of a script: what is asked of the deployment, or of the reader itself (interfaces.md 1.2). */
export type ScriptCommand = Command | Wait | { readonly command: 'sleep'; readonly milliseconds: number };

export interface Wait {
	readonly command: 'wait';
	/** An instance, a role or `all`. */
	readonly target: string;
	readonly state: string;
	/** The states that the word means. */
	readonly states: readonly InstanceStatus[];
	/** Milliseconds of wall time. */
	readonly limit: number;
}

export const scriptUsage: Readonly<Record<CommandWord | 'wait' | 'sleep', string>> = {
	wait: 'wait INSTANCE|ROLE|all STATE [TIMEOUT]',
	sleep: 'sleep TIME',
	...commandUsage,
};

/** Blank lines and those that begin with `#` are no commands: `undefined`. */
export function parseScriptLine(line: string): ScriptCommand | { readonly error: string } | undefined {
	const words = line.trim().split(/\s+/);
	switch (words[0]) {
		case '':
			return undefined;
		case 'wait':
			return parseWait(words.slice(1));
		case 'sleep':
			return parseSleep(words.slice(1));
		default:
			return line.trim().startsWith('#') ? undefined : parseCommand(line);
	}
}

/** `250ms`, `2s`, `1.5m`, `1h` in milliseconds; a number alone is no time. */
export function parseDuration(text: string): number | undefined {
	const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
	const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[match?.[2] ?? ''];
	return match && factor !== undefined ? Number(match[1]) * factor : undefined;
}

/** Answers when every instance of the target is in the state: nothing, or a sentence that says why it will not be. */
export function waitFor(wait: Wait, deployment: Watched, clock: Clock): Promise<string | undefined> {
	return new Promise(resolve => {
		const looked = (): void => {
			const answer = lookAt(wait, deployment.snapshot);
			if (answer !== 'wait') {
				finish(answer === 'reached' ? undefined : answer);
			}
		};
		const finish = (answer: string | undefined): void => {
			snapshots.dispose();
			limit.dispose();
			resolve(answer);
		};
		const snapshots = deployment.onSnapshot(looked);
		const limit = clock.after(wait.limit, () => finish(tooLate(wait, deployment.snapshot)));
		looked();
	});
}

export interface Watched {
	readonly snapshot: DeploymentSnapshot;
	readonly onSnapshot: Emitter<DeploymentSnapshot>['event'];
}

function lookAt(wait: Wait, snapshot: DeploymentSnapshot): 'reached' | 'wait' | string {
	const { instances, deployment } = targeted(wait.target, snapshot);
	if (
		instances.length > 0 &&
		instances.every(({ state }) => wait.states.includes(state)) &&
		isSettled(wait, instances, deployment ?? snapshot)
	) {
		return 'reached';
	}
	const isComing = deployment?.status === 'Deploying' && deployment.instances.length === 0;
	if (instances.length === 0 && !isComing) {
		const all = [...snapshot.instances, ...(snapshot.staging?.instances ?? [])];
		const names = all.map(addressOf).join(', ');
		return `There is no instance or role '${wait.target}' to wait for; the instances are ${names || 'none'}.`;
	}
	return snapshot.status === 'Stopped' ? `The service ended before ${wait.target} was ${wait.state}.` : 'wait';
}

/** A change that is under way may still restart an instance of a role or add one, so none of them is ready for good. */
function isSettled(
	{ target, states }: Wait,
	instances: DeploymentSnapshot['instances'],
	{ status }: DeploymentSnapshot,
): boolean {
	const { name } = readAddress(target);
	if (!states.includes('ReadyRole') || instances.some(({ instance }) => instance === name)) {
		return true;
	}
	return name === 'all' ? status === 'Running' : status !== 'RunningTransitioning';
}

function tooLate(wait: Wait, snapshot: DeploymentSnapshot): string {
	const others = targeted(wait.target, snapshot).instances.filter(({ state }) => !wait.states.includes(state));
	const states = others.map(each => `${addressOf(each)} is ${each.state} (${each.text})`).join(', ');
	const why = states === '' ? 'a change of the deployment is still under way' : states;
	return `${wait.target} was not ${wait.state} within ${wait.limit / 1_000} s: ${why}.`;
}

function parseWait(words: readonly string[]): Wait | { readonly error: string } {
	const [target, state, timeout, ...more] = words;
	const limit = timeout === undefined ? 60_000 : parseDuration(timeout);
	if (target === undefined || state === undefined || more.length > 0) {
		return wrongUse('wait');
	}
	if (limit === undefined) {
		return { error: `'${timeout}' is no time; write for example 30s or 5m.` };
	}
	const states = statesNamed(state);
	return states.length > 0 ? { command: 'wait', target, state, states, limit } : { error: unknownState(state) };
}

function parseSleep(words: readonly string[]): ScriptCommand | { readonly error: string } {
	const milliseconds = words.length === 1 ? parseDuration(words[0] ?? '') : undefined;
	return milliseconds === undefined
		? { error: 'Write this command as "sleep TIME", for example sleep 2s.' }
		: { command: 'sleep', milliseconds };
}

/** Every value once, kept complete by the compiler. */
const states: Readonly<Record<InstanceStatus, true>> = {
	Unknown: true,
	CreatingVM: true,
	StartingVM: true,
	CreatingRole: true,
	StartingRole: true,
	ReadyRole: true,
	BusyRole: true,
	StoppingRole: true,
	StoppingVM: true,
	DeletingVM: true,
	StoppedVM: true,
	RestartingRole: true,
	CyclingRole: true,
	FailedStartingRole: true,
	FailedStartingVM: true,
	UnresponsiveRole: true,
};
const allStates = Object.keys(states) as readonly InstanceStatus[];

/** `ReadyRole` and `Ready` mean the same; `Recycling` is the portal's word for two states (role-lifecycle.md 5.2). */
function statesNamed(word: string): readonly InstanceStatus[] {
	const name = word.toLowerCase();
	if (name === 'recycling') {
		return ['RestartingRole', 'CyclingRole'];
	}
	return allStates.filter(state => [state, state.replace(/(Role|VM)$/, '')].some(one => one.toLowerCase() === name));
}

function unknownState(word: string): string {
	return `There is no state '${word}'; the states are Ready, Busy, Stopped, Recycling, ${allStates.join(', ')}.`;
}

function wrongUse(word: 'wait'): { readonly error: string } {
	return { error: `Write this command as "${scriptUsage[word]}".` };
}
