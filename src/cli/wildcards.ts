import path from 'node:path';
import { filesIn } from '../node/serviceFiles';

/**
 * The paths that a word means. The shells of Windows leave it to each program to find the files of `*.cscfg`; where none
 * fits, or the shell has done it, the word is the path.
 */
export function pathsOf(word: string, cwd: string, platform: NodeJS.Platform = process.platform): readonly string[] {
	const name = path.basename(word);
	if (platform !== 'win32' || !/[*?]/.test(name)) {
		return [word];
	}
	const pattern = name.replace(/[^*?]/g, letter => letter.replace(/[\\^$.+()|[\]{}]/, '\\$&'));
	const fits = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
	const files = filesIn(path.resolve(cwd, path.dirname(word))).map(file => path.basename(file));
	const found = files.filter(file => fits.test(file)).map(file => path.join(path.dirname(word), file));
	return found.length > 0 ? found : [word];
}
