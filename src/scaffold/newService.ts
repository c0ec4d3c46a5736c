import { escapeValue } from '../model/markup';
import { planLaunch } from './launchFiles';
import { type Plan, together, within } from './plan';
import { noSurroundings, type Surroundings } from './surroundings';

/** The files of a service without roles, for a folder that holds none of them. The name was checked by `nameProblem`. */
export function planService(name: string, folder: string, surroundings: Surroundings = noSurroundings): Plan {
	const definition = within(folder, 'ServiceDefinition.csdef');
	const files = [
		{ path: definition, text: definitionText(name) },
		...['Local', 'Cloud'].map(configuration => ({
			path: within(folder, `ServiceConfiguration.${configuration}.cscfg`),
			text: configurationText(name),
		})),
	];
	return together({ files, edits: [] }, planLaunch({ name, definition }, surroundings));
}

/** The last schema version that the tools write (csdef.md 2.1). */
const schemaVersion = '2015-04.2.6';
const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';

function definitionText(name: string): string {
	return `<?xml version="1.0" encoding="utf-8"?>
<ServiceDefinition name="${escapeValue(name, '"')}" xmlns="${namespace}/ServiceDefinition" schemaVersion="${schemaVersion}">
</ServiceDefinition>
`;
}

/** Family 7 is the recommended one (cscfg.md 2.1). */
function configurationText(name: string): string {
	return `<?xml version="1.0" encoding="utf-8"?>
<ServiceConfiguration serviceName="${escapeValue(name, '"')}" xmlns="${namespace}/ServiceConfiguration" osFamily="7" osVersion="*" schemaVersion="${schemaVersion}">
</ServiceConfiguration>
`;
}
