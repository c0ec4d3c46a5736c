import type { Disposable } from '../base/emitter';
import { Failure } from '../base/failure';
import { type Command, commandText } from '../lifecycle/command';
import { Deployment } from '../lifecycle/deployment';
import type { DeploymentPlan } from '../lifecycle/deploymentPlan';
import type { WalkMode } from '../lifecycle/domainWalk';
import type { CommandSource, JournalEntry } from '../lifecycle/journal';
import { planDeployment, type RolePlace } from '../lifecycle/plan';
import type { Configuration } from '../model/configuration';
import { watchFile } from '../node/fileWatch';
import { cacheFolder, claimStateFolder, type StateFolder } from '../node/stateFolder';
import { createWorld } from '../node/world';
import { errorsBeforeRun, errorText, ModelFailure } from './checkBeforeRun';
import { chooseConfiguration, type OpenedService, openConfiguration, openService } from './openService';
import { prepareRoles } from './prepareRoles';

export interface RunRequest {
	/** A folder with one definition, a `.csdef` or a `.ccproj`. */
	readonly path: string;
	/** `Local` or a file, which must be there; left out: the preferred one, else the only one. */
	readonly configuration?: string;
	/** The configuration that is taken where none is named; `Local` by default. */
	readonly preferredConfiguration?: string;
	/** Only these roles; all where it is left out. */
	readonly roles?: readonly string[];
	/** Instances by role, in place of the configuration's. */
	readonly counts?: Readonly<Record<string, number>>;
	readonly build: 'auto' | 'always' | 'never';
	/** Milliseconds that Stopping and OnStop may take together. */
	readonly onStopLimit: number;
	/** Fabric time runs so many times as fast as wall time. */
	readonly timeFactor: number;
	/** Where the folders of deployments live; by default in the user's cache. */
	readonly stateFolder?: string;
	/** Instances whose lives wait for a debugger: `Worker_IN_0`, or `first` for the first one of each role. */
	readonly debug?: readonly string[];
	/** The folder of the built product. */
	readonly distFolder: string;
	/** Ends a build, and a start that is not through. */
	readonly stopWhileStarting?: AbortSignal;
	/** What happens before there is a journal: a build and what it writes. */
	readonly progress: (text: string) => void;
	/** Hears every entry of the journal, from the first. */
	readonly onEntry?: (entry: JournalEntry) => void;
}

export interface RunningService {
	readonly name: string;
	/** The files that it was started from, absolute. */
	readonly definition: string;
	readonly configuration: string;
	readonly deployment: Deployment;
	/** What was deployed first: a debugger finds there the code that an instance runs a copy of. */
	readonly plan: DeploymentPlan;
	/** Carries out a command; one that cannot be done is answered by an `error` entry. */
	submit(command: Command, by: CommandSource): void;
	/** Writes an `error` entry, for what somebody asked for and nobody understood. */
	refuse(text: string): void;
	/** An orderly stop; resolves when nothing of it is left. The second call ends everything at once. */
	stop(): Promise<void>;
	/** Resolves when it has stopped, whoever asked for it. */
	readonly stopped: Promise<void>;
}

/**
 * Runs a service of the disk: checks its files, builds its roles, plans, and starts a deployment in the real world. It
 * resolves when the deployment starts, not when instances are ready. Rejects with a `Failure`; with a `ModelFailure`
 * where the files are wrong.
 */
export async function startService(request: RunRequest): Promise<RunningService> {
	const service = openService(request.path);
	const configuration = chooseConfiguration(service, request.configuration, request.preferredConfiguration);
	check(service, configuration);
	const places = await placesOf(service, request, request.stopWhileStarting ?? new AbortController().signal);
	if (request.stopWhileStarting?.aborted) {
		throw new Failure('The start was ended before the service ran.');
	}
	const definition = service.definition.path;
	const state = claimStateFolder(request.stateFolder ?? cacheFolder(), service.definition.name?.text ?? '', definition);
	try {
		return start({ request, service, places, state }, configuration);
	} catch (error) {
		state.release();
		throw error;
	}
}

interface Run {
	readonly request: RunRequest;
	readonly service: OpenedService;
	readonly places: Readonly<Record<string, RolePlace>>;
	readonly state: StateFolder;
}

function placesOf(service: OpenedService, request: RunRequest, stopped: AbortSignal): Promise<Run['places']> {
	const { roles, build, distFolder, progress } = request;
	return prepareRoles(service, { roles, build, distFolder, cache: cacheFolder(), stopped, progress });
}

