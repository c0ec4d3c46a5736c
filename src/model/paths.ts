/** The folder of a file without a separator at its end; both separators are read, since a project file comes from Windows. */
export function folderOf(path: string): string {
	return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}

export function fileOf(path: string): string {
	return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** A path that stands in a file, seen from the folder of that file, with the separators of the latter. */
export function joinPath(file: string, relative: string): string {
	const separator = file.includes('/') ? '/' : '\\';
	if (/^([\\/]|[A-Za-z]:)/.test(relative)) {
		return relative.replace(/[\\/]/g, separator);
	}
	const parts = folderOf(file).split(/[\\/]/);
	for (const part of relative.split(/[\\/]/)) {
		if (part === '..') {
			parts.pop();
		} else if (part !== '.' && part !== '') {
			parts.push(part);
		}
	}
	return parts.join(separator);
}

/** Two spellings of one file: project files are written on systems that do not tell case or separators apart. */
export function comparable(path: string): string {
	return path.replaceAll('\\', '/').toLowerCase();
}

/** True for a folder and for what is in it and below it; both separators are separators. */
export function isBelow(folder: string, path: string): boolean {
	return path === folder || (path.startsWith(folder) && /^[\\/]/.test(path.slice(folder.length)));
}
