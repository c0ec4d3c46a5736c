import path from 'node:path';
import { findOnDisk, readText } from '../../node/serviceFiles';
import { hasDeploymentTemplate, nearby } from '../../runner/nearby';
import { emptyRolewrightFile, readRolewrightFile } from '../../runner/rolewrightFile';
import type { FolderReader } from '../workspace/projectRules';

/** What stands beside definitions on disk, read when it is asked for. */
export const diskFolders: FolderReader = {
	read: folder => {
		const file = path.join(folder, 'rolewright.json');
		const settings = findOnDisk(file)?.kind === 'file' ? readRolewrightFile(file, readText(file)) : emptyRolewrightFile;
		return { settings, hasDeploymentTemplate: hasDeploymentTemplate(folder) };
	},
	nearby,
};
