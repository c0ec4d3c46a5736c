import { stat } from 'node:fs/promises';
import { diskFolders } from '../run/diskFolders';
import { type FileStore, isReadOnly } from './fileStore';
import { surroundingsOf } from './surroundings';

/** The files of a machine. */
export const diskStore: FileStore = {
	folders: () => diskFolders,
	// VS Code does not tell extensions that a file on disk is read-only, only that one of another file system is.
	isLocked: async uri => (uri.scheme === 'file' ? ((await stat(uri.fsPath)).mode & 0o222) === 0 : isReadOnly(uri)),
	around: (index, definition) => ({
		now: () => surroundingsOf(index, definition, false),
		know: async () => {},
	}),
};
