import path from 'node:path';
import type { Problem } from '../base/problem';
import type { DiagnoseOptions } from '../language/diagnostics';
import { severityProblems } from '../language/severityCodes';
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
	const { path: file, text } = settingsFile(folder);
	const settings = text === undefined ? emptyRolewrightFile : readRolewrightFile(file, text);
	return {
		platform: asked.platform ?? settings.platform,
		hasDeploymentTemplate: hasDeploymentTemplate(folder),
		severity: { ...settings.severity, ...asked.severity },
		today: asked.today,
		nearby,
	};
}

/** What the `rolewright.json` of a folder chooses for the rules and that has no effect; none where there is no such file. */
export function settingsProblems(folder: string): {
	readonly path: string;
	readonly text: string;
	readonly problems: readonly Problem[];
} {
	const { path: file, text = '' } = settingsFile(folder);
	return { path: file, text, problems: severityProblems(text) };
}

function settingsFile(folder: string): { readonly path: string; readonly text?: string } {
	const file = path.join(folder, 'rolewright.json');
	return { path: file, ...(findOnDisk(file)?.kind === 'file' && { text: readText(file) }) };
}
