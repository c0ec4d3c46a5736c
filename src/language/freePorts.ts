import type { Service } from '../model/service';

/** The first usual port that nothing in the service uses, inside or outside the instances. */
export function freePort(service: Service): number {
	const used = usedPorts(service);
	for (let port = 80; ; port = port === 80 ? 8080 : port + 1) {
		if (!used.some(({ min, max }) => min <= port && port <= max)) {
			return port;
		}
	}
}

/** A hundred ports that nothing in the service uses, from 10000 on. */
export function freeRange(service: Service): readonly [min: number, max: number] {
	const used = usedPorts(service);
	for (let min = 10_000; ; min += 100) {
		if (!used.some(range => range.min < min + 100 && min <= range.max)) {
			return [min, min + 99];
		}
	}
}

interface Range {
	readonly min: number;
	readonly max: number;
}

function usedPorts({ definition }: Service): readonly Range[] {
	const endpoints = definition?.roles.flatMap(role => role.endpoints) ?? [];
	return endpoints.flatMap(endpoint => {
		const single = [
			endpoint.kind === 'instanceInput' ? undefined : endpoint.port,
			endpoint.kind === 'internal' ? undefined : endpoint.localPort,
		];
		const ranges =
			endpoint.kind === 'internal'
				? endpoint.fixedPorts
				: endpoint.kind === 'instanceInput'
					? [endpoint.publicPorts]
					: [];
		return [
			...single.flatMap(port => (typeof port === 'number' ? [{ min: port, max: port }] : [])),
			...ranges.flatMap(range => {
				return range?.min === undefined || range.max === undefined ? [] : [{ min: range.min, max: range.max }];
			}),
		];
	});
}
