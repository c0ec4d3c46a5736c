import path from 'node:path';
import type { SiteApplication, SitesAsked, SitesTold } from '../../lifecycle/siteHost';
import { pause, wallClock } from '../clock';
import { endpointVariables } from '../hosts/programHost';
import type { ChannelKind } from '../runtimeProtocol/channels';
import type { CurrentState } from '../runtimeProtocol/currentState';
import { type Leases, statusLeases } from '../runtimeProtocol/leases';
import { openRuntimeServer, type RuntimeServer } from '../runtimeProtocol/runtimeServer';
import type { SiteCommand } from './siteCommand';
import type { SiteProcessContext } from './siteProcess';
import { openSiteRuntime, type SiteRuntime, takesHook } from './siteRuntime';

type Context = Pick<SiteProcessContext, 'environment' | 'heard' | 'record' | 'hook'>;

/**
 * What the process of an application and its fabric say to each other, in the way that the program knows: the protocol of
 * program entry points, or the hook of .NET. Many know none.
 */
export class SiteConversation {
	private runtime: RuntimeServer | undefined;
	private leases: Leases | undefined;
	/** A program that listens says that it was told of the stop. */
	private stopHeard: () => void = () => {};
	private dotnet: SiteRuntime | undefined;
	/** The last incarnation that it was given (runtime-protocol.md 6). */
	private readonly incarnations = { last: 100_000 };

	constructor(
		private readonly context: Context,
		private readonly application: SiteApplication,
		/** `Web`, or `Web/shop`. */
		private readonly name: string,
	) {}

	/** Before the process is started: it finds its variables in its environment. */
	async open({ channel, takesHook }: SiteCommand): Promise<void> {
		this.runtime = channel && (await this.openRuntime(channel));
		this.dotnet = takesHook && (await this.openDotnet());
	}

	get variables(): Readonly<Record<string, string>> {
		return { ...(this.runtime && endpointVariables(this.runtime)), ...this.dotnet?.variables };
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

	/** Tells it that the instance stops; settles when it has heard, has ended, or after so many milliseconds. */
	stopping(limit: number, exited: Promise<unknown> | undefined): Promise<unknown> | undefined {
		if (!this.runtime?.hasReader() || exited === undefined) {
			return this.dotnet?.stopping();
		}
		const heard = new Promise<void>(resolve => {
			this.stopHeard = resolve;
		});
		this.runtime.stop(new Date(Date.now() + limit));
		return Promise.race([heard, exited, pause(limit)]);
	}

	/** With the process goes what it has said of itself. */
	close(): void {
		this.leases?.dispose();
		this.leases = undefined;
		this.runtime?.dispose();
		this.runtime = undefined;
		this.dotnet?.dispose();
		this.dotnet = undefined;
		this.context.heard({ type: 'status', status: 'Ready' });
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
}
