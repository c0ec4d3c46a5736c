import { type Format, schemaFileOf } from './catalog';

/** What the other file calls an element of the same thing, where it has another name. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
	ServiceDefinition: ['ServiceConfiguration'],
	ServiceConfiguration: ['ServiceDefinition'],
	WebRole: ['Role'],
	WorkerRole: ['Role'],
	VirtualMachineRole: ['Role'],
	Role: ['WebRole', 'WorkerRole', 'VirtualMachineRole'],
};

/**
 * Where a thing belongs that was written into the wrong one of the two files, as the end of a sentence: a value beside the
 * declaration of a setting, an endpoint beside the instances. `key`: a child, or an attribute as `@name`.
 */
export function placeInOtherFile(format: Format, element: string, key: string): string | undefined {
	const { $defs } = schemaFileOf(format === 'csdef' ? 'cscfg' : 'csdef');
	const names = counterparts[element] ?? [element];
	const isThere = names.some(name => {
		const { properties } = (Object.hasOwn($defs, name) && $defs[name]) || {};
		return properties !== undefined && Object.hasOwn(properties, key);
	});
	if (!isThere) {
		return undefined;
	}
	return format === 'csdef' ? 'the configurations (.cscfg)' : 'the service definition (.csdef)';
}
