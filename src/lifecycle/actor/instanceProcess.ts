import { type InstanceName, instanceId } from '../domains';
import type { InstanceEvent } from '../instance/instance';
import type { JournalEntry, JournalEvent } from '../journal/journal';
import { messageFor } from '../messages';
import type { SitesAsked } from '../siteHost';
import type { InstanceSnapshot } from '../snapshot';
import type { ActorContext } from './actorContext';
import { LivingRole } from './livingRole';
import type { Surroundings } from './surroundings';

/** The role process of an instance, life after life, and what stands around it as long as it is there (`serving.ts`). */
export class InstanceProcess {
	private living: LivingRole | undefined;
	/** What the entry point and the sites have said of themselves: the instance is busy when one of them is. */
	private said: Said = nothingSaid;
	/** The change that the sites were asked about, and whether they cancel it; none once the instance is being stopped. */
	private asked: { cancelled: boolean } | undefined;

	constructor(
		private readonly name: InstanceName,
		private readonly context: Pick<ActorContext, 'world' | 'post' | 'debug' | 'serving'>,
		/** As they are now: they may change while the process starts. */
		private readonly around: () => Surroundings,
		private readonly write: (event: JournalEvent) => JournalEntry,
		private readonly take: (event: InstanceEvent) => void,
	) {}

	get pid(): number | undefined {
		return this.living?.pid;
	}

	get upSince(): number | undefined {
		return this.living?.upSince;
	}

	get debugger(): InstanceSnapshot['debugger'] {
		return this.living?.debugger ?? 'none';
	}

	/** A debugger has stopped it. */
	get isStopped(): boolean {
		return this.living?.isStopped ?? false;
	}

	/** `life` counts from 1. */
	start(life: number): void {
		const { world, post, debug, serving } = this.context;
		const waits = debug.has(instanceId(this.name.role, this.name.index));
		const take = (event: InstanceEvent) => {
			if (event.type === 'exited') {
				this.living = undefined;
				serving.end(this.name);
			} else if (event.type === 'hello') {
				this.serve(event.pid, waits);
			}
			this.take(this.withSites(event));
		};
		this.said = nothingSaid;
		this.asked = undefined;
		this.living = new LivingRole(world, this.around().roleLife(life, waits), this.write, post, take);
	}

	/** What is on its way to the instance arrives before a stop does. */
	send(effect: Parameters<typeof messageFor>[0]): void {
		const { living } = this;
		const { serving } = this.context;
		const environment = () => this.around().environment();
		const message = messageFor(effect, environment);
		const send = () => living?.send(message);
		switch (message.type) {
			case 'stop':
				this.asked = undefined;
				serving.beforeStop(this.name, message.raiseStopping, send);
				return;
			case 'changing':
			case 'simultaneousChanging':
				this.askSites(message, send);
				return;
			case 'changed':
			case 'simultaneousChanged':
				send();
				serving.changed(this.name, message);
				return;
			case 'checkStatus':
				send();
				serving.checkStatus(this.name);
				return;
			default:
				send();
		}
	}

	/** The events fire in the processes of the sites, too (service-runtime-api.md 3); the entry point hears of it after them. */
	private askSites(message: SitesAsked, send: () => void): void {
		const answer = this.context.serving.ask(this.name, message);
		if (answer === undefined) {
			send();
			return;
		}
		const asked = { cancelled: false };
		this.asked = asked;
		void answer.then(cancelled =>
			this.context.post(() => {
				if (this.asked === asked) {
					asked.cancelled = cancelled;
					send();
				}
			}),
		);
	}

	/** What the entry point says, with what the sites have said before. */
	private withSites(event: InstanceEvent): InstanceEvent {
		if (event.type === 'status') {
			this.said = { ...this.said, role: event.status };
			return { ...event, status: together(this.said) };
		}
		const ends = event.type === 'called' && event.call === 'Changing' && event.phase === 'end';
		return ends && this.asked?.cancelled && !event.error ? { ...event, result: { cancel: true } } : event;
	}

	private sitesSaid(sites: 'Ready' | 'Busy'): void {
		const before = together(this.said);
		this.said = { ...this.said, sites };
		const status = together(this.said);
		if (status !== before) {
			this.take({ type: 'status', status });
		}
	}

	hang(): void {
		this.living?.hang();
	}

	kill(): void {
		this.living?.kill();
	}

	openToDebugger(): void {
		this.living?.openToDebugger();
	}

	debuggerStopped(stopped: boolean): void {
		this.living?.debuggerStopped(stopped);
	}

	/** It waits for no debugger any more. */
	gaveUp(): void {
		this.living?.gaveUp();
	}

	private serve(pid: number, debugged: boolean): void {
		const around = this.around();
		const { role } = around;
		const sites = around.sitesLife();
		const requestRecycle = (n: number) => this.take({ type: 'requestRecycle', n });
		const said = (status: 'Ready' | 'Busy') => this.sitesSaid(status);
		this.context.serving.begin({ name: this.name, role, pid, debugged, sites, requestRecycle, said });
	}
}

interface Said {
	readonly role: 'Ready' | 'Busy';
	readonly sites: 'Ready' | 'Busy';
}

const nothingSaid: Said = { role: 'Ready', sites: 'Ready' };

function together({ role, sites }: Said): 'Ready' | 'Busy' {
	return role === 'Busy' || sites === 'Busy' ? 'Busy' : 'Ready';
}
