import type { DebugProtocol } from '@vscode/debugprotocol';
import { isSecret, maskSecret } from '../base/secrets';
import { instanceFolders } from '../lifecycle/actor/environment';
import { addressOf } from '../lifecycle/slots';
import type { InstanceSnapshot } from '../lifecycle/snapshot';
import { planAt } from './debuggedInstances';
import type { DebuggedRun } from './debugWorld';

type Row = readonly [name: string, value: string];

/** What there is to know of an instance that stands, by the names of the debugger's scopes. Secrets are hidden. */
const scopes: Readonly<Record<string, (run: DebuggedRun, instance: InstanceSnapshot) => readonly Row[]>> = {
	State: (_run, instance) => stateRows(instance),
	Settings: ({ deployment }, instance) =>
		Object.entries(deployment.environmentOf(addressOf(instance))?.settings ?? {}).map(([name, value]) => [
			name,
			isSecret(name, value) ? maskSecret(value) : value,
		]),
	Endpoints: (_run, { endpoints }) =>
		endpoints.map(({ endpoint, protocol, address, port }) => [endpoint, `${protocol} ${address}:${port}`]),
	Disks: (run, instance) => {
		const address = addressOf(instance);
		const { resources, windows, approot, temp, logs } = instanceFolders(planAt(run, address), instance.instance);
		const stores = run.deployment.environmentOf(address)?.localResources ?? [];
		return [
			['application', approot],
			['local', resources],
			...stores.map(({ name, path, sizeInMB }): Row => [name, `${path} (${sizeInMB} MB)`]),
			['windows', windows],
			['temp', temp],
			['logs', logs],
		];
	},
};

const names = Object.keys(scopes);

/** The scopes of a thread; each has a number that `variablesOf` knows. */
export function scopesOf(thread: number): DebugProtocol.Scope[] {
	return names.map((name, index) => ({ name, expensive: false, variablesReference: thread * names.length + index }));
}

export function threadOfScope(reference: number): number {
	return Math.floor(reference / names.length);
}

export function variablesOf(reference: number, run: DebuggedRun, instance: InstanceSnapshot): DebugProtocol.Variable[] {
	const rows = scopes[names[reference % names.length] ?? '']?.(run, instance) ?? [];
	return rows.map(([name, value]) => ({ name, value, variablesReference: 0 }));
}

function stateRows(instance: InstanceSnapshot): readonly Row[] {
	const { state, text, since, life, pid, upgradeDomain, faultDomain, host, inRotation, lastRestart } = instance;
	return [
		['state', `${state} (${text})`],
		['since', since],
		['life', String(life)],
		...(pid === undefined ? [] : [['process', String(pid)] as const]),
		['in rotation', inRotation ? 'yes' : 'no'],
		['upgrade domain', String(upgradeDomain)],
		['fault domain', String(faultDomain)],
		...(host === undefined ? [] : [['host', host] as const]),
		['debugger', instance.debugger],
		...(lastRestart ? [['last restart', lastRestart.map(({ detail }) => detail).join(', so ')] as const] : []),
	];
}
