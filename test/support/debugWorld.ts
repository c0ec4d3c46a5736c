import { Emitter } from '../../src/base/emitter';
import { Failure } from '../../src/base/failure';
import type { ChildListener } from '../../src/debug/childSession';
import type { DebuggedDeployment, DebuggedRun, DebugWorld } from '../../src/debug/debugWorld';
import { commandText } from '../../src/lifecycle/command';
import { Gate } from '../../src/lifecycle/gate';
import type { JournalEntry, JournalEvent } from '../../src/lifecycle/journal/journal';
import type { DeploymentPlan, RolePlan } from '../../src/lifecycle/plan/deploymentPlan';
import { readAddress, type Slot } from '../../src/lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../src/lifecycle/snapshot';
import type { Clock } from '../../src/lifecycle/world';

/**
 * The world of a debug session, played by a test: `done` tells in words what was asked of it, and the functions say what
 * happens in it.
 */
export function playDebugWorld() {
	const done: string[] = [];
	const refused = new Map<string, string>();
	const lives = new Map<string, number>();
	const written: JournalEntry[] = [];
	const entries = new Emitter<JournalEntry>();
	const snapshots = new Emitter<DeploymentSnapshot>();
	const { clock, pass } = playClock();
	const listeners = new Map<string, ChildListener>();
	let parting: Promise<void> = Promise.resolve();
	/** How often fabric time is held. */
	const standing = { count: 0 };
	const holds = new Set<object>();
	let isStarting = true;
	let status: DeploymentSnapshot['status'] = 'Running';

	const deployment: DebuggedDeployment = {
		journal: {
			entries: written,
			after: n => written.slice(n),
			get length() {
				return written.length;
			},
			onEntry: entries.event,
		},
		onSnapshot: snapshots.event,
		get snapshot() {
			const instances = (slot: Slot) =>
				[...lives]
					.filter(([address]) => readAddress(address).slot === slot)
					.map(([address, life]) => instanceSnapshot(address, life));
			const staged = instances('staging');
			const own = { service: 'Orders', status };
			const staging = { ...own, deploymentId: 'second', slot: 'staging' as const, instances: staged };
			return {
				...{ ...own, deploymentId: 'deployment', instances: instances('production') },
				...(staged.length > 0 && { staging }),
			};
		},
		gate: new Gate(
			() => {},
			work => work(),
		),
		environmentOf: () => undefined,
		planIn: slot => (slot === 'staging' ? { ...plan, deploymentId: 'second', stateFolder: '/state/second' } : plan),
		debuggerStopped: (instance, stopped) => void done.push(`${instance} ${stopped ? 'stands' : 'moves'}`),
		submit: command => void done.push(commandText(command)),
		setDebug: (instance, on) => void done.push(`debug ${instance}: ${on}`),
		goOn: instance => void done.push(`${instance} goes on`),
	};
	const run: DebuggedRun = {
		deployment,
		plan,
		clock: {
			hold: () => {
				const held = { dispose: () => void (holds.delete(held) && standing.count--) };
				holds.add(held);
				standing.count++;
				return held;
			},
		},
		stop: async () => void done.push('stop the service'),
	};

	const world: DebugWorld = {
		clock,
		start: async ({ service }, stopped) => {
			done.push(`start ${service}`);
			stopped.addEventListener('abort', () => void (isStarting && done.push('end the start')));
			await settled();
			isStarting = false;
			if (refused.has(service)) {
				throw new Failure(refused.get(service));
			}
			return run;
		},
		running: () => run,
		outputOf: service => ({ url: `output:${service}`, urlLabel: 'Show Output' }),
		debuggers: {
			attach: async ({ name, target }, listener) => {
				listeners.set(name, listener);
				done.push(`attach ${name} to ${'port' in target ? target.port : target.processId}`);
				if (refused.has(name)) {
					throw new Failure(refused.get(name));
				}
			},
			detach: async ({ name }, process) => {
				done.push(process === 'ended' ? `call off ${name}` : `detach ${name}`);
				await parting;
			},
			over: async () => parting,
		},
	};

	/** The deployment that stands in staging is another than the first. */
	function journal(address: string, event: JournalEvent): void {
		const { slot, name: instance } = readAddress(address);
		const header = { n: written.length + 1, at: '2026-01-05T10:00:00.000Z', instance };
		const entry = { ...header, ...(slot === 'staging' && { slot, deploymentId: 'second' }), ...event };
		written.push(entry);
		entries.fire(entry);
	}

	return {
		world,
		run,
		done,
		standing,
		say: (sentence: string) => void done.push(`say: ${sentence}`),
		/** A service or child session that cannot be started, and the sentence that says why. */
		refuse: (name: string, sentence: string) => refused.set(name, sentence),
		journal,
		/** What a person does with the session of an instance. */
		press: (name: string, button: 'stop' | 'restart' | 'leave') => listeners.get(name)?.[button](),
		/** What the debugger of an instance says of its process. */
		stands: (name: string, stopped: boolean) => listeners.get(name)?.stands(stopped),
		lost: (name: string) => listeners.get(name)?.lost(),
		/** From now on no session of an instance ends. */
		hangs: () => {
			parting = new Promise(() => {});
		},
		/** A new life begins and waits for its debugger; without a number the process is a .NET one. */
		waits(instance: string, life: number, port?: number) {
			lives.set(instance, life);
			const target =
				port === undefined
					? ({ kind: 'dotnet', processId: 100 + life } as const)
					: ({ kind: 'node', address: '127.0.0.1', port } as const);
			journal(instance, { event: 'debugger', phase: 'waiting', target });
		},
		attached: (instance: string) => journal(instance, { event: 'debugger', phase: 'attached' }),
		detached: (instance: string) => journal(instance, { event: 'debugger', phase: 'detached' }),
		ended: (instance: string) => journal(instance, { event: 'process', phase: 'ended', pid: 1, role: 'host' }),
		serviceEnds() {
			status = 'Stopped';
			snapshots.fire(deployment.snapshot);
		},
		pass,
	};
}

