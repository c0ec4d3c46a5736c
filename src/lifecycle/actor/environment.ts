import { faultDomain, type InstanceName, instanceId, upgradeDomain } from '../domains';
import type { PlaceOf } from '../network';
import type { DeploymentPlan, RolePlan, VariablePlan } from '../plan/deploymentPlan';
import { valueOfPath } from '../plan/xpath';
import type { InstanceView, RoleEnvironment } from '../roleEnvironment';
import type { InstanceFolders } from '../roleHost';
import { RoleViews } from './roleViews';

/** The folders of an instance (interfaces.md 3). `stateFolder` is absolute and tells which separator its platform has. */
export function instanceFolders(plan: DeploymentPlan, instance: string): InstanceFolders {
	const separator = separatorOf(plan.stateFolder);
	const root = `${plan.stateFolder.replace(/[\\/]+$/, '')}${separator}${instance}`;
	const folder = (name: string) => `${root}${separator}${name}`;
	return {
		root,
		approot: folder('approot'),
		resources: folder('resources'),
		windows: folder('windows'),
		temp: folder('temp'),
		logs: folder('logs'),
	};
}

function separatorOf(folder: string): string {
	return folder.includes('\\') && !folder.startsWith('/') ? '\\' : '/';
}

/** The folder of a local store, with a trailing separator, as role code expects it. */
export function localStoreFolder(folders: InstanceFolders, name: string): string {
	const separator = separatorOf(folders.resources);
	return `${folders.resources}${separator}${name}${separator}`;
}

/** The copy of a site's folder: `#1/public` is in the second folder outside of the role's code, anything else in approot. */
export function siteFolder(folders: InstanceFolders, folder: string): string {
	const [, index, below = ''] = /^#(\d+)\/?(.*)$/.exec(folder) ?? [];
	return index === undefined
		? approotFolder(folders, folder.replaceAll('/', separatorOf(folders.approot)))
		: withBelow(outsideFolder(folders, Number(index)), below);
}

/** Where the copies of those folders go, each with what it is a copy of. */
export function siteFoldersOf(folders: InstanceFolders, sources: readonly string[]) {
	return sources.map((from, index) => ({ from, to: outsideFolder(folders, index) }));
}

function outsideFolder({ root, approot }: InstanceFolders, index: number): string {
	const separator = separatorOf(approot);
	return `${root}${separator}sitesroot${separator}${index}`;
}

function withBelow(folder: string, below: string): string {
	return below === '' ? folder : `${folder}${separatorOf(folder)}${below.replaceAll('/', separatorOf(folder))}`;
}

/** Where startup tasks run: approot, or a folder below it. */
export function approotFolder({ approot }: InstanceFolders, workingFolder: string): string {
	return workingFolder === '' ? approot : `${approot}${separatorOf(approot)}${workingFolder}`;
}

/** What one instance sees of its service (service-runtime-api.md 3). */
export function roleEnvironment(
	plan: DeploymentPlan,
	{ role, index }: InstanceName,
	placeOf: PlaceOf,
	views = new RoleViews(),
): RoleEnvironment {
	const rolePlan = plan.roles.find(other => other.name === role);
	const own = instanceId(role, index);
	const folders = instanceFolders(plan, own);
	return {
		deploymentId: plan.deploymentId,
		emulated: true,
		instanceId: own,
		roleName: role,
		faultDomain: faultDomain(index),
		updateDomain: upgradeDomain(index, plan.upgradeDomainCount),
		settings: rolePlan?.settings ?? {},
		localResources: (rolePlan?.localStorage ?? []).map(({ name, sizeInMB }) => ({
			name,
			path: localStoreFolder(folders, name),
			sizeInMB,
		})),
		roles: plan.roles.map(other => ({
			name: other.name,
			instances: visible(other, { role, index }, plan.upgradeDomainCount, views, each =>
				instanceView(plan, other, each, placeOf),
			),
		})),
	};
}

/** The own instance always; others only of roles with an internal endpoint. */
function visible(
	role: RolePlan,
	own: InstanceName,
	domains: number,
	views: RoleViews,
	view: (index: number) => InstanceView,
): readonly InstanceView[] {
	const isOwn = role.name === own.role;
	if (hasInternalEndpoint(role)) {
		const all = views.of(role, domains, view);
		return isOwn && own.index >= role.count ? [...all, view(own.index)] : all;
	}
	return isOwn ? [view(own.index)] : [];
}

export function hasInternalEndpoint(role: RolePlan): boolean {
	return role.endpoints.some(endpoint => endpoint.kind === 'internal');
}

function instanceView(plan: DeploymentPlan, role: RolePlan, index: number, placeOf: PlaceOf): InstanceView {
	const id = instanceId(role.name, index);
	return {
		id,
		faultDomain: faultDomain(index),
		updateDomain: upgradeDomain(index, plan.upgradeDomainCount),
		endpoints: role.endpoints.flatMap(({ name, protocol }) => {
			const place = placeOf(id, name);
			return place ? [{ name, protocol, ...place }] : [];
		}),
	};
}

/**
 * The variables of a process of an instance, as the cloud has them (runtime-protocol.md 8), and the names of those whose path found nothing.
 */
export function processVariables(
	environment: RoleEnvironment,
	folders: InstanceFolders,
	own: readonly VariablePlan[],
): { readonly variables: Readonly<Record<string, string>>; readonly unmatched: readonly string[] } {
	const separator = separatorOf(folders.root);
	const variables: Record<string, string> = {
		RoleRoot: folders.root,
		RoleName: environment.roleName,
		RoleInstanceID: environment.instanceId,
		RoleDeploymentID: environment.deploymentId,
		RdRoleId: `${environment.deploymentId}.${environment.instanceId}`,
		RdRoleRoot: folders.root + separator,
		RdRoleResourcesRootPath: folders.resources + separator,
		RdRoleLogRootPath: folders.logs + separator,
	};
	const unmatched: string[] = [];
	for (const { name, source } of own) {
		const value = 'value' in source ? source.value : valueOfPath(source.xpath, environment);
		if (value === undefined) {
			unmatched.push(name);
		}
		variables[name] = value ?? '';
	}
	return { variables, unmatched };
}
