import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that an editor would open: the nearest one upwards with settings of the editor or a repository. */
export function editorFolder(folder: string): string {
	for (let each = folder; ; each = path.dirname(each)) {
		if (['.vscode', '.git'].some(name => existsSync(path.join(each, name)))) {
			return each;
		}
		if (path.dirname(each) === each) {
			return folder;
		}
	}
}
