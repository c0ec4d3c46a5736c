import { folderOf, joinPath } from '../model/paths';
import { readRolewrightFile } from './rolewrightFile';

/**
 * What a `rolewright.json` says of the folders of its roles' code, by role. A file that is not right has its own message
 * where it is used; here it says nothing.
 */
export function codeFoldersSaid(path: string, text: string): ReadonlyMap<string, string> {
	try {
		return new Map(
			Object.entries(readRolewrightFile(path, text).roles).flatMap(([role, { project, code }]) => {
				const place = project ?? code;
				return place === undefined
					? []
					: [[role, project === undefined ? joinPath(path, place) : folderOf(joinPath(path, place))] as const];
			}),
		);
	} catch {
		return new Map();
	}
}
