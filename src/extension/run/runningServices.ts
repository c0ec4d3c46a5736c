import path from 'node:path';
import * as vscode from 'vscode';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import type { DeploymentSnapshot } from '../../lifecycle/snapshot';
import type { RunningService, RunRequest } from '../../runner/startService';
import { MendableFailure, offer } from '../commands';
import type { Settings } from '../workspace/settings';

/** A service that is being built, runs, or is being stopped. A value: it is replaced, never changed. */
export interface Run {
	/** The path of its definition. */
	readonly definition: string;
	readonly state: 'starting' | 'running' | 'stopping';
	/** There as soon as it is deployed. */
	readonly service: RunningService | undefined;
	readonly snapshot: DeploymentSnapshot | undefined;
	/** A debugger holds the fabric: at this place of an instance's life or, empty, where it was paused. */
	readonly standsAt?: string | undefined;
	/** Ends a build that is under way. */
	readonly whileStarting: AbortController;
}

/** What is not said is read from the settings. */
export interface StartRequest {
	/** Absolute path of a folder with one definition, of a `.csdef` or of a `.ccproj`. */
	readonly service: string;
	readonly configuration?: string | undefined;
	readonly onStopLimit?: string | undefined;
	/** The instances that wait for a debugger in each life; `first` is the first one of every role. */
	readonly debug: readonly string[];
	/** Ends a build, and a start that is not through. */
	readonly stopped?: AbortSignal;
	/** What a scenario says of the run, in place of the settings. */
	readonly said?: ScenarioRequest;
}

export type ScenarioRequest = Pick<RunRequest, 'build' | 'onStopLimit' | 'timeFactor'> &
	Partial<Pick<RunRequest, 'configuration' | 'roles' | 'counts' | 'stateFolder' | 'keepsWholeJournal'>>;

/** Milliseconds for an orderly end when the window closes: VS Code itself waits about twice as long. */
const lastWait = 2_500;

/** The services that run in this window, each under the path of its definition: the one place that knows them. */
export class RunningServices implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<string>();
	private readonly wrote = new vscode.EventEmitter<{ definition: string; entry: JournalEntry }>();
	private readonly said = new vscode.EventEmitter<{ definition: string; text: string }>();
	private readonly runs = new Map<string, Run>();

	/** The definition of the service whose run began, went on or ended. */
	readonly onDidChange = this.changed.event;
	readonly onDidWriteEntry = this.wrote.event;
	/** A line of what comes before the journal: a build and its output. */
	readonly onDidPrepare = this.said.event;

	/** `dist` is the folder of the built product. */
	constructor(
		private readonly settings: Settings,
		private readonly dist: string,
	) {}

	dispose(): void {
		void this.stopAll();
		vscode.Disposable.from(this.changed, this.wrote, this.said).dispose();
	}

	runOf(definition: string): Run | undefined {
		return this.runs.get(definition);
	}

	all(): readonly Run[] {
		return [...this.runs.values()];
	}

	/** The service that was started from this definition, its folder or its project; throws a `Failure` where none runs. */
	running(service: string): RunningService {
		const runs = [...this.runs.values()].filter(({ definition }) => isOf(definition, service));
		const running = runs.find(run => run.service)?.service;
		if (!running) {
			throw new MendableFailure(
				vscode.l10n.t('The service {0} is not running; start it first.', service),
				offer(vscode.l10n.t('Start Service'), 'rolewright.startService', service),
			);
		}
		return running;
	}

	/** A debugger says where the fabric stands, and by `undefined` that it goes on. */
	stands(definition: string, standsAt: string | undefined): void {
		const run = this.runs.get(definition);
		if (run) {
			this.set({ ...run, standsAt });
		}
	}

	/** Builds and starts a service. Rejects with a `Failure` where it runs already or cannot be started. */
	async start(request: StartRequest): Promise<RunningService> {
		const { openService } = await import('../../runner/openService');
		const definition = openService(request.service).definition.path;
		if (this.runs.has(definition)) {
			throw new MendableFailure(
				vscode.l10n.t('This service is running already; stop it before you start it again.'),
				offer(vscode.l10n.t('Stop Service'), 'rolewright.stopService', definition),
			);
		}
		const whileStarting = new AbortController();
		request.stopped?.addEventListener('abort', () => whileStarting.abort(), { once: true });
		this.set({ definition, state: 'starting', service: undefined, snapshot: undefined, whileStarting });
		try {
			const service = await this.launch(definition, request, whileStarting.signal);
			this.follow(definition, service);
			return service;
		} catch (error) {
			this.end(definition);
			throw error;
		}
	}

	/** An orderly stop, of a build too; resolves when nothing of the service is left. The second call ends it at once. */
	async stop(definition: string): Promise<void> {
		const run = this.runs.get(definition);
		run?.whileStarting.abort();
		if (run) {
			this.set({ ...run, state: 'stopping' });
		}
		await run?.service?.stop();
	}

	/** For the end of the window, which waits for nobody: what has not stopped in order by then is ended. */
	async stopAll(): Promise<void> {
		const stopEach = () => Promise.all([...this.runs.keys()].map(definition => this.stop(definition)));
		const limit = setTimeout(() => void stopEach(), lastWait);
		await stopEach();
		clearTimeout(limit);
	}

	private async launch(definition: string, request: StartRequest, signal: AbortSignal): Promise<RunningService> {
		const { startService } = await import('../../runner/startService');
		const { parseDuration } = await import('../../runner/script');
		const scope = vscode.Uri.file(definition);
		const limit = request.onStopLimit || this.settings.onStopLimit.get(scope);
		const onStopLimit = parseDuration(limit);
		if (onStopLimit === undefined) {
			throw new MendableFailure(
				vscode.l10n.t('"{0}" is no limit for OnStop; write 5m or 30s.', limit),
				offer(vscode.l10n.t('Open Settings'), 'workbench.action.openSettings', 'rolewright.onStopLimit'),
			);
		}
		const preferred = this.settings.configuration.get(scope);
		const azurite = this.settings.azurite.get(scope);
		return startService({
			path: definition,
			...(azurite ? { azurite } : {}),
			...(request.configuration ? { configuration: request.configuration } : {}),
			...(preferred ? { preferredConfiguration: preferred } : {}),
			build: this.settings.buildMode.get(scope),
			onStopLimit,
			timeFactor: 1,
			debug: request.debug,
			distFolder: this.dist,
			stopWhileStarting: signal,
			...request.said,
			progress: text => this.said.fire({ definition, text }),
			onEntry: entry => this.wrote.fire({ definition, entry }),
		});
	}

	private follow(definition: string, service: RunningService): void {
		const { deployment } = service;
		const update = (snapshot: DeploymentSnapshot) => {
			const run = this.runs.get(definition);
			if (run) {
				this.set({ ...run, state: run.state === 'starting' ? 'running' : run.state, service, snapshot });
			}
		};
		update(deployment.snapshot);
		const listening = deployment.onSnapshot(update);
		void service.stopped.then(() => {
			listening.dispose();
			this.end(definition);
		});
	}

	private set(run: Run): void {
		this.runs.set(run.definition, run);
		this.changed.fire(run.definition);
	}

	private end(definition: string): void {
		this.runs.delete(definition);
		this.changed.fire(definition);
	}
}

function isOf(definition: string, service: string): boolean {
	return [definition, path.dirname(definition)].includes(path.resolve(service));
}
