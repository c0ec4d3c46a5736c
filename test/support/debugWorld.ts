import { Emitter } from '../../src/base/emitter';
import { Failure } from '../../src/base/failure';
import type { DebuggedDeployment, DebuggedRun, DebugWorld } from '../../src/debug/debugWorld';
import { commandText } from '../../src/lifecycle/command';
import type { DeploymentPlan, RolePlan } from '../../src/lifecycle/deploymentPlan';
import { Gate } from '../../src/lifecycle/gate';
import type { JournalEntry, JournalEvent } from '../../src/lifecycle/journal';
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
			const instances = [...lives].map(([instance, life]) => instanceSnapshot(instance, life));
			return { service: 'Orders', deploymentId: 'deployment', status, instances };
		},
		gate: new Gate(
			() => {},
			work => work(),
		),
		environmentOf: () => undefined,
		debuggerStopped: (instance, stopped) => void done.push(`${instance} ${stopped ? 'stands' : 'moves'}`),
		submit: command => void done.push(commandText(command)),
		setDebug: (instance, on) => void done.push(`debug ${instance}: ${on}`),
		goOn: instance => void done.push(`${instance} goes on`),
	};
	const run: DebuggedRun = {
		deployment,
		plan,
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
			attach: async ({ name, target }) => {
				done.push(`attach ${name} to ${'port' in target ? target.port : target.processId}`);
				if (refused.has(name)) {
					throw new Failure(refused.get(name));
				}
			},
			detach: async ({ name }) => void done.push(`detach ${name}`),
		},
	};

	function journal(instance: string, event: JournalEvent): void {
		const entry = { n: written.length + 1, at: '2026-01-05T10:00:00.000Z', instance, ...event };
		written.push(entry);
		entries.fire(entry);
	}

	return {
		world,
		run,
		done,
		say: (sentence: string) => void done.push(`say: ${sentence}`),
		/** A service or child session that cannot be started, and the sentence that says why. */
		refuse: (name: string, sentence: string) => refused.set(name, sentence),
		journal,
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

function instanceSnapshot(instance: string, life: number): InstanceSnapshot {
	const [role = '', index = '0'] = instance.split('_IN_');
	return {
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
