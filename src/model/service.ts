import type { Configuration } from './configuration';
import type { Definition } from './definition';
import type { KnownModule } from './modules';

/** A definition with its configurations. Either side may be missing: a configuration without a definition still has a service. */
export interface Service {
	readonly definition: Definition | undefined;
	readonly configurations: readonly Configuration[];
	/** The modules that `.csplugin` files of the workspace describe; left out for none. */
	readonly modules?: readonly KnownModule[];
}