function start(first: Run, configuration: Configuration): RunningService {
	let run = first;
	const { request, service, state } = run;
	const { plan, notes } = planOf(run, configuration);
	const world = createWorld({
		timeFactor: request.timeFactor,
		distFolder: request.distFolder,
		stateFolder: state.folder,
	});
	const deployment = new Deployment(plan, world, {
		onStopLimit: request.onStopLimit,
		debug: debuggedInstances(plan, request.debug ?? []),
	});
	if (request.onEntry) {
		deployment.journal.onEntry(request.onEntry);
	}
	for (const text of notes) {
		deployment.report({ event: 'note', text });
	}
	let watched: { readonly path: string; readonly watch: Disposable } | undefined;
	/** The file of the configuration in force is the one that is watched. */
	const follow = (path: string): void => {
		if (watched?.path !== path) {
			watched?.watch.dispose();
			watched = { path, watch: watchFile(path, () => configure(path, 'file')) };
		}
	};
	const configure = (file: string, by: CommandSource): void => {
		const taken = submitConfiguration(run, deployment, file, by);
		if (taken) {
			follow(taken.path);
		}
	};
	const ended = new AbortController();
	/** One after the other, so that what was asked for last is what is deployed last. */
	let built: Promise<unknown> = Promise.resolve();
	const update = (mode: WalkMode, by: CommandSource): void => {
		const updated = built.then(() => updatedRun(run, watched?.path ?? configuration.path, ended.signal));
		built = updated.then(
			({ run: next }) => {
				run = next;
			},
			() => {},
		);
		deployment.update(
			updated.then(({ plan }) => plan),
			mode,
			by,
		);
	};
	follow(configuration.path);
	const stopped = untilStopped(deployment).then(async () => {
		ended.abort();
		await built;
		watched?.watch.dispose();
		await world.dispose();
		state.release();
	});
	deployment.start();
	return {
		name: plan.service,
		definition: service.definition.path,
		configuration: configuration.path,
		deployment,
		plan,
		submit: (command, by) => {
			if (command.command === 'configure') {
				configure(command.file, by);
			} else if (command.command === 'update') {
				update(command.mode, by);
			} else {
				deployment.submit(command, by);
			}
		},
		refuse: text => deployment.report({ event: 'error', text }),
		stop: async () => {
			void deployment.stop();
			await stopped;
		},
		stopped,
	};
}

/** An invalid file changes nothing; what is wrong with it is in the journal, and it is read again when it changes again. */
function submitConfiguration(
	run: Run,
	deployment: Deployment,
	file: string,
	by: CommandSource,
): Configuration | undefined {
	const command = commandText({ command: 'configure', file });
	try {
		const configuration = openConfiguration(chooseConfiguration(run.service, file).path);
		check(run.service, configuration);
		deployment.configure(planOf(run, configuration).plan, by, command);
		return configuration;
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		const text = error instanceof ModelFailure ? error.errors.map(errorText).join('\n') : error.message;
		deployment.report({ event: 'command', command, by });
		deployment.report({
			event: 'error',
			text: `The configuration was not taken, and the former one stays in force. ${text}`,
		});
		return undefined;
	}
}

/** Reads and builds what is there now, as the start did. */
async function updatedRun(run: Run, configurationFile: string, stopped: AbortSignal) {
	const service = openService(run.request.path);
	const configuration = openConfiguration(configurationFile);
	check(service, configuration);
	const updated = { ...run, service, places: await placesOf(service, run.request, stopped) };
	return { run: updated, plan: planOf(updated, configuration).plan };
}

function planOf({ request, service, places, state }: Run, configuration: Configuration) {
	const planned = planDeployment(service.definition, configuration, places, {
		deploymentId: state.deploymentId,
		stateFolder: state.folder,
		...(request.roles && { roles: request.roles }),
		...(request.counts && { counts: request.counts }),
	});
	if ('problems' in planned) {
		throw new Failure(planned.problems.join('\n'));
	}
	return planned;
}

function check(service: OpenedService, configuration: Configuration): void {
	const errors = errorsBeforeRun(service.definition, configuration, service.rolewright);
	if (errors.length > 0) {
		throw new ModelFailure(errors);
	}
}

function debuggedInstances(plan: DeploymentPlan, debug: readonly string[]): ReadonlySet<string> {
	const firsts = debug.includes('first') ? plan.roles.map(role => `${role.name}_IN_0`) : [];
	return new Set([...debug.filter(name => name !== 'first'), ...firsts]);
}

function untilStopped(deployment: Deployment): Promise<void> {
	return new Promise(resolve => {
		const snapshots = deployment.onSnapshot(({ status }) => {
			if (status === 'Stopped') {
				snapshots.dispose();
				resolve();
			}
		});
	});
}
