import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LineMap } from '../base/lines';
import type { FileEdits } from '../base/span';
import type { OpenTexts } from './openTexts';
import { textEditOf } from './places';
import type { Workspace } from './workspace';
import type { ServerWorld } from './world';

/** Where a file that is edited is, as the client names it, and the lines of its text. */
export type Places = (path: string) => { readonly uri: string; readonly lines: LineMap } | undefined;

/** Of the models, and of every other file as it is open in the client, else as it is on disk. */
export function placesIn(workspace: Workspace, open: OpenTexts, world: ServerWorld): Places {
	return path => {
		const model = workspace.at(path);
		const text = model ? undefined : (open.textOf(path) ?? world.textOf(path));
		const lines = model?.lines ?? (text === undefined ? undefined : new LineMap(text));
		return lines && { uri: model ? workspace.uriOf(path) : open.uriOf(path), lines };
	};
}

export function workspaceEdit(files: readonly FileEdits[], places: Places): WorkspaceEdit {
	const changes: Record<string, TextEdit[]> = {};
	for (const { path, edits } of files) {
		const place = places(path);
		if (place) {
			changes[place.uri] = [...(changes[place.uri] ?? []), ...edits.map(edit => textEditOf(edit, place.lines))];
		}
	}
	return { changes };
}

export function sameRange(a: Range, b: Range | undefined): boolean {
	return (
		b !== undefined &&
		a.start.line === b.start.line &&
		a.start.character === b.start.character &&
		a.end.line === b.end.line &&
		a.end.character === b.end.character
	);
}
