import type { PortRange } from './definition';
import type { Service } from './service';

/** The first usual port that nothing in the service uses, inside or outside the instances. */
export function freePort(service: Service): number {
	const used = usedPorts(service);
	for (let port = 80; ; port = port === 80 ? 8080 : port + 1) {
		if (!used[port]) {
			return port;
		}
	}
}

/**
 * So many ports in a row that nothing in the service uses, from 10000 on, and that are in none of the ranges that are
 * given away already.
 */
export function freeRange(
	service: Service,
	length = 100,
	given: readonly (readonly [min: number, max: number])[] = [],
): readonly [min: number, max: number] {
	const used = usedPorts(service);
	for (let min = 10_000; ; min += 100) {
		const max = min + length - 1;
		const taken = used.indexOf(1, min);
		if ((taken < 0 || taken > max) && !given.some(range => range[0] <= max && min <= range[1])) {
			return [min, max];
		}
	}
}

const known = new WeakMap<Service, Uint8Array>();

/** 1 for every port that is used. Collected once for a service: every element that may be proposed asks. */
function usedPorts(service: Service): Uint8Array {
	const used = known.get(service) ?? collect(service);
	known.set(service, used);
	return used;
}

function collect({ definition }: Service): Uint8Array {
	const used = new Uint8Array(65536);
	const add = (port: number | '*' | undefined) => {
		if (typeof port === 'number') {
			used[port] = 1;
		}
	};
	const addRange = (range: PortRange | undefined) => {
		if (range?.min !== undefined && range.max !== undefined) {
			used.fill(1, range.min, range.max + 1);
		}
	};
	for (const role of definition?.roles ?? []) {
		for (const endpoint of role.endpoints) {
			switch (endpoint.kind) {
				case 'input':
					add(endpoint.port);
					add(endpoint.localPort);
					break;
				case 'internal':
					add(endpoint.port);
					endpoint.fixedPorts.forEach(addRange);
					break;
				case 'instanceInput':
					add(endpoint.localPort);
					addRange(endpoint.publicPorts);
			}
		}
	}
	return used;
}
