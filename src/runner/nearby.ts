import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isDeploymentTemplate } from '../model/platform';
import type { Nearby } from '../model/rules/rule';
import { filesIn, findOnDisk, readText } from '../node/serviceFiles';

/** The files around a service, as the rules ask about them. */
export const nearby: Nearby = {
	isFolder: wanted => findOnDisk(wanted)?.kind === 'folder',
	startsWithMark: wanted => {
		const found = findOnDisk(wanted);
		return found?.kind === 'file' && startsWithMark(found.path);
	},
};

/** A template is text that a person wrote; whatever is larger is something else. */
const largestTemplate = 1_000_000;

/** True where a template that deploys cloud services lies in this folder. */
export function hasDeploymentTemplate(folder: string): boolean {
	return filesIn(folder).some(file => {
		const size = /\.json$/i.test(file) ? statSync(file, { throwIfNoEntry: false })?.size : undefined;
		return size !== undefined && size <= largestTemplate && isDeploymentTemplate(readText(file));
	});
}

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
