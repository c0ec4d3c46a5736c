import path from 'node:path';
import type { CloudProject } from '../model/cloudProject';
import { filesBelow, filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { findRoleCode, isDotnetProject } from './roleCode';
import { readRolewrightFile } from './rolewrightFile';

/** The sources of a role on disk: its .NET project, or the folder that is run. */
export interface CodeOnDisk {
	readonly folder: string;
	readonly project?: string;
}

/** Where the code of a role is, for somebody who wants to change it; `undefined` where it is nowhere. Throws a `Failure` for a broken `rolewright.json`. */
export function codeOnDisk(
	role: string,
	definition: string,
	cloudProject: CloudProject | undefined,
): CodeOnDisk | undefined {
	const file = path.join(path.dirname(definition), 'rolewright.json');
	const written = textOnDisk(file);
	const code = findRoleCode(role, {
		definition,
		cloudProject,
		settings: written === undefined ? undefined : readRolewrightFile(file, written).roles[role],
		listing: {
			find: findOnDisk,
			filesIn,
			projectsBelow: folder => filesBelow(folder, /\.(cs|vb|fs)proj$/i).filter(isDotnetProject),
		},
	});
	if ('problem' in code) {
		return undefined;
	}
	return code.kind === 'project'
		? { folder: path.dirname(code.project), project: code.project }
		: { folder: code.folder };
}

/** The text of a file; `undefined` where there is none. */
export function textOnDisk(file: string): string | undefined {
	const found = findOnDisk(file);
	return found?.kind === 'file' ? readText(found.path) : undefined;
}
