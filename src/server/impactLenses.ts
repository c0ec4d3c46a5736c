import type { CodeLens } from 'vscode-languageserver';
import type { Change } from '../compare/change';
import { impactOf } from '../compare/impact';
import { effectsOf } from '../compare/impactText';
import { parseFile, serviceOf } from '../language/documents';
import { formatOf } from '../schema/catalog';
import { rangeOf } from './places';
import type { InService, Workspace } from './workspace';
import type { ServerWorld } from './world';

/**
 * Lines at the top of a definition or a configuration that say what its changes would do to instances that run: what is
 * not committed, and what is not saved where that is not the same.
 */
export async function impactLenses(found: InService, workspace: Workspace, world: ServerWorld): Promise<CodeLens[]> {
	const { path } = found.file;
	const paths = workspace.neighboursOf(path);
	const head = await Promise.all(paths.map(each => world.textAtHead(each)));
	const unsaved = changesSince(paths, paths.map(world.textOf), found);
	const uncommitted = changesSince(paths, head, found);
	const isSame = wordsOf(unsaved) === wordsOf(uncommitted);
	return [
		...(uncommitted.length > 0 ? [lensOf(`since HEAD: ${effectsOf(uncommitted)}`, uncommitted, found)] : []),
		...(unsaved.length > 0 && !isSame ? [lensOf(`not saved: ${effectsOf(unsaved)}`, unsaved, found)] : []),
	];
}

/** The changes of one file, judged with its whole service; none where there is nothing to compare with. */
function changesSince(
	paths: readonly string[],
	texts: readonly (string | undefined)[],
	{ file, service }: InService,
): readonly Change[] {
	const before = paths.flatMap((path, place) => {
		const text = texts[place];
		const format = formatOf(path);
		return text === undefined || !format ? [] : [parseFile(path, format, text)];
	});
	return before.length === 0
		? []
		: impactOf(serviceOf(before), service).changes.filter(change => change.path === file.path);
}

function wordsOf(changes: readonly Change[]): string {
	return changes.map(({ what }) => what).join('\n');
}

function lensOf(words: string, { length }: readonly Change[], { lines }: InService): CodeLens {
	const title = `${length} ${length === 1 ? 'change' : 'changes'} ${words}`;
	return { range: rangeOf({ start: 0, end: 0 }, lines), command: { title, command: '' } };
}
