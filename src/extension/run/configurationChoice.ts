import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { fileOf } from '../../model/paths';
import { MendableFailure, offer } from '../commands';
import { pathOf, uriOf } from '../workspace/editorText';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { isModel, type WorkspaceFiles } from '../workspace/workspaceFiles';

/** What a page of configurations is about: the service of a file, and those of its configurations that are compared. */
export interface MatrixSubject {
	/** The definition, or a configuration where there is none. */
	readonly path: string;
	/** Two configurations, of any services; `undefined`: all those of the service. */
	readonly only: readonly string[] | undefined;
}

export function isMatrixSubject(value: unknown): value is MatrixSubject {
	return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
}

/** The service that a command was called on, its configuration where it has no definition. Throws a `Failure`. */
export async function chooseSubject(index: ServiceIndex, argument: unknown): Promise<MatrixSubject | undefined> {
	const file = fileIn(argument) ?? activeFile(argument);
	if (file !== undefined && uriOf(file).scheme === 'untitled') {
		throw new Failure(
			vscode.l10n.t('{0} was never saved: save it beside its definition, then it belongs to a service.', fileOf(file)),
		);
	}
	const known = file === undefined ? undefined : index.at(file);
	if (known && !known.service.definition) {
		return { path: known.service.configurations[0]?.path ?? known.file.path, only: undefined };
	}
	const service = await chooseService(index, argument);
	return service && { path: service.definition, only: undefined };
}

/** The two that were named, else those that the user picks, the first one being the one that is edited. Throws a `Failure`. */
export async function chooseTwo(
	index: ServiceIndex,
	files: WorkspaceFiles,
	first: unknown,
	second: unknown,
): Promise<MatrixSubject | undefined> {
	// The explorer gives the one that was clicked on, and all that are selected.
	const selected = Array.isArray(second) ? second.map(fileIn) : [fileIn(first), fileIn(second)];
	const given = [...new Set(selected.filter(path => path !== undefined && /\.cscfg$/i.test(path)))];
	await files.searched;
	const all = files.paths().filter(path => /\.cscfg$/i.test(path) && files.isWanted(path));
	if (all.length < 2 && given.length < 2) {
		throw new MendableFailure(
			vscode.l10n.t('There are no two configurations (.cscfg) in this workspace to compare.'),
			offer(vscode.l10n.t('Show Services'), 'rolewright.services.focus'),
		);
	}
	const edited = activeFile(undefined);
	const start = given[0] ?? (edited !== undefined && all.includes(edited) && given.length === 0 ? edited : undefined);
	const one = start ?? (await pick(index, all, vscode.l10n.t('Compare which configuration?')));
	if (one === undefined) {
		return undefined;
	}
	const others = all.filter(path => path !== one);
	const other = given[1] ?? (await pick(index, others, vscode.l10n.t('Compare {0} with which one?', fileOf(one))));
	return other === undefined ? undefined : { path: index.modelOf(one).definition?.path ?? one, only: [one, other] };
}

async function pick(index: ServiceIndex, paths: readonly string[], placeHolder: string): Promise<string | undefined> {
	const items = paths.map(path => ({
		label: fileOf(path),
		description: index.serviceWith(path)?.name ?? '',
		...detailOf(path),
		path,
	}));
	return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.path;
}

/** Where it is, unless its name says that. */
function detailOf(path: string): { readonly detail?: string } {
	const detail = vscode.workspace.asRelativePath(uriOf(path));
	return detail === fileOf(path) ? {} : { detail };
}

function fileIn(argument: unknown): string | undefined {
	const path = argument instanceof vscode.Uri ? pathOf(argument) : argument;
	return typeof path === 'string' ? path : undefined;
}

function activeFile(argument: unknown): string | undefined {
	const document = argument === undefined ? vscode.window.activeTextEditor?.document : undefined;
	return document && isModel(document) ? pathOf(document.uri) : undefined;
}
