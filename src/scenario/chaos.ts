import type { JsonNode } from '../base/jsonTree';
import { nearest } from '../base/nearest';
import type { Command, CommandWord } from '../lifecycle/command';
import { parseCommand } from '../lifecycle/parseCommand';
import type { Chaos, Step } from './scenario';
import type { Properties, Shape } from './shape';
import { chaosWords } from './stepWords';

/** One event of a night: so many milliseconds of fabric time after its beginning. */
export interface ChaosEvent {
	readonly at: number;
	readonly instance: string;
	readonly command: Command;
}

/**
 * The events of a night, all of them known before it begins: they depend on the seed, the limits and the names of the
 * instances alone, so the same seed always gives the same night. They come as often as chance has it, `rate` on average.
 */
export function chaosEvents(
	chaos: Chaos,
	instances: readonly { readonly instance: string; readonly role: string }[],
): readonly ChaosEvent[] {
	const meant = instances
		.filter(({ role }) => chaos.roles === undefined || chaos.roles.includes(role))
		.map(each => each.instance)
		.sort();
	const random = randomNumbers(chaos.seed);
	const events: ChaosEvent[] = [];
	if (meant.length === 0) {
		return events;
	}
	for (let at = gap(chaos.rate, random()); at < chaos.length; at += gap(chaos.rate, random())) {
		const instance = meant[Math.floor(random() * meant.length)] ?? '';
		const command = parseCommand(`${chosen(chaos.events, random())} ${instance}`);
		if (!('error' in command)) {
			events.push({ at: Math.round(at), instance, command });
		}
	}
	return events;
}

/** Mulberry32, a small generator of 32 bits by Tommy Ettinger: numbers from 0 to below 1. */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Events that know nothing of each other: the time to the next one is exponentially distributed. */
function gap(rate: number, random: number): number {
	return -Math.log(1 - random) / rate;
}

function chosen(events: Chaos['events'], random: number): CommandWord | undefined {
	const sum = events.reduce((before, { weight }) => before + weight, 0);
	let left = random * sum;
	return events.find(({ weight }) => {
		left -= weight;
		return left < 0;
	})?.event;
}

const properties = ['seed', 'for', 'rate', 'roles', 'events', 'within'];

export function readChaos(
	node: JsonNode | undefined,
	shape: Shape,
	patience: number,
): Pick<Step, 'text' | 'action' | 'names'> | undefined {
	const object = shape.object(node, '"chaos"');
	if (!object) {
		return undefined;
	}
	shape.only(object, properties, '"chaos"');
	for (const missing of ['seed', 'for', 'rate'].filter(name => !object.names.has(name))) {
		shape.wrong(`"chaos" needs "${missing}".`, object.span);
	}
	const seed = shape.number(object.get('seed'), '"seed"', 0, 2 ** 32 - 1, true);
	const length = shape.duration(object.get('for'), '"for"');
	const rate = readRate(object.get('rate'), shape);
	const roles = shape.list(object.get('roles'), '"roles"').flatMap(item => shape.word(item, 'Each of "roles"') ?? []);
	const events = readEvents(object, shape);
	if (seed === undefined || length === undefined || rate === undefined) {
		return undefined;
	}
	const limits = {
		roles: object.names.has('roles') ? roles.map(role => role.text) : undefined,
		within: shape.duration(object.get('within'), '"within"') ?? patience,
	};
	return {
		text: `chaos with seed ${seed}`,
		action: { command: 'chaos', chaos: { seed, length, rate, events, ...limits } },
		names: { roles },
	};
}

/** `6/min`: so many events in a second, minute or hour, as events in a millisecond. */
function readRate(node: JsonNode | undefined, shape: Shape): number | undefined {
	const rate = shape.word(node, '"rate"');
	const [, count, unit] = /^(\d+(?:\.\d+)?)\/(s|min|h)$/.exec(rate?.text ?? '') ?? [];
	const milliseconds = { s: 1_000, min: 60_000, h: 3_600_000 }[unit ?? ''];
	if (rate && (milliseconds === undefined || Number(count) === 0 || Number(count) / milliseconds > 1)) {
		return shape.wrong('"rate" is a number of events in a time, for example "6/min", "1/s" or "20/h".', rate);
	}
	return rate && milliseconds && Number(count) / milliseconds;
}

function readEvents(object: Properties, shape: Shape): Chaos['events'] {
	const events = shape.object(object.get('events'), '"events"');
	if (!events) {
		return chaosWords.map(event => ({ event, weight: 1 }));
	}
	return [...events.names.values()].flatMap(name => {
		const event = chaosWords.find(word => word === name.text);
		if (!event) {
			const meant = nearest(name.text, chaosWords);
			const hint = meant === undefined ? `the events are ${chaosWords.join(', ')}` : `"${meant}" may be meant`;
			shape.wrong(`Chance cannot choose "${name.text}": ${hint}.`, name);
		}
		const weight = shape.number(events.get(name.text), `The weight of "${name.text}"`, 0, 1_000_000);
		return event && weight !== undefined ? [{ event, weight }] : [];
	});
}
