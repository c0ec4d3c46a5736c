import path from 'node:path';
import { findOnDisk, readText } from '../node/serviceFiles';

/** A file that comes with Rolewright; `undefined` where only the bundle was taken along. */
export function ownPath(...parts: readonly string[]): string | undefined {
	// Beside `dist` with the bundle, two folders up among the sources.
	const places = ['..', '../..'].map(up => path.join(__dirname, up, ...parts));
	return places.map(findOnDisk).find(each => each?.kind === 'file')?.path;
}

export function ownText(...parts: readonly string[]): string | undefined {
	const found = ownPath(...parts);
	return found && readText(found);
}

/** The version of this Rolewright; `undefined` where its package was not taken along. */
export function ownVersion(): string | undefined {
	const text = ownText('package.json');
	const content: unknown = text === undefined ? undefined : JSON.parse(text);
	return typeof content === 'object' && content !== null && 'version' in content && typeof content.version === 'string'
		? content.version
		: undefined;
}
