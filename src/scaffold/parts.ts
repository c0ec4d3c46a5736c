import { endpointPart } from './endpointPart';
import { certificatePart, importPart, settingPart } from './entryParts';
import { localStoragePart } from './localStoragePart';
import type { Part } from './part';
import { probePart } from './probePart';
import { sitePart, virtualApplicationPart } from './siteParts';
import { startupTaskPart } from './startupTaskPart';
import { trafficRulePart } from './trafficRulePart';

/** Everything that can be added to a role, by the name that the command line has for it. */
export const parts: Readonly<Record<string, Part>> = Object.fromEntries(
	[
		endpointPart,
		settingPart,
		localStoragePart,
		certificatePart,
		startupTaskPart,
		probePart,
		sitePart,
		virtualApplicationPart,
		trafficRulePart,
		importPart,
	].map(part => [part.what, part]),
);
