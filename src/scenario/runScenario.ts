import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../base/failure';
import type { DeploymentPlan } from '../lifecycle/deploymentPlan';
import { instanceId } from '../lifecycle/domains';
import { instanceFolders, localStoreFolder } from '../lifecycle/environment';
import type { Clock } from '../lifecycle/host';
import type { JournalEntry } from '../lifecycle/journal';
import { errorText, ModelFailure } from '../runner/checkBeforeRun';
import { chooseConfiguration, openService } from '../runner/openService';
import { type RunningService, startService } from '../runner/startService';
import type { KnownService } from './checkScenario';
import type { PlayedService } from './play';
import { type Played, playScenario, type Stage } from './playScenario';
import type { ResourceFile, Scenario } from './scenario';

export interface ScenarioRun extends Pick<Stage, 'ended' | 'onStep'> {
	/** The file of the scenario, absolute: its paths are relative to the folder of it. */
	readonly path: string;
	/** The folder that the state of the run lives in, its own. */
	readonly stateFolder: string;
	/** The folder of the built product. */
	readonly distFolder: string;
	/** A clock that runs so many times as fast as wall time. */
	readonly clockOf: (timeFactor: number) => Clock;
	/** Ends everything at once, when an orderly stop takes too long. */
	readonly endedAtOnce?: AbortSignal;
	readonly progress: (text: string) => void;
	readonly onEntry?: (entry: JournalEntry) => void;
}

/** Plays a scenario with real processes. */
export function runScenario(scenario: Scenario, run: ScenarioRun): Promise<Played> {
	const clock = fabricClock(run.clockOf(scenario.timeFactor));
	const hear = (entry: JournalEntry): void => {
		clock.hear(entry);
		run.onEntry?.(entry);
	};
	const start = async (): Promise<PlayedService> => {
		const service = await startService({ ...requestOf(scenario, run), onEntry: hear }).catch(explained);
		run.endedAtOnce?.addEventListener('abort', () => void service.stop());
		return playedService(service, run);
	};
	const { ended, onStep } = run;
	return playScenario(scenario, { clock, start, ended, ...(onStep && { onStep }) });
}

/** What the scenario may name, as its service is on disk. Throws a `Failure` where that cannot be read. */
export function knownServiceOf(scenario: Scenario, scenarioPath: string): KnownService {
	const service = openService(serviceOf(scenario, scenarioPath));
	const configuration = chooseConfiguration(service, configurationOf(scenario, scenarioPath));
	const countOf = (name: string | undefined) =>
		configuration.roles.find(role => role.name?.text === name)?.instances?.count ?? 0;
	return {
		roles: service.definition.roles.flatMap(({ name, settings, localStorage }) =>
			name === undefined
				? []
				: [
						{
							name: name.text,
							count: countOf(name.text),
							settings: settings.map(setting => setting.name.text),
							localResources: localStorage.map(storage => storage.name.text),
						},
					],
		),
	};
}

function requestOf(scenario: Scenario, run: ScenarioRun) {
	const configuration = configurationOf(scenario, run.path);
	return {
		path: serviceOf(scenario, run.path),
		...(configuration !== undefined && { configuration }),
		...(scenario.roles && { roles: scenario.roles.map(role => role.text) }),
		...(scenario.counts.length > 0 && {
			counts: Object.fromEntries(scenario.counts.map(({ role, count }) => [role.text, count])),
		}),
		build: scenario.build,
		onStopLimit: scenario.onStopLimit,
		timeFactor: scenario.timeFactor,
		stateFolder: run.stateFolder,
		distFolder: run.distFolder,
		stopWhileStarting: run.ended,
		progress: run.progress,
	};
}

function serviceOf({ service }: Scenario, scenarioPath: string): string {
	return path.resolve(path.dirname(scenarioPath), service.text);
}

function configurationOf({ configuration }: Scenario, scenarioPath: string): string | undefined {
	return configuration && configurationFile(configuration.text, scenarioPath);
}

/** A name such as `Local` stands as it is; a file is relative to the scenario. */
function configurationFile(text: string, scenarioPath: string): string {
	const file = path.resolve(path.dirname(scenarioPath), text);
	return /\.cscfg$/i.test(text) && statSync(file, { throwIfNoEntry: false }) ? file : text;
}

function playedService(service: RunningService, run: ScenarioRun): PlayedService {
	const { deployment, plan, stopped } = service;
	return {
		deployment,
		submit: (command, by) =>
			service.submit(
				command.command === 'configure' ? { ...command, file: configurationFile(command.file, run.path) } : command,
				by,
			),
		stop: () => service.stop(),
		stopped,
		files: {
			read: file => {
				const place = placeOf(file, plan);
				return place && statSync(place, { throwIfNoEntry: false })?.isFile() ? readFileSync(place, 'utf8') : undefined;
			},
			write: (file, text) => writeFile(file, plan, text),
		},
	};
}

/** Only a resource that the plan knows becomes a path; the reader of scenarios keeps the file inside it. */
function placeOf({ instance, resource, file }: ResourceFile, plan: DeploymentPlan): string | undefined {
	const [, roleName, index = ''] = /^(.*)_IN_(\d+)$/.exec(instance) ?? [];
	const role = plan.roles.find(each => each.name === roleName);
	const folder = instanceFolders(plan, instanceId(role?.name ?? '', Number(index)));
	return role?.localStorage.some(storage => storage.name === resource)
		? path.join(localStoreFolder(folder, resource), file)
		: undefined;
}

function writeFile(file: ResourceFile, plan: DeploymentPlan, text: string): void {
	const place = placeOf(file, plan);
	const folder = placeOf({ ...file, file: '' }, plan);
	if (place === undefined || folder === undefined || !statSync(folder, { throwIfNoEntry: false })) {
		throw new Failure(`There is no local resource '${file.resource}' of ${file.instance} yet: wait until it is ready.`);
	}
	mkdirSync(path.dirname(place), { recursive: true });
	writeFileSync(place, text);
}

/** The errors of a model are a list of sentences; a play has one. */
function explained(error: unknown): never {
	throw error instanceof ModelFailure ? new Failure(error.errors.map(errorText).join('\n')) : error;
}

/** Fabric time began when the service did: the journal says how far this clock is from it. */
function fabricClock(clock: Clock): Clock & { hear(entry: JournalEntry): void } {
	let ahead: number | undefined;
	return {
		now: () => clock.now() + (ahead ?? 0),
		after: clock.after,
		hear: entry => {
			ahead ??= Date.parse(entry.at) - clock.now();
		},
	};
}
