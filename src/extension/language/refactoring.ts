import * as vscode from 'vscode';
import { LineMap } from '../../base/lines';
import type { Edit, FileEdits } from '../../base/span';
import { codeRenameEdits } from '../../code/meaning';
import type { ParsedFile } from '../../language/documents';
import { format } from '../../language/format';
import { linkedNames } from '../../language/linkedNames';
import { organise } from '../../language/organise';
import { renamable, rename } from '../../language/rename';
import { nameAt } from '../../model/names';
import type { CodeIndex } from '../code/codeIndex';
import { addEdits, guarded, linesOf, rangeOf } from '../workspace/editorText';
import type { InService, ServiceIndex } from '../workspace/serviceIndex';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { models } from './languageFeatures';
import { addRoleMentions } from './roleRename';

/** `editor.codeActionsOnSave` turns it on by this name: the elements in the order of the schema. */
export const organizeElements = vscode.CodeActionKind.Source.append('organizeElements');

/** Registers what changes text on demand: rename, format, both names of a tag at once, the order of the elements. */
export function registerRefactoring(
	index: ServiceIndex,
	files: WorkspaceFiles,
	code: CodeIndex,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const { languages } = vscode;
	return vscode.Disposable.from(
		languages.registerRenameProvider(models, renameProvider(index, files, code, log)),
		languages.registerDocumentFormattingEditProvider(models, {
			provideDocumentFormattingEdits: (document, options, token) =>
				guarded('format', log, token, () => formatted(index.of(document).file, options)),
		}),
		languages.registerDocumentRangeFormattingEditProvider(models, {
			provideDocumentRangeFormattingEdits: (document, range, options, token) =>
				guarded('format', log, token, () => {
					const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
					return formatted(index.of(document).file, options, span);
				}),
		}),
		languages.registerLinkedEditingRangeProvider(models, {
			provideLinkedEditingRanges: (document, position, token) =>
				guarded('linked names', log, token, () => {
					const { file } = index.of(document);
					const spans = linkedNames(file.document, document.offsetAt(position));
					return spans.length === 0
						? undefined
						: new vscode.LinkedEditingRanges(
								spans.map(span => rangeOf(span, linesOf(file.document))),
								/[^\s<>/="']+/,
							);
				}),
		}),
		languages.registerCodeActionsProvider(
			models,
			{
				provideCodeActions: (document, _range, { only }, token) =>
					// Nobody sees it in the light bulb, so it is not computed for every place of the cursor.
					only?.contains(organizeElements)
						? guarded('organise', log, token, () => organiseAction(index.of(document).file))
						: undefined,
			},
			{ providedCodeActionKinds: [organizeElements] },
		),
	);
}

function renameProvider(
	index: ServiceIndex,
	files: WorkspaceFiles,
	code: CodeIndex,
	log: vscode.LogOutputChannel,
): vscode.RenameProvider {
	const inCode = ({ file, service }: InService, offset: number, newName: string): readonly FileEdits[] => {
		const thing = nameAt(file.path, file.document, offset);
		return thing ? codeRenameEdits(thing, newName, service, code.names(), code.servicesWithCode()) : [];
	};
	return {
		prepareRename: (document, position, token) => {
			const { file, service } = index.of(document);
			const found = guarded('rename', log, token, () => renamable(file, service, document.offsetAt(position)));
			return (
				found && { range: rangeOf(accepted(found).span, linesOf(file.document)), placeholder: accepted(found).name }
			);
		},
		provideRenameEdits: async (document, position, newName, token) => {
			const offset = document.offsetAt(position);
			await code.refresh(inCode(index.of(document), offset, newName).map(({ path }) => path));
			const { file, service } = index.of(document);
			const project = index.projectOf(file.path);
			const text = project && files.textAt(project.path);
			const projects = project && text !== undefined ? [{ path: project.path, text }] : [];
			const found = guarded('rename', log, token, () => rename(file, service, offset, newName, projects));
			const lines = (path: string) => {
				const known = path === file.path ? file : index.at(path)?.file;
				return known ? linesOf(known.document) : (code.linesOf(path) ?? new LineMap(files.textAt(path) ?? ''));
			};
			if (!found) {
				return undefined;
			}
			const thing = nameAt(file.path, file.document, offset);
			const edit = workspaceEdit([...accepted(found), ...inCode({ file, service }, offset, newName)], lines);
			if (thing?.kind === 'role' && service.definition) {
				await addRoleMentions(edit, service.definition.path, thing.name, newName, project);
			}
			return edit;
		},
	};
}

/** VS Code shows the message of an error that a rename throws, and leaves everything as it is. */
function accepted<T extends object>(found: T | { readonly refused: string }): T {
	if ('refused' in found) {
		throw new Error(found.refused);
	}
	return found;
}

function workspaceEdit(changes: readonly FileEdits[], lines: (path: string) => LineMap): vscode.WorkspaceEdit {
	const result = new vscode.WorkspaceEdit();
	for (const { path, edits } of changes) {
		addEdits(result, path, edits, lines(path));
	}
	return result;
}

function formatted(
	file: ParsedFile,
	{ insertSpaces, tabSize }: vscode.FormattingOptions,
	range?: { readonly start: number; readonly end: number },
): vscode.TextEdit[] {
	return textEdits(file, format(file.document, insertSpaces ? ' '.repeat(tabSize) : '\t', range));
}

function textEdits({ document }: ParsedFile, edits: readonly Edit[]): vscode.TextEdit[] {
	return edits.map(({ span, text }) => vscode.TextEdit.replace(rangeOf(span, linesOf(document)), text));
}

function organiseAction(file: ParsedFile): vscode.CodeAction[] {
	const edits = organise(file);
	if (edits.length === 0) {
		return [];
	}
	const action = new vscode.CodeAction(
		vscode.l10n.t('Put the elements into the order of the schema'),
		organizeElements,
	);
	action.edit = workspaceEdit([{ path: file.path, edits }], () => linesOf(file.document));
	return [action];
}
