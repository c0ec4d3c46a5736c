import path from 'node:path';
import { Failure } from '../base/failure';
import type { Command } from '../lifecycle/command';
import { HostedService } from '../lifecycle/deployment/hostedService';
import type { CommandSource, JournalEntry } from '../lifecycle/journal/journal';
import type { DeploymentPlan } from '../lifecycle/plan/deploymentPlan';
import type { Clock } from '../lifecycle/world';
import type { Configuration } from '../model/configuration';
import { openJournalFile } from '../node/disks/journalFile';
import { cacheFolder, claimStateFolder } from '../node/disks/stateFolder';
import type { TaskChoice } from '../node/hosts/taskChoices';
import type { CertificateFile } from '../node/sites/endpointCertificate';
import { createWorld } from '../node/world';
import { checkService, type DeployedRun, placesOf, planOf } from './deployedRun';
import { chooseConfiguration, openService, rolewrightFileIn } from './openService';
import { takeRequests } from './runRequests';
import { storageEmulator } from './storageEmulator';

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
	/** The command line that starts Azurite, in place of what `rolewright.json` says or what is found; `off` for none. */
	readonly azurite?: string;
	/** Ends a build, and a start that is not through. */
	readonly stopWhileStarting?: AbortSignal;
	/** What happens before there is a journal: a build and what it writes. */
	readonly progress: (text: string) => void;
	/** Hears every entry of the journal, from the first. */
	readonly onEntry?: (entry: JournalEntry) => void;
	/** Every entry stays in memory, for whoever reads the whole journal at the end; by default the newest do, and all on disk. */
	readonly keepsWholeJournal?: boolean;
}

export interface RunningService {
	readonly name: string;
	/** The files that it was started from, absolute. */
	readonly definition: string;
	readonly configuration: string;
	/** Production, with what stands in staging beside it. */
	readonly deployment: HostedService;
	/** Fabric time, as the journal has it. */
	readonly clock: Clock;
	/** The whole journal on disk, one JSON object a line; made anew by the next run. */
	readonly journalFile: string;
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
	checkService(service, configuration);
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

/** Entries in memory at the most: those of some hours of a service that says little, of a minute of one that says much. */
const inMemory = 50_000;

function start(run: DeployedRun, configuration: Configuration): RunningService {
	const { request, service, state } = run;
	const { plan, notes } = planOf(run, configuration);
	const world = createWorld({
		timeFactor: request.timeFactor,
		distFolder: request.distFolder,
		stateFolder: state.folder,
		taskChoice: (role, commandLine) => taskChoiceNow(service.definition.path, role, commandLine),
		certificateOf: (role, certificate) => certificateNow(service.definition.path, role, certificate),
	});
	const journalFile = openJournalFile(state.folder, text => deployment.report({ event: 'error', text }));
	const deployment: HostedService = new HostedService(plan, world, {
		onStopLimit: request.onStopLimit,
		debug: debuggedInstances(plan, request.debug ?? []),
		kept: { store: journalFile.store, ...(request.keepsWholeJournal ? {} : { inMemory }) },
	});
	if (request.onEntry) {
		deployment.journal.onEntry(request.onEntry);
	}
	for (const text of notes) {
		deployment.report({ event: 'note', text });
	}
	const storage = storageEmulator({
		folder: path.dirname(service.definition.path),
		named: request.azurite ?? service.rolewright.azurite,
		start: world.startAzurite,
		report: event => deployment.report(event),
	});
	deployment.journal.onEntry(storage.follow);
	const requests = takeRequests(run, configuration, deployment, world);
	const stopped = untilStopped(deployment).then(async () => {
		await requests.dispose();
		await storage.dispose();
		await world.dispose();
		journalFile.dispose();
		state.release();
	});
	void storage.provide(plan).then(() => deployment.start());
	return {
		name: plan.service,
		definition: service.definition.path,
		configuration: configuration.path,
		deployment,
		clock: world.clock,
		journalFile: journalFile.path,
		plan,
		submit: requests.submit,
		refuse: text => deployment.report({ event: 'error', text }),
		stop: async () => {
			void deployment.stop();
			await stopped;
		},
		stopped,
	};
}

/** Asked when a task starts, so that a choice counts from then on; a file that is half written says nothing. */
function taskChoiceNow(definition: string, role: string, commandLine: string): TaskChoice | undefined {
	try {
		return rolewrightFileIn(path.dirname(definition)).roles[role]?.tasks?.[commandLine];
	} catch {
		return undefined;
	}
}

/** Asked when an instance starts. Throws a `Failure` for a file that cannot be read as it is now. */
function certificateNow(definition: string, role: string, certificate: string): CertificateFile | undefined {
	const folder = path.dirname(definition);
	const certificates = rolewrightFileIn(folder).roles[role]?.certificates ?? {};
	const named = Object.hasOwn(certificates, certificate) ? certificates[certificate] : undefined;
	if (named === undefined) {
		return undefined;
	}
	const { file, key, password, passwordVariable } = named;
	const at = (written: string) => path.resolve(folder, written.replaceAll('\\', '/'));
	const secret = passwordVariable === undefined ? password : process.env[passwordVariable];
	return {
		file: at(file),
		...(key !== undefined && { key: at(key) }),
		...(secret !== undefined && { password: secret }),
	};
}

function debuggedInstances(plan: DeploymentPlan, debug: readonly string[]): ReadonlySet<string> {
	const firsts = debug.includes('first') ? plan.roles.map(role => `${role.name}_IN_0`) : [];
	return new Set([...debug.filter(name => name !== 'first'), ...firsts]);
}

function untilStopped(deployment: HostedService): Promise<void> {
	return new Promise(resolve => {
		const snapshots = deployment.onSnapshot(({ status }) => {
			if (status === 'Stopped') {
				snapshots.dispose();
				resolve();
			}
		});
	});
}
