import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../base/failure';
import type { Problem } from '../base/problem';
import { instanceFolders, localStoreFolder } from '../lifecycle/actor/environment';
import { indexOf, instanceId, roleOf } from '../lifecycle/domains';
import type { JournalEntry } from '../lifecycle/journal/journal';
import { readAddress } from '../lifecycle/slots';
import { errorText, ModelFailure } from '../runner/checkBeforeRun';
import { declaredNames } from '../runner/declaredNames';
import { chooseConfiguration, openService } from '../runner/openService';
import { type RunningService, type RunRequest, startService } from '../runner/startService';
import { checkScenario, type KnownService } from './checkScenario';
import type { ScenarioText } from './night';
import type { PlayedService } from './play';
import { type Played, playScenario, type Stage } from './playScenario';
import { readScenario } from './readScenario';
import type { ResourceFile, Scenario } from './scenario';

export interface ScenarioRun extends Pick<Stage, 'ended' | 'onStep'> {
	/** The file of the scenario, absolute: its paths are relative to the folder of it. */
	readonly path: string;
	/** The folder that the state of the run lives in, its own. */
	readonly stateFolder: string;
	/** The folder of the built product. */
	readonly distFolder: string;
	/** Ends everything at once, when an orderly stop takes too long. */
	readonly endedAtOnce?: AbortSignal;
	readonly progress: (text: string) => void;
	readonly onEntry?: (entry: JournalEntry) => void;
	/** Starts the service in place of `startService`, where somebody else keeps the services that run. */
	readonly start?: (request: RunRequest) => Promise<RunningService>;
}

/** Plays a scenario with real processes. */
export async function runScenario(scenario: Scenario, run: ScenarioRun): Promise<Played> {
	// Whoever plays many has one signal for all of them: nothing of a play that is over may listen to it.
	const ended = relayed(run.ended);
	const endedAtOnce = relayed(run.endedAtOnce);
	const start = async (): Promise<PlayedService> => {
		const request = requestOf(scenario, { ...run, ended: ended.signal });
		const service = await (run.start ?? startService)(request).catch(explained);
		endedAtOnce.signal.addEventListener('abort', () => void service.stop());
		return playedService(service, run);
	};
	try {
		return await playScenario(scenario, { start, ended: ended.signal, ...(run.onStep && { onStep: run.onStep }) });
	} finally {
		ended.dispose();
		endedAtOnce.dispose();
	}
}

function relayed(source: AbortSignal | undefined): { readonly signal: AbortSignal; dispose(): void } {
	const relay = new AbortController();
	const abort = () => relay.abort();
	if (source?.aborted) {
		abort();
	}
	source?.addEventListener('abort', abort, { once: true });
	return { signal: relay.signal, dispose: () => source?.removeEventListener('abort', abort) };
}

/**
 * The scenario of a text where it can be played, or what is wrong with it: its form, the names that its service does not
 * have, or that there is no such service.
 */
export function playableScenario({ path: scenarioPath, text }: ScenarioText): {
	readonly scenario?: Scenario;
	readonly wrong: readonly Problem[];
} {
	const { scenario, problems } = readScenario(text);
	if (!scenario) {
		return { wrong: problems };
	}
	try {
		const wrong = checkScenario(scenario, knownServiceOf(scenario, scenarioPath));
		return wrong.length > 0 ? { wrong } : { scenario, wrong };
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		const { start, end } = scenario.service;
		const wrong = { code: 'scenarioService', severity: 'error', layer: 'rule', span: { start, end } } as const;
		return { wrong: [{ ...wrong, message: error.message }] };
	}
}

/** What the scenario may name, as its service is on disk. Throws a `Failure` where that cannot be read. */
function knownServiceOf(scenario: Scenario, scenarioPath: string): KnownService {
	const service = openService(serviceOf(scenario, scenarioPath));
	const configuration = chooseConfiguration(service, configurationOf(scenario, scenarioPath));
	return { roles: declaredNames(service.definition, configuration) };
}

function requestOf(scenario: Scenario, run: ScenarioRun): RunRequest {
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
		...(run.onEntry && { onEntry: run.onEntry }),
		// What is expected may be looked for anywhere in it.
		keepsWholeJournal: true,
	};
}

/** The path of the service that a scenario names. */
export function serviceOf({ service }: Pick<Scenario, 'service'>, scenarioPath: string): string {
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
	const { deployment, clock, stopped } = service;
	return {
		deployment,
		clock,
		submit: (command, by) =>
			service.submit(
				command.command === 'configure' ? { ...command, file: configurationFile(command.file, run.path) } : command,
				by,
			),
		carriedOut: () => deployment.carriedOut(),
		stop: () => service.stop(),
		stopped,
		files: {
			read: file => {
				const place = placeOf(file, deployment);
				return place && statSync(place, { throwIfNoEntry: false })?.isFile() ? readFileSync(place, 'utf8') : undefined;
			},
			write: (file, text) => writeFile(file, deployment, text),
		},
	};
}

type Planned = Pick<RunningService['deployment'], 'planIn'>;

/** Only a resource that the plan knows becomes a path; the reader of scenarios keeps the file inside it. */
function placeOf({ instance: address, resource, file }: ResourceFile, deployment: Planned): string | undefined {
	const { slot, name } = readAddress(address);
	const plan = deployment.planIn(slot);
	const role = plan?.roles.find(each => each.name === roleOf(name));
	if (!plan || !role?.localStorage.some(storage => storage.name === resource)) {
		return undefined;
	}
	const folder = instanceFolders(plan, instanceId(role.name, indexOf(name)));
	return path.join(localStoreFolder(folder, resource), file);
}

function writeFile(file: ResourceFile, deployment: Planned, text: string): void {
	const place = placeOf(file, deployment);
	const folder = placeOf({ ...file, file: '' }, deployment);
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
