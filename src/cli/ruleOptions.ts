import path from 'node:path';
import type { DiagnoseOptions } from '../language/diagnostics';
import type { Platform } from '../model/platform';
import type { Severities } from '../model/severities';
import { findOnDisk, readText } from '../node/serviceFiles';
import { hasDeploymentTemplate, nearby } from '../runner/nearby';
import { emptyRolewrightFile, readRolewrightFile } from '../runner/rolewrightFile';

/** What was said on the command line; it goes before what stands in `rolewright.json`. */
export interface Asked {
	readonly platform: Platform | undefined;
	readonly severity: Severities;
	readonly today: string;
}

/** What the rules have to know about the service in a folder. Throws a `Failure` for a `rolewright.json` that can't be read. */
export function ruleOptionsOf(folder: string, asked: Asked): DiagnoseOptions {
	const file = path.join(folder, 'rolewright.json');
	const settings = findOnDisk(file)?.kind === 'file' ? readRolewrightFile(file, readText(file)) : emptyRolewrightFile;
	return {
		platform: asked.platform ?? settings.platform,
		hasDeploymentTemplate: hasDeploymentTemplate(folder),
		severity: { ...settings.severity, ...asked.severity },
		today: asked.today,
		nearby,
	};
}