function playClock() {
	let now = 0;
	let timers: { readonly at: number; readonly run: () => void }[] = [];
	const clock: Clock = {
		now: () => now,
		after: (milliseconds, run) => {
			const timer = { at: now + milliseconds, run };
			timers.push(timer);
			return {
				dispose: () => {
					timers = timers.filter(other => other !== timer);
				},
			};
		},
	};
	const pass = (milliseconds: number): void => {
		now += milliseconds;
		const due = timers.filter(({ at }) => at <= now);
		timers = timers.filter(timer => !due.includes(timer));
		for (const { run } of due) {
			run();
		}
	};
	return { clock, pass };
}

function instanceSnapshot(address: string, life: number): InstanceSnapshot {
	const { slot, name: instance } = readAddress(address);
	const [role = '', index = '0'] = instance.split('_IN_');
	return {
		...(slot === 'staging' && { slot }),
		...{ instance, life, role, index: Number(index), state: 'StartingRole', text: 'Starting', endpoints: [] },
		...{ upgradeDomain: 0, faultDomain: 0, inRotation: false, since: '2026-01-05T10:00:00.000Z' },
		...{ debugger: 'waiting', lastRestart: undefined, can: { start: false, stop: true, recycle: true } },
	};
}

const workerRole: RolePlan = {
	...{ name: 'Worker', kind: 'WorkerRole', count: 1, code: '/orders/Worker', workingFolder: '' },
	...{ settings: {}, certificates: {}, endpoints: [], localStorage: [], startupTasks: [], variables: [] },
	entry: { kind: 'assembly', assembly: 'Worker.dll' },
};

const plan: DeploymentPlan = {
	...{ service: 'Orders', deploymentId: 'deployment', stateFolder: '/state', upgradeDomainCount: 1 },
	topologyChangeDiscovery: 'UpgradeDomainWalk',
	roles: [workerRole],
};

/** Lets promises that are settled already be heard. */
export function settled(): Promise<void> {
	return new Promise(resolve => setImmediate(resolve));
}
