import { type DiskPolicy, diskPolicy, diskRequest, machineDiskPolicy } from '../disks/disks';
import type { DiskRequest } from '../disks/worldDisks';
import { type InstanceName, instanceId } from '../domains';
import type { DiskEvent, Shape } from '../instance/instance';
import type { Listening, PlaceOf } from '../network';
import type { DeploymentPlan, EndpointPlan, RolePlan, VariablePlan } from '../plan/deploymentPlan';
import type { RoleEnvironment } from '../roleEnvironment';
import type { RoleLife } from '../roleHost';
import type { SecureEndpoint, SitesLife } from '../siteHost';
import type { TaskLife } from '../taskHost';
import {
	approotFolder,
	instanceFolders,
	localStoreFolder,
	processVariables,
	roleEnvironment,
	siteFolder,
	siteFoldersOf,
} from './environment';
import type { RoleViews } from './roleViews';

/** What the processes of one instance find around them by a plan: folders, environment, variables. */
export class Surroundings {
	private readonly id: string;

	constructor(
		readonly plan: DeploymentPlan,
		private readonly name: InstanceName,
		private readonly placeOf: PlaceOf,
		private readonly note: (text: string) => void,
		private readonly views: RoleViews,
	) {
		this.id = instanceId(name.role, name.index);
	}

	get role(): RolePlan {
		const role = this.plan.roles.find(each => each.name === this.name.role);
		if (role === undefined) {
			throw new Error(`The plan has no role ${this.name.role}.`);
		}
		return role;
	}

	shape(onStopLimit: number): Shape {
		const { entry, startupTasks } = this.role;
		return {
			tasks: startupTasks.map(({ taskType, commandLine }) => ({ taskType, commandLine })),
			entry: entry.kind === 'program' || entry.kind === 'machine' ? 'program' : 'role',
			readyOnStart: entry.kind === 'machine' || (entry.kind === 'program' && entry.readyOnStart),
			...(entry.kind === 'machine' && { machine: { images: entry.images } }),
			onStopLimit,
		};
	}

	environment(): RoleEnvironment {
		return roleEnvironment(this.plan, this.name, this.placeOf, this.views);
	}

	get diskPolicy(): DiskPolicy {
		return this.role.entry.kind === 'machine' ? machineDiskPolicy : diskPolicy;
	}

	diskRequest(events: readonly DiskEvent[]): DiskRequest {
		const folders = instanceFolders(this.plan, this.id);
		const { localStorage, code, staged, siteFolders, stagedSites = siteFolders } = this.role;
		const stores = localStorage.map(({ name, cleanOnRoleRecycle, sizeInMB }) => ({
			name,
			sizeInMB,
			path: localStoreFolder(folders, name),
			cleanOnRoleRecycle,
		}));
		const request = diskRequest(this.id, folders, staged ?? code, stores, events, this.diskPolicy);
		return stagedSites ? { ...request, sites: siteFoldersOf(folders, stagedSites) } : request;
	}

	taskLife(index: number): TaskLife | undefined {
		const { startupTasks, workingFolder } = this.role;
		const task = startupTasks[index];
		return (
			task && {
				instance: this.id,
				role: this.name.role,
				index,
				commandLine: task.commandLine,
				folder: approotFolder(instanceFolders(this.plan, this.id), workingFolder),
				variables: this.variables(task.variables),
			}
		);
	}

	roleLife(life: number, waitForDebugger: boolean): RoleLife {
		const { entry, variables } = this.role;
		return {
			instance: this.id,
			life,
			entry,
			folders: instanceFolders(this.plan, this.id),
			variables: this.variables(variables),
			environment: this.environment(),
			waitForDebugger,
		};
	}

	/** Nothing where the role has no sites. */
	sitesLife(): SitesLife | undefined {
		const { sites = [], endpoints, variables, certificates } = this.role;
		if (sites.length === 0) {
			return undefined;
		}
		const folders = instanceFolders(this.plan, this.id);
		const folderOf = (folder: string) => siteFolder(folders, folder);
		const places: Record<string, Listening> = {};
		for (const { name } of endpoints) {
			const place = this.placeOf(this.id, name);
			if (place) {
				places[name] = { address: place.address, port: place.port };
			}
		}
		return {
			instance: this.id,
			sites: sites.map(site => ({
				...site,
				applications: site.applications.map(application => ({
					...application,
					folder: folderOf(application.folder),
					directories: application.directories.map(({ path, folder }) => ({ path, folder: folderOf(folder) })),
				})),
			})),
			places,
			role: this.name.role,
			secure: endpoints
				.filter(({ protocol }) => protocol === 'https')
				.map(endpoint => secureEndpoint(endpoint, certificates)),
			root: folders.root,
			environment: this.environment(),
			variables: this.variables(variables),
		};
	}

	private variables(own: readonly VariablePlan[]): Readonly<Record<string, string>> {
		const folders = instanceFolders(this.plan, this.id);
		const { variables, unmatched } = processVariables(this.environment(), folders, own);
		for (const name of unmatched) {
			this.note(`The environment variable '${name}' is empty: its xpath names nothing in the role environment.`);
		}
		return variables;
	}
}

function secureEndpoint({ name, certificate }: EndpointPlan, certificates: RolePlan['certificates']): SecureEndpoint {
	const thumbprint = certificate === undefined ? undefined : certificates[certificate];
	return { name, ...(certificate !== undefined && { certificate }), ...(thumbprint !== undefined && { thumbprint }) };
}
