import { createHash, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Listening, PortRequest } from '../../lifecycle/network';
import { pace } from '../clock';

export const loopback = '127.0.0.1';

/**
 * Below what systems give to outgoing connections: between the claim and the moment its role listens, no connection of
 * anybody can be given the port.
 */
const lowest = 20_000;
const highest = 32_000;
const attempts = 200;

const noAddresses =
	'This system has no loopback address but 127.0.0.1, so all instances share it, and each has ports of its own: read them from the role environment.';

/**
 * Hands out the places where instances listen. Each instance has an address of its own, as on Azure; the same for the same
 * `seed` and order. But for the fixed ports of internal endpoints, no two instances have the same port all the same: most
 * programs listen at every address.
 */
export class Ports {
	/** Ports that are nobody else's at any address. */
	private readonly everywhere = new Set<number>();
	/** Ports that instances have at their own addresses, and at which. */
	private readonly fixedAt = new Map<number, Set<string>>();
	/** How each instance gives back what it has. */
	private readonly given = new Map<string, (() => void)[]>();
	/** By instance: the number of its address. */
	private readonly addresses = new Map<string, number>();
	private readonly numbers = new Set<number>();
	/** No number below it is free. */
	private lowestFree = 0;
	private readonly network: string;
	/** Undefined until it was tried. */
	private hasAddresses: boolean | undefined;

	/** `network`: the first three parts of the addresses, in place of those of the seed. */
	constructor(seed: string, network?: string) {
		// The first quarter of the loopback network is left to others: 127.0.1.1 and 127.0.0.53 are taken on many systems.
		const [second = 0, third = 0] = createHash('sha256').update(seed).digest();
		this.network = network ?? `127.${64 + (second % 190)}.${third}`;
	}

	async claim({ instance, protocol, wished, fixed }: PortRequest): Promise<Listening & { readonly note?: string }> {
		const isFirst = this.hasAddresses === undefined;
		this.hasAddresses ??= (await tryPort(this.addressAt(0), 0, 'tcp')) !== undefined;
		const address = this.hasAddresses ? this.addressOf(instance) : loopback;
		const port =
			fixed && this.hasAddresses && wished !== undefined
				? ((await this.fixed(address, wished, protocol, instance)) ??
					(await this.unique(address, undefined, protocol, instance)))
				: await this.unique(address, wished, protocol, instance);
		return { address, port, ...(isFirst && !this.hasAddresses && { note: noAddresses }) };
	}

	/** A port at 127.0.0.1 that nobody but the owner connects to. */
	own(owner: string): Promise<number> {
		return this.unique(loopback, undefined, 'tcp', owner);
	}

	/** True for a port that an instance was given, at whatever address. */
	has(port: number): boolean {
		return this.everywhere.has(port);
	}

	release(instance: string): void {
		this.releaseAddress(instance);
		for (const giveBack of this.given.get(instance) ?? []) {
			giveBack();
		}
		this.given.delete(instance);
	}

	clear(): void {
		this.everywhere.clear();
		this.fixedAt.clear();
		this.given.clear();
		this.addresses.clear();
		this.numbers.clear();
		this.lowestFree = 0;
	}

	private addressOf(instance: string): string {
		const known = this.addresses.get(instance);
		if (known !== undefined) {
			return this.addressAt(known);
		}
		while (this.numbers.has(this.lowestFree)) {
			this.lowestFree++;
		}
		this.addresses.set(instance, this.lowestFree);
		this.numbers.add(this.lowestFree);
		return this.addressAt(this.lowestFree);
	}

	private releaseAddress(instance: string): void {
		const number = this.addresses.get(instance);
		if (number !== undefined) {
			this.addresses.delete(instance);
			this.numbers.delete(number);
			this.lowestFree = Math.min(this.lowestFree, number);
		}
	}

	/** 250 instances to a network, and then the next one. */
	private addressAt(index: number): string {
		const [first, second, third = 0] = this.network.split('.').map(Number);
		const next = (third + Math.floor(index / 250)) % 256;
		return `${first}.${second}.${next}.${4 + (index % 250)}`;
	}

	private async fixed(address: string, port: number, protocol: string, instance: string): Promise<number | undefined> {
		const addresses = this.fixedAt.get(port) ?? new Set();
		this.fixedAt.set(port, addresses);
		if (addresses.has(address) || this.has(port) || (await tryPort(address, port, protocol)) === undefined) {
			return undefined;
		}
		addresses.add(address);
		this.give(instance, () => addresses.delete(address));
		return port;
	}

	/** A port that nobody listens on and that no instance was given, the wished one if it can be had. */
	private async unique(
		address: string,
		wished: number | undefined,
		protocol: string,
		instance: string,
	): Promise<number> {
		for (let attempt = 0; attempt <= attempts; attempt++) {
			const candidate = attempt === 0 ? wished : randomInt(lowest, highest + 1);
			if (candidate !== undefined && (await this.take(address, candidate, protocol, instance))) {
				return candidate;
			}
		}
		throw new Error(`no port between ${lowest} and ${highest} is free`);
	}

	/** Free at 127.0.0.1 too: who listens at every address needs that. */
	private async take(address: string, port: number, protocol: string, instance: string): Promise<boolean> {
		if (this.has(port) || (this.fixedAt.get(port)?.size ?? 0) > 0) {
			return false;
		}
		this.everywhere.add(port);
		for (const each of new Set([address, loopback])) {
			if ((await tryPort(each, port, protocol)) === undefined) {
				this.everywhere.delete(port);
				return false;
			}
		}
		this.give(instance, () => this.everywhere.delete(port));
		return true;
	}

	private give(instance: string, giveBack: () => void): void {
		this.given.set(instance, [...(this.given.get(instance) ?? []), giveBack]);
	}
}

function tryPort(address: string, port: number, protocol: string): Promise<number | undefined> {
	return protocol === 'udp' ? tryUdpPort(address, port) : tryTcpPort(address, port);
}

function tryTcpPort(address: string, port: number): Promise<number | undefined> {
	return new Promise(resolve => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, address, () => {
			const bound = server.address();
			// Node.js opens and closes it without a turn for anybody else, and there may be thousands to try.
			server.close(() => pace.later(() => resolve(typeof bound === 'object' && bound ? bound.port : undefined)));
		});
	});
}

function tryUdpPort(address: string, port: number): Promise<number | undefined> {
	return new Promise(resolve => {
		const socket = createSocket('udp4');
		socket.once('error', () => {
			socket.close();
			resolve(undefined);
		});
		socket.bind(port, address, () => {
			const bound = socket.address().port;
			socket.close(() => resolve(bound));
		});
	});
}
