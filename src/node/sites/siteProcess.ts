import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Failure, textOfError } from '../../base/failure';
import type { RoleEnvironment } from '../../lifecycle/roleEnvironment';
import type { FromSites, SiteApplication, SitesAsked, SitesTold } from '../../lifecycle/siteHost';
import type { Clock } from '../../lifecycle/world';
import { pause, wallClock } from '../clock';
import { exitFields } from '../hosts/channelHost';
import { endpointVariables } from '../hosts/programHost';
import { temporaryFolder } from '../hosts/tasks';
import type { Ports } from '../network/ports';
import { childEnvironment } from '../processes/childEnvironment';
import { askThenKill, type Exit, type RunningProcess, startProcess } from '../processes/processes';
import type { ProcessRecord } from '../processes/processStart';
import type { ChannelKind } from '../runtimeProtocol/channels';
import type { CurrentState } from '../runtimeProtocol/currentState';
import { type Leases, statusLeases } from '../runtimeProtocol/leases';
import { openRuntimeServer, type RuntimeServer } from '../runtimeProtocol/runtimeServer';
import { listeningAddress } from './listeningAddress';
import { type SiteCommand, siteCommand } from './siteCommand';
import { openSiteRuntime, type SiteHook, type SiteRuntime, takesHook } from './siteRuntime';

export interface SiteProcessContext {
	readonly clock: Clock;
	readonly ports: Ports;
	readonly record?: ProcessRecord;
	/** How a .NET site comes to its role environment; without it there is none in it. */
	readonly hook?: SiteHook;
	readonly instance: string;
	/** The folder of the instance. */
	readonly root: string;
	readonly variables: Readonly<Record<string, string>>;
	/** In force now. */
	readonly environment: () => RoleEnvironment;
	readonly heard: (message: FromSites) => void;
}

/** Where the process of an application answers, and what it wants of a request. */
export interface Answering {
	readonly address: string;
	readonly port: number;
	readonly command: SiteCommand;
}

/** Rapid-fail protection of IIS: so many crashes in so many milliseconds of fabric time, and it stays down. */
const mostCrashes = 5;
const crashTime = 5 * 60_000;

/** Milliseconds of wall time that it has to end when it is asked to. */
const endLimit = 3_000;

/**
 * The process of one application, as IIS keeps a worker process: started when the site opens, started again at once when
 * it dies, and given up after five crashes in five minutes. The instance lives on all the while (role-lifecycle.md 1).
 */
export class SiteProcess {
	/** Rejects with a `Failure` where it cannot answer. */
	private answering: Promise<Answering> | undefined;
	private running: RunningProcess | undefined;
	private crashes: readonly number[] = [];
	private stopping = false;
	private endsAtOnce = false;
	/** Where the process finds its role environment, as a program entry point does. */
	private runtime: RuntimeServer | undefined;
	private leases: Leases | undefined;
	/** A program that listens says that it was told of the stop. */
	private stopHeard: () => void = () => {};
	/** The role environment of a .NET process. */
	private dotnet: SiteRuntime | undefined;
	/** The last incarnation that it was given (runtime-protocol.md 6). */
	private readonly incarnations = { last: 100_000 };
	private settle: () => void = () => {};
	/** Settles when no process of it runs, and none will again. */
	readonly ended = new Promise<void>(resolve => {
		this.settle = resolve;
	});

	constructor(
		private readonly context: SiteProcessContext,
		private readonly application: SiteApplication,
		/** `Web`, or `Web/shop`. */
		private readonly name: string,
	) {}

	/** Starts it; what keeps it from starting is told once. */
	start(): void {
		this.answering ??= this.begin();
		// Whoever asks hears of it; nobody may ask.
		this.answering.catch(() => {});
	}

	/** Where it answers, when it does. Rejects with a `Failure` whose sentence the visitor gets. */
	place(): Promise<Answering> {
		this.start();
		return this.answering as Promise<Answering>;
	}

	/** True when the process cancels the change; undefined where it does not listen, or answers in its own time. */
	ask(message: SitesAsked): Promise<boolean> | undefined {
		return this.dotnet?.ask(message);
	}

	/** Tells the process of a changed environment, if it listens. */
	change(message: SitesTold): void {
		this.runtime?.change(message.environment);
		this.dotnet?.tell(message);
	}

	checkStatus(): void {
		this.dotnet?.checkStatus();
	}

	/** Tells it that the instance stops, where it listens; then asks it to end, and ends it where it does not. */
	async stop(raiseStopping: boolean): Promise<void> {
		this.stopping = true;
		await (raiseStopping ? this.tellStop() : undefined);
		if (this.running && this.endsAtOnce) {
			this.running.kill();
		} else if (this.running) {
			void askThenKill(this.running, endLimit);
		} else {
			this.settle();
		}
	}

	private tellStop(): Promise<unknown> | undefined {
		const { dotnet, runtime, running, endsAtOnce } = this;
		if (!runtime?.hasReader() || !running || endsAtOnce) {
			return dotnet?.stopping();
		}
		const heard = new Promise<void>(resolve => {
			this.stopHeard = resolve;
		});
		runtime.stop(new Date(Date.now() + endLimit));
		return Promise.race([heard, running.exited, pause(endLimit)]);
	}

	kill(): void {
		this.stopping = true;
		if (this.running) {
			this.running.kill();
		} else {
			this.settle();
		}
	}

