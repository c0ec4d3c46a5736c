import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type { InstanceFolders, RoleEntry, RoleLife } from '../../src/lifecycle/roleHost';

const fixtures = path.resolve(__dirname, '../fixtures/roles');

/** An instance on disk whose approot holds these fixture roles. */
export function instanceFolders(...roles: readonly string[]): InstanceFolders & { remove(): void } {
	const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'rolewright-instance-')));
	const folder = (name: string): string => {
		mkdirSync(path.join(root, name), { recursive: true });
		return path.join(root, name);
	};
	const folders = {
		root,
		approot: folder('approot'),
		resources: folder('resources'),
		windows: folder('windows'),
		temp: folder('temp'),
		logs: folder('logs'),
	};
	for (const role of roles) {
		existsSync(path.join(fixtures, role)) &&
			cpSync(path.join(fixtures, role), path.join(folders.approot, role), { recursive: true });
	}
	return { ...folders, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export function environment(
	folders: InstanceFolders,
	settings: Readonly<Record<string, string>> = { Greeting: 'hello' },
): RoleEnvironment {
	return {
		deploymentId: 'deployment1(3)',
		emulated: true,
		instanceId: 'Worker_IN_0',
		roleName: 'Worker',
		faultDomain: 0,
		updateDomain: 0,
		settings,
		localResources: [{ name: 'Scratch', path: folders.resources + path.sep, sizeInMB: 64 }],
		roles: [
			{
				name: 'Worker',
				instances: [
					{
						id: 'Worker_IN_0',
						faultDomain: 0,
						updateDomain: 0,
						endpoints: [{ name: 'Api', protocol: 'http', address: '127.0.0.1', port: 8080 }],
					},
				],
			},
		],
	};
}

export function roleLife(
	folders: InstanceFolders,
	entry: RoleEntry,
	more: { settings?: Readonly<Record<string, string>>; waitForDebugger?: boolean; life?: number } = {},
): RoleLife {
	return {
		instance: 'Worker_IN_0',
		life: more.life ?? 1,
		entry,
		folders,
		variables: { RoleName: 'Worker', RoleInstanceID: 'Worker_IN_0' },
		environment: environment(folders, more.settings),
		waitForDebugger: more.waitForDebugger ?? false,
	};
}
