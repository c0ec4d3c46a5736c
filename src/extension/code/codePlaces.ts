import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { type Place, placeText } from '../../history/thrown';
import type { RunningServices } from '../run/runningServices';
import { uriOf } from '../workspace/editorText';

/**
 * Shows a line that a journal names. An instance runs a copy of its role's code: what is shown is the file that the copy
 * was made of; of a journal that was written elsewhere, a file of the workspace with the same name.
 */
export async function openPlace(running: RunningServices, definition: string | undefined, place: Place): Promise<void> {
	const file = await fileOf(running, definition, place);
	if (!file) {
		throw new Failure(vscode.l10n.t('{0} is not on this machine.', placeText(place)));
	}
	const line = Math.max(0, (place.line ?? 1) - 1);
	const range = new vscode.Range(line, 0, line, 0);
	await vscode.window.showTextDocument(file, { selection: range, viewColumn: vscode.ViewColumn.Beside });
}

async function fileOf(
	running: RunningServices,
	definition: string | undefined,
	{ file }: Place,
): Promise<vscode.Uri | undefined> {
	const source = definition === undefined ? undefined : sourceOf(running, definition, file);
	const found = [source, file].find(each => each !== undefined && path.isAbsolute(each) && existsSync(each));
	if (found !== undefined) {
		return uriOf(found);
	}
	const name = file.split(/[\\/]/).at(-1) ?? file;
	// Names that are patterns to the search are not names of code.
	const named = /^[\w .+-]+$/.test(name)
		? await vscode.workspace.findFiles(`**/${name}`, '**/{bin,obj,node_modules}/**', 2)
		: [];
	return named[0];
}

/** The file behind a copy in the folder of an instance (`<instance>/approot/...`). */
function sourceOf(running: RunningServices, definition: string, file: string): string | undefined {
	const [, role, below] = /[\\/]([^\\/]+)_IN_\d+[\\/]approot[\\/](.+)$/.exec(file) ?? [];
	const code = running.runOf(definition)?.service?.plan.roles.find(({ name }) => name === role)?.code;
	return code !== undefined && below !== undefined ? path.join(code, below) : undefined;
}
