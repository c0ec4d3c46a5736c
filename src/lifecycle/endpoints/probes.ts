import type { InstanceName } from '../domains';
import { instanceId } from '../domains';
import { durationText } from '../duration';
import type { JournalWriter } from '../journal/journalWriter';
import type { Listening, Network, PlaceOf, ProbeAnswer } from '../network';
import type { EndpointPlan, ProbePlan, RolePlan } from '../plan/deploymentPlan';
import type { Clock } from '../world';

export interface ProbesContext {
	readonly clock: Clock;
	readonly network: Network;
	readonly journal: JournalWriter;
	readonly placeOf: PlaceOf;
	/** Runs it after what is being carried out now. */
	readonly post: (task: () => void) => void;
	/** An instance of this role came into the rotation of an endpoint, or left it. */
	readonly changed: (role: string) => void;
}

/**
 * The custom probes of the load balancer. They ask a program from the start of its process to its end, in fabric time, and
 * what they hear decides in place of the instance's own status: also while OnStop runs (role-lifecycle.md 9). Endpoints
 * without one follow the guest agent, which is the state of the instance.
 */
export class Probes {
	private readonly asking = new Map<string, readonly EndpointProbe[]>();

	constructor(private readonly context: ProbesContext) {}

	/** A process of the instance is there. */
	begin(role: RolePlan, name: InstanceName): void {
		const instance = instanceId(role.name, name.index);
		this.end(name, 'the process was replaced');
		const probes = role.endpoints.flatMap(endpoint =>
			endpoint.probe ? [new EndpointProbe(this.context, role, instance, endpoint, endpoint.probe)] : [],
		);
		this.asking.set(instance, probes);
		for (const probe of probes) {
			probe.tick();
		}
	}

	/** The instance is Ready: asked now too, so that nobody waits for the interval to pass. */
	hurry({ role, index }: InstanceName): void {
		for (const probe of this.asking.get(instanceId(role, index)) ?? []) {
			probe.ask();
		}
	}

	/** Its process is gone. */
	end({ role, index }: InstanceName, why = 'its process has ended'): void {
		const instance = instanceId(role, index);
		for (const probe of this.asking.get(instance) ?? []) {
			probe.end(why);
		}
		this.asking.delete(instance);
	}

	isHealthy(instance: string, endpoint: string): boolean {
		return this.asking.get(instance)?.some(probe => probe.endpoint.name === endpoint && probe.healthy) ?? false;
	}
}

/** One probe of one instance. */
class EndpointProbe {
	healthy = false;
	private readonly stopped = new AbortController();
	private timer: { dispose(): void } | undefined;
	/** Fabric time of the last word of it. */
	private heard: number;
	private isAsking = false;

	constructor(
		private readonly context: ProbesContext,
		private readonly role: RolePlan,
		private readonly instance: string,
		readonly endpoint: EndpointPlan,
		private readonly plan: ProbePlan,
	) {
		this.heard = context.clock.now();
	}

	/** Asks, and asks again after every interval. */
	tick(): void {
		const { clock, post } = this.context;
		if (this.healthy && clock.now() - this.heard >= this.plan.timeout) {
			this.leave(`the probe '${this.plan.name}' has heard nothing for ${durationText(this.plan.timeout)}`);
		}
		this.ask();
		this.timer = clock.after(this.wait(), () => post(() => this.stopped.signal.aborted || this.tick()));
	}

	/** One question at a time: an instance that hangs is not asked twice. */
	ask(): void {
		const place = this.place();
		if (place === undefined || this.isAsking) {
			return;
		}
		const { network, post } = this.context;
		const { path } = this.plan;
		const { signal } = this.stopped;
		this.isAsking = true;
		void network.probe(place, { ...(path !== undefined && { path }), signal }).then(answer =>
			post(() => {
				this.isAsking = false;
				if (!signal.aborted) {
					this.answered(answer);
				}
			}),
		);
	}

	end(why: string): void {
		this.stopped.abort();
		this.timer?.dispose();
		this.leave(why);
	}

	/** An answer other than 200 takes the instance out at once; silence does when it has lasted for the time-out. */
	private answered(answer: ProbeAnswer): void {
		switch (answer.answer) {
			case 'healthy':
				this.heard = this.context.clock.now();
				this.become(true, `the probe '${this.plan.name}' is answered`);
				return;
			case 'refused':
				this.leave(`the probe '${this.plan.name}' is answered with ${answer.status}`);
				return;
			case 'silent':
				return;
		}
	}

	/** The next question, or the end of the time-out where that comes first. */
	private wait(): number {
		const { interval, timeout } = this.plan;
		const left = this.heard + timeout - this.context.clock.now();
		return this.healthy && left > 0 ? Math.min(interval, left) : interval;
	}

	/** A port that an endpoint of the role declares is where that endpoint listens here; any other one is taken as it is. */
	private place(): Listening | undefined {
		const { placeOf } = this.context;
		const own = placeOf(this.instance, this.endpoint.name);
		const { port } = this.plan;
		if (port === undefined || own === undefined) {
			return own;
		}
		const declares = ({ localPort, publicPort }: EndpointPlan) => localPort === port || publicPort === port;
		const named = declares(this.endpoint) ? this.endpoint : this.role.endpoints.find(declares);
		return named ? placeOf(this.instance, named.name) : { address: own.address, port };
	}

	private leave(why: string): void {
		this.become(false, why);
	}

	private become(healthy: boolean, why: string): void {
		if (healthy === this.healthy) {
			return;
		}
		this.healthy = healthy;
		const { journal, changed } = this.context;
		const rotation = healthy ? 'in' : 'out';
		journal.write({ event: 'rotation', rotation, why, endpoint: this.endpoint.name }, this.instance);
		changed(this.role.name);
	}
}
