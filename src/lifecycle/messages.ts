import type { ToHost } from './hostVocabulary';
import type { Effect } from './instance/instance';
import type { RoleEnvironment } from './roleEnvironment';

/** What the host of a role is told for an effect of the machine. */
export function messageFor(
	effect: Extract<Effect, { readonly do: 'send' | 'sendChanging' | 'sendChanged' }>,
	environment: () => RoleEnvironment,
): ToHost {
	switch (effect.do) {
		case 'send': {
			const { message } = effect;
			const isStop = message === 'stop' || message === 'stopQuietly';
			return isStop ? { type: 'stop', raiseStopping: message === 'stop' } : { type: message };
		}
		case 'sendChanging': {
			const { manner, changes } = effect.change;
			return manner === 'simultaneous'
				? { type: 'simultaneousChanging', changes }
				: { type: 'changing', changes, environment: environment() };
		}
		case 'sendChanged': {
			const { manner, changes } = effect.change;
			const type = manner === 'simultaneous' ? 'simultaneousChanged' : 'changed';
			return { type, changes, environment: environment() };
		}
	}
}
