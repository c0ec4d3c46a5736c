import { Failure } from '../base/failure';
import { planDeployment } from '../lifecycle/plan/plan';
import type { RolePlace } from '../lifecycle/plan/rolePlace';
import type { Configuration } from '../model/configuration';
import { cacheFolder, type StateFolder } from '../node/disks/stateFolder';
import { errorsBeforeRun, ModelFailure } from './checkBeforeRun';
import { type OpenedService, openConfiguration, openService } from './openService';
import { prepareRoles } from './prepareRoles';
import type { RunRequest } from './startService';

/** What one deployment was made from: the files as they were read, the code as it was built, and its own place on disk. */
export interface DeployedRun {
	readonly request: RunRequest;
	readonly service: OpenedService;
	readonly places: Readonly<Record<string, RolePlace>>;
	readonly state: StateFolder;
}

export function placesOf(
	service: OpenedService,
	request: RunRequest,
	stopped: AbortSignal,
): Promise<DeployedRun['places']> {
	const { roles, build, distFolder, progress } = request;
	return prepareRoles(service, { roles, build, distFolder, cache: cacheFolder(), stopped, progress });
}

/** Reads and builds what is there now, as the start did. Rejects with a `Failure`. */
export async function builtNow(run: DeployedRun, configurationFile: string, stopped: AbortSignal) {
	const service = openService(run.request.path);
	const configuration = openConfiguration(configurationFile, service.secrets);
	checkService(service, configuration);
	const updated: DeployedRun = { ...run, service, places: await placesOf(service, run.request, stopped) };
	return { run: updated, plan: planOf(updated, configuration).plan };
}

/** The plan under this configuration, with what a person should know of it. Throws a `Failure` where there is none. */
export function planOf({ request, service, places, state }: DeployedRun, configuration: Configuration) {
	const planned = planDeployment(service.definition, configuration, places, {
		deploymentId: state.deploymentId,
		stateFolder: state.folder,
		...(request.roles && { roles: request.roles }),
		...(request.counts && { counts: request.counts }),
		...(service.rolewright.accessControls && { accessControls: service.rolewright.accessControls }),
	});
	if ('problems' in planned) {
		throw new Failure(planned.problems.join('\n'));
	}
	return planned;
}

/** Throws a `ModelFailure` where the files are wrong. */
export function checkService(service: OpenedService, configuration: Configuration): void {
	const errors = errorsBeforeRun(service.definition, configuration, service.rolewright);
	if (errors.length > 0) {
		throw new ModelFailure(errors);
	}
}
