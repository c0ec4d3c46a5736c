import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DiagnoseOptions } from '../language/diagnostics';
import { isDeploymentTemplate, type Platform } from '../model/platform';
import type { Nearby } from '../model/rules/rule';
import type { Severities } from '../model/severities';
import { filesIn, findOnDisk, readText } from '../node/serviceFiles';
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
		hasDeploymentTemplate: hasTemplate(folder),
		severity: { ...settings.severity, ...asked.severity },
		today: asked.today,
		nearby,
	};
}

/** A template is text that a person wrote; whatever is larger is something else. */
const largestTemplate = 1_000_000;

function hasTemplate(folder: string): boolean {
	return filesIn(folder).some(file => {
		const size = /\.json$/i.test(file) ? statSync(file, { throwIfNoEntry: false })?.size : undefined;
		return size !== undefined && size <= largestTemplate && isDeploymentTemplate(readText(file));
	});
}

const nearby: Nearby = {
	isFolder: wanted => findOnDisk(wanted)?.kind === 'folder',
	startsWithMark: wanted => {
		const found = findOnDisk(wanted);
		return found?.kind === 'file' && startsWithMark(found.path);
	},
};

function startsWithMark(file: string): boolean {
	const start = Buffer.alloc(3);
	let descriptor: number | undefined;
	try {
		descriptor = openSync(file, 'r');
		readSync(descriptor, start, 0, start.length, 0);
	} catch {
		return false;
	} finally {
		if (descriptor !== undefined) {
			closeSync(descriptor);
		}
	}
	const first = start.readUInt16BE(0);
	return first === 0xfeff || first === 0xfffe || (first === 0xefbb && start[2] === 0xbf);
}
