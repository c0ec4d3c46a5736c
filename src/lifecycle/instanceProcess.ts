import type { ActorContext } from './actorContext';
import { type InstanceName, instanceId } from './domains';
import type { Effect, InstanceEvent } from './instance';
import type { JournalEntry, JournalEvent } from './journal';
import { LivingRole } from './livingRole';
import { messageFor } from './messages';
import type { InstanceSnapshot } from './snapshot';
import type { Surroundings } from './surroundings';

/** The role process of an instance, life after life, and what stands around it as long as it is there (`serving.ts`). */
export class InstanceProcess {
	private living: LivingRole | undefined;

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
			this.take(event);
		};
		this.living = new LivingRole(world, this.around().roleLife(life, waits), this.write, post, take);
	}

	/** What is on its way to the instance arrives before a stop does. */
	send(effect: Parameters<typeof messageFor>[0]): void {
		const { living } = this;
		const { serving } = this.context;
		const environment = () => this.around().environment();
		const send = () => living?.send(messageFor(effect, environment));
		if (isStop(effect)) {
			serving.beforeStop(this.name, send);
			return;
		}
		send();
		if (effect.do === 'sendChanged') {
			serving.changed(this.name, environment());
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
		this.context.serving.begin({ name: this.name, role, pid, debugged, sites, requestRecycle });
	}
}

function isStop(effect: Effect): boolean {
	return effect.do === 'send' && (effect.message === 'stop' || effect.message === 'stopQuietly');
}
