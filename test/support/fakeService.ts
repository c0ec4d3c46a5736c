import { Deployment, type DeploymentOptions } from '../../src/lifecycle/deployment/deployment';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import type { DeploymentPlan, EndpointPlan, RolePlan, TaskPlan } from '../../src/lifecycle/plan/deploymentPlan';
import { FakeWorld, type RoleBehaviour } from './fakeWorld';

/** Small services of plain data for tests of the fabric, and a journal in short words. */

export function rolePlan(changes: Partial<RolePlan> = {}): RolePlan {
	return {
		name: 'Worker',
		kind: 'WorkerRole',
		count: 1,
		entry: { kind: 'assembly', assembly: 'Worker.dll' },
		code: '/built/Worker',
		workingFolder: '',
		settings: { Greeting: 'hello' },
		certificates: {},
		endpoints: [],
		localStorage: [],
		startupTasks: [],
		variables: [],
		...changes,
	};
}

export function servicePlan(roles: readonly RolePlan[], changes: Partial<DeploymentPlan> = {}): DeploymentPlan {
	return {
		service: 'Shop',
		deploymentId: 'd1',
		stateFolder: '/state',
		upgradeDomainCount: 5,
		topologyChangeDiscovery: 'UpgradeDomainWalk',
		roles,
		...changes,
	};
}

export function task(commandLine: string, taskType: TaskPlan['taskType'] = 'simple'): TaskPlan {
	return { commandLine, taskType, executionContext: 'limited', variables: [] };
}

export function endpoint(name: string, kind: EndpointPlan['kind'], publicPort?: number): EndpointPlan {
	return { name, kind, protocol: 'http', ...(publicPort !== undefined && { publicPort }) };
}

export interface FakeRun {
	readonly world: FakeWorld;
	readonly deployment: Deployment;
	/** The journal since the last call, in short words. */
	news(...events: readonly JournalEntry['event'][]): readonly string[];
}

/** A service in a fake world, started as far as it gets by itself. */
export async function startService(
	roles: readonly RolePlan[] = [rolePlan()],
	behaviour: Readonly<Record<string, RoleBehaviour>> = {},
	options: Partial<DeploymentOptions & DeploymentPlan> = {},
): Promise<FakeRun> {
	const run = newService(roles, behaviour, options);
	run.deployment.start();
	await run.world.settled();
	return run;
}

export function newService(
	roles: readonly RolePlan[],
	behaviour: Readonly<Record<string, RoleBehaviour>> = {},
	{ onStopLimit = 5 * 60_000, debug = new Set(), ...plan }: Partial<DeploymentOptions & DeploymentPlan> = {},
): FakeRun {
	const world = new FakeWorld();
	for (const [instance, how] of Object.entries(behaviour)) {
		world.behaviour.set(instance, how);
	}
	const deployment = new Deployment(servicePlan(roles, plan), world, { onStopLimit, debug });
	let seen = 0;
	return {
		world,
		deployment,
		news(...events) {
			const entries = deployment.journal.entries.slice(seen);
			seen = deployment.journal.entries.length;
			return entries.filter(entry => events.length === 0 || events.includes(entry.event)).map(shortWords);
		},
	};
}

/** An entry without number and time: what a person would say of it. */
export function shortWords(entry: JournalEntry): string {
	const words = wordsOf(entry).filter(word => word !== undefined);
	return [...(entry.instance === undefined ? [] : [`${entry.instance}:`]), ...words].join(' ');
}

function wordsOf(entry: JournalEntry): readonly (string | number | undefined)[] {
	switch (entry.event) {
		case 'state':
			return [entry.state];
		case 'step':
			return ['step', entry.step, entry.phase];
		case 'process':
			return [entry.role, entry.phase, entry.exitCode ?? entry.signal];
		case 'call':
			return [entry.call, entry.phase, entry.error?.message ?? outcome(entry.result)];
		case 'output':
			return [entry.stream, entry.text];
		case 'command':
			return [`> ${entry.command} (${entry.by})`];
		case 'restart':
			return ['restart', `after ${entry.delay} ms:`, entry.cause.map(cause => cause.what).join(' < ')];
		case 'disk':
			return [entry.disk, entry.name, entry.effect];
		case 'endpoint':
			return [entry.endpoint, entry.phase, entry.port, entry.balanced ? 'balanced' : undefined];
		case 'rotation':
			return ['rotation', entry.rotation];
		case 'configuration':
			return entry.changes.map(({ role, setting, from, to }) => `${role}.${setting ?? 'count'} ${from} -> ${to}`);
		case 'debugger':
			return ['debugger', entry.phase];
		case 'status':
			return ['status', entry.deployment];
		case 'error':
		case 'note':
			return [`${entry.event}:`, entry.text];
	}
}

function outcome(result: unknown): string | undefined {
	return result === undefined || result === null ? undefined : JSON.stringify(result);
}
