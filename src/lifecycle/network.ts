/** Ports on loopback, and the balancer in front of input endpoints. */
export interface Network {
	/**
	 * A port that is free now, the wished one if it can be had. Every instance has a loopback address of its own where the
	 * system has some to give; `note` says once that it has none.
	 */
	claim(request: PortRequest): Promise<Listening & { readonly note?: string }>;
	release(instance: string): void;
	/** Opens the public side of an input endpoint; another port than the wished one where that is taken, and why. */
	open(request: FrontRequest): Promise<Listening & { readonly why?: string }>;
	/** The instances in rotation, from now on. */
	route(role: string, endpoint: string, targets: readonly BalancerTarget[]): void;
	/** Closes one public side. */
	shut(role: string, endpoint: string): void;
	/** Resolves when an instance that has left the rotation holds what was sent to it; undefined when nothing is on its way. */
	drained(instance: string): Promise<void> | undefined;
	/** One question of the load balancer to an instance. Never rejects. */
	probe(place: Listening, question: ProbeQuestion): Promise<ProbeAnswer>;
	/** Where the processes of this tree listen for TCP connections; undefined where the system does not tell. */
	listeners(pid: number): Promise<readonly Listening[] | undefined>;
	/** Closes every public side. */
	close(): Promise<void>;
}

export interface PortRequest {
	readonly instance: string;
	readonly endpoint: string;
	/** `udp`, or anything that comes over TCP. */
	readonly protocol: string;
	readonly wished?: number;
	/** Peers know the port by heart, so that every instance has the same one, each at its own address. */
	readonly fixed?: boolean;
}

export interface FrontRequest {
	readonly role: string;
	readonly endpoint: string;
	readonly protocol: string;
	readonly wished: number;
	readonly distribution?: Distribution;
	/** Milliseconds of fabric time without a byte after which a connection is dropped. */
	readonly idleTimeout?: number;
	/** False for a client that is refused, by its address; without it everybody comes in. */
	readonly admits?: (address: string) => boolean;
	/** What a person should know of it later: a sentence. */
	readonly noticed?: (text: string) => void;
}

/** `none`: each connection goes where its turn is; `sourceIP`, `sourceIPProtocol`: a client keeps its instance (csdef.md 7.1). */
export type Distribution = 'none' | 'sourceIP' | 'sourceIPProtocol';

export interface BalancerTarget extends Listening {
	readonly instance: string;
}

/** `path`: asked by HTTP; without one a TCP connection is all (csdef.md 3). */
export interface ProbeQuestion {
	readonly path?: string;
	/** Given up when it fires. */
	readonly signal: AbortSignal;
}

/** `healthy`: HTTP 200, or a connection. `refused`: another HTTP answer. `silent`: nothing, or no connection. */
export type ProbeAnswer =
	| { readonly answer: 'healthy' | 'silent' }
	| { readonly answer: 'refused'; readonly status: number };

export interface Listening {
	readonly address: string;
	readonly port: number;
}

export type EndpointKind = 'input' | 'internal' | 'instanceInput';

/** Where an instance's endpoint listens, and the public port in front of it. */
export interface EndpointPlace extends Listening {
	readonly publicPort?: number;
}

/** Looks up what was claimed; undefined where an instance has no such port (yet). */
export type PlaceOf = (instance: string, endpoint: string) => EndpointPlace | undefined;
