import { randomBytes } from 'node:crypto';
import { Failure, textOfError } from '../../base/failure';
import type { RoleEnvironment } from '../../lifecycle/roleEnvironment';
import type { FromSites, SiteApplication, SitesAsked, SitesTold } from '../../lifecycle/siteHost';
import type { Clock } from '../../lifecycle/world';
import { exitFields } from '../hosts/channelHost';
import { temporaryFolder } from '../hosts/tasks';
import type { Ports } from '../network/ports';
import { childEnvironment } from '../processes/childEnvironment';
import { askThenKill, type Exit, type RunningProcess, startProcess } from '../processes/processes';
import type { ProcessRecord } from '../processes/processStart';
import { listeningAddress } from './listeningAddress';
import { type SiteCommand, siteCommand } from './siteCommand';
import { SiteConversation } from './siteConversation';
import type { SiteHook } from './siteRuntime';

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
	private readonly conversation: SiteConversation;
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
	) {
		this.conversation = new SiteConversation(context, application, name);
	}

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
		return this.conversation.ask(message);
	}

	/** Tells the process of a changed environment, if it listens. */
	change(message: SitesTold): void {
		this.conversation.change(message);
	}

	checkStatus(): void {
		this.conversation.checkStatus();
	}

	/** Tells it that the instance stops, where it listens; then asks it to end, and ends it where it does not. */
	async stop(raiseStopping: boolean): Promise<void> {
		this.stopping = true;
		const listens = this.running && !this.endsAtOnce;
		await (raiseStopping
			? this.conversation.stopping(endLimit, listens ? this.running?.exited : undefined)
			: undefined);
		if (this.running && this.endsAtOnce) {
			this.running.kill();
		} else if (this.running) {
			void askThenKill(this.running, endLimit);
		} else {
			this.settle();
		}
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
		await this.conversation.open(command);
		if (this.stopping) {
			release();
			this.conversation.close();
			throw new Failure('The instance is being stopped.');
		}
		return this.run(command, port, release);
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
		const running = startProcess({
			run: command.run,
			cwd: command.cwd,
			env: childEnvironment(temporaryFolder(root), variables, this.conversation.variables, command.variables),
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
			this.conversation.close();
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