	private async begin(): Promise<Answering> {
		const { context } = this;
		const owner = `${context.instance}/${this.name}`;
		const token = randomBytes(16).toString('hex');
		const port = await context.ports.own(owner);
		const release = (): void => context.ports.release(owner);
		if (this.stopping) {
			release();
			throw new Failure('The instance is being stopped.');
		}
		const command = this.command(port, token, release);
		if (command.note !== undefined) {
			context.heard({ type: 'note', text: `The site '${this.name}': ${command.note}` });
		}
		this.runtime = command.channel && (await this.openRuntime(command.channel));
		this.dotnet = command.takesHook && (await this.openDotnet());
		if (this.stopping) {
			release();
			this.closeRuntime();
			throw new Failure('The instance is being stopped.');
		}
		return this.run(command, port, release);
	}

	private openRuntime(kind: ChannelKind): Promise<RuntimeServer> {
		const { environment, heard, record } = this.context;
		const leases = statusLeases(wallClock, true, status => heard({ type: 'status', status }));
		this.leases = leases;
		const listener = {
			said: (state: CurrentState) => {
				if (state.status === 'Recycle') {
					heard({ type: 'requestRecycle' });
				} else if (state.status === 'Stopped') {
					this.stopHeard();
				} else {
					leases.take(state);
				}
			},
			garbage: () => {},
		};
		return openRuntimeServer(environment(), this.incarnations, wallClock, listener, {
			kind,
			folderPrefix: record?.folderPrefix,
		});
	}

	private async openDotnet(): Promise<SiteRuntime | undefined> {
		const { hook, environment, heard } = this.context;
		const { serves, folder } = this.application;
		if (hook === undefined || serves.kind !== 'aspnetcore') {
			return undefined;
		}
		const configuration = path.join(folder, serves.assembly.replace(/\.dll$/i, '.runtimeconfig.json'));
		if (takesHook(configuration, hook.assembly)) {
			return openSiteRuntime(hook, this.name, environment, heard);
		}
		const text = `The site '${this.name}' has no role environment: for that it must be made for .NET 8 or later.`;
		heard({ type: 'note', text });
		return undefined;
	}

	/** With the process goes what it has said of itself. */
	private closeRuntime(): void {
		this.leases?.dispose();
		this.leases = undefined;
		this.runtime?.dispose();
		this.runtime = undefined;
		this.dotnet?.dispose();
		this.dotnet = undefined;
		this.context.heard({ type: 'status', status: 'Ready' });
	}

	private command(port: number, token: string, release: () => void): SiteCommand {
		try {
			return siteCommand(this.application, port, token);
		} catch (error) {
			release();
			const text = `The site '${this.name}' is not served. ${textOfError(error)}`;
			// What only Windows can do is known to everybody who is not there; anything else is to be mended.
			const expected = this.application.serves.kind === 'aspnet';
			this.context.heard({ type: expected ? 'note' : 'error', text });
			throw error;
		}
	}

	private async run(command: SiteCommand, port: number, ended: () => void): Promise<Answering> {
		const { heard, root, variables, record } = this.context;
		const endpoint = this.runtime ? endpointVariables(this.runtime) : {};
		const running = startProcess({
			run: command.run,
			cwd: command.cwd,
			env: childEnvironment(
				temporaryFolder(root),
				variables,
				endpoint,
				this.dotnet?.variables ?? {},
				command.variables,
			),
			line: (stream, text) => {
				if (!command.talk?.test(text)) {
					heard({ type: 'output', stream, text });
				}
			},
			...(record && { record }),
		});
		const { pid } = running;
		this.running = running;
		this.endsAtOnce = command.endsAtOnce === true;
		const text = `${this.name}: ${command.text}`;
		if (pid !== undefined) {
			heard({ type: 'started', pid, text });
		}
		const exited = running.exited.then(exit => {
			if (pid !== undefined) {
				heard({ type: 'ended', pid, text, ...exitFields(exit) });
			}
			this.running = undefined;
			this.closeRuntime();
			ended();
			this.exited(exit);
			throw new Failure(`Its process ${howEnded(exit)} before it answered; see its output.`);
		});
		let isGone = false;
		void running.exited.then(() => {
			isGone = true;
		});
		const address = await Promise.race([listeningAddress(port, () => isGone, this.context.clock), exited]);
		exited.catch(() => {});
		return { address, port, command };
	}

	private exited(exit: Exit): void {
		const { heard, clock } = this.context;
		this.answering = undefined;
		if (this.stopping) {
			this.settle();
			return;
		}
		const now = clock.now();
		this.crashes = [...this.crashes.filter(at => now - at < crashTime), now];
		if (this.crashes.length < mostCrashes && exit.failure === undefined) {
			this.start();
			return;
		}
		const what =
			exit.failure ??
			`Its process has ended ${mostCrashes} times in 5 minutes, so it is not started again (rapid-fail protection of IIS): correct it, and recycle the instance.`;
		heard({ type: 'error', text: `The site '${this.name}' is not served any more. ${what}` });
		this.answering = Promise.reject(new Failure(what));
		this.answering.catch(() => {});
	}
}

function howEnded({ exitCode, signal, failure }: Exit): string {
	return failure ?? (signal ? `was ended by ${signal}` : `ended with code ${exitCode ?? 'unknown'}`);
}
