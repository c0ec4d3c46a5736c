import type { DeploymentPlan, RolePlan, VariablePlan } from './deploymentPlan';
import { diskRequest } from './disks';
import { type InstanceName, instanceId } from './domains';
import {
	approotFolder,
	instanceFolders,
	localStoreFolder,
	type PlaceOf,
	processVariables,
	roleEnvironment,
} from './environment';
import type { RoleEnvironment, RoleLife, TaskLife } from './host';
import type { DiskEvent, Shape } from './instance';
import type { DiskRequest } from './worldDisks';

/** What the processes of one instance find around them by a plan: folders, environment, variables. */
export class Surroundings {
	private readonly id: string;

	constructor(
		readonly plan: DeploymentPlan,
		private readonly name: InstanceName,
		private readonly placeOf: PlaceOf,
		private readonly note: (text: string) => void,
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
			entry: entry.kind === 'program' ? 'program' : 'role',
			readyOnStart: entry.kind === 'program' && entry.readyOnStart,
			onStopLimit,
		};
	}

	environment(): RoleEnvironment {
		return roleEnvironment(this.plan, this.name, this.placeOf);
	}

	diskRequest(events: readonly DiskEvent[]): DiskRequest {
		const folders = instanceFolders(this.plan, this.id);
		const { localStorage, code, staged } = this.role;
		const stores = localStorage.map(({ name, cleanOnRoleRecycle, sizeInMB }) => ({
			name,
			sizeInMB,
			path: localStoreFolder(folders, name),
			cleanOnRoleRecycle,
		}));
		return diskRequest(this.id, folders, staged ?? code, stores, events);
	}

	taskLife(index: number): TaskLife | undefined {
		const { startupTasks, workingFolder } = this.role;
		const task = startupTasks[index];
		return (
			task && {
				instance: this.id,
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

	private variables(own: readonly VariablePlan[]): Readonly<Record<string, string>> {
		const folders = instanceFolders(this.plan, this.id);
		const { variables, unmatched } = processVariables(this.environment(), folders, own);
		for (const name of unmatched) {
			this.note(`The environment variable '${name}' is empty: its xpath names nothing in the role environment.`);
		}
		return variables;
	}
}
