import type { InstanceSnapshot } from '../snapshot';
import { type Instance, type InstanceEvent, step } from './instance';

type Abilities = InstanceSnapshot['can'];

/** What a person may ask of an instance now: what the machine would not refuse. */
export function abilitiesOf(instance: Instance): Abilities {
	if ('after' in instance && instance.after !== undefined) {
		return abilities(instance);
	}
	// Where nothing else is wished for already the phase alone decides, and a thousand instances ask all the time.
	const known = byPhase.get(instance.phase) ?? abilities(instance);
	byPhase.set(instance.phase, known);
	return known;
}

const byPhase = new Map<Instance['phase'], Abilities>();

function abilities(instance: Instance): Abilities {
	const isTaken = (event: InstanceEvent) => !step(instance, event)[1].some(effect => effect.do === 'refuse');
	return {
		start: isTaken({ type: 'start', why: '' }),
		stop: isTaken({ type: 'stop' }),
		recycle: isTaken({ type: 'recycle', why: '' }),
	};
}
