import type { Configuration } from './configuration';
import type { Definition } from './definition';

/** A definition with its configurations. Either side may be missing: a configuration without a definition still has a service. */
export interface Service {
	readonly definition: Definition | undefined;
	readonly configurations: readonly Configuration[];
}
