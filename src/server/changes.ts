import {
	type CodeAction,
	CodeActionKind,
	type CodeActionParams,
	ErrorCodes,
	type FormattingOptions,
	type Position,
	type Range,
	ResponseError,
	type TextEdit,
	type WorkspaceEdit,
} from 'vscode-languageserver';
import { LineMap } from '../base/lines';
import type { FileEdits } from '../base/span';
import type { DiagnoseOptions } from '../language/diagnostics';
import { format } from '../language/format';
import { organise } from '../language/organise';
import { fixesAt } from '../language/quickFix';
import { type Refusal, renamable, rename } from '../language/rename';
import { offsetOf, rangeOf, spanOf, textEditOf } from './places';
import type { InService, Workspace } from './workspace';
import type { ServerWorld } from './world';

/** What changes a text on demand; every change is an edit that the client makes, and can undo. */

/** The elements in the order of the schema; a client may ask for it on save. */
export const organizeElements = `${CodeActionKind.Source}.organizeElements`;

export function formatted({ file, lines }: InService, options: FormattingOptions, range?: Range): TextEdit[] {
	const indent = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t';
	const edits = format(file.document, indent, range && spanOf(range, lines));
	return edits.map(edit => textEditOf(edit, lines));
}

export function actions(
	found: InService,
	{ range, context }: CodeActionParams,
	rules: DiagnoseOptions,
	workspace: Workspace,
): CodeAction[] {
	const asked = (kind: string) => context.only?.some(only => kind === only || kind.startsWith(`${only}.`));
	const fixes =
		context.only === undefined || asked(CodeActionKind.QuickFix) ? quickFixes(found, range, rules, workspace) : [];
	// Nobody wants it among the fixes of a place, so it comes only where it is asked for.
	const sorted = asked(organizeElements) ? organised(found, workspace) : [];
	const shown = context.diagnostics;
	return [
		...fixes.map(fix => ({
			...fix,
			diagnostics: shown.filter(({ code, range: place }) => code === fix.code && sameRange(place, fix.place)),
		})),
		...sorted,
	].map(({ ...action }) => plain(action));
}

interface Placed extends CodeAction {
	readonly code?: string;
	readonly place?: Range;
}

/** Without what only this file needs. */
function plain({ code: _code, place: _place, ...action }: Placed): CodeAction {
	return action;
}

function quickFixes(
	{ file, service, lines }: InService,
	range: Range,
	rules: DiagnoseOptions,
	workspace: Workspace,
): Placed[] {
	return fixesAt(file, service, spanOf(range, lines), rules).map(({ title, edits, preferred, problem }) => ({
		title,
		kind: CodeActionKind.QuickFix,
		isPreferred: preferred,
		edit: workspaceEdit(edits, workspace),
		code: problem.code,
		place: rangeOf(problem.span, lines),
	}));
}

function organised({ file }: InService, workspace: Workspace): Placed[] {
	const edits = organise(file);
	return edits.length === 0
		? []
		: [
				{
					title: 'Put the elements into the order of the schema',
					kind: organizeElements,
					edit: workspaceEdit([{ path: file.path, edits }], workspace),
				},
			];
}

export function prepareRename(
	{ file, service, lines }: InService,
	position: Position,
): { range: Range; placeholder: string } {
	const { span, name } = accepted(renamable(file, service, offsetOf(position, lines)));
	return { range: rangeOf(span, lines), placeholder: name };
}

export function renamed(
	{ file, service, lines }: InService,
	position: Position,
	newName: string,
	workspace: Workspace,
	world: ServerWorld,
): WorkspaceEdit {
	const project = workspace.projectOf(file.path);
	const text = project && world.textOf(project.path);
	const projects = project && text !== undefined ? [{ path: project.path, text }] : [];
	const edits = accepted(rename(file, service, offsetOf(position, lines), newName, projects));
	return workspaceEdit(edits, workspace, new Map(projects.map(each => [each.path, new LineMap(each.text)])));
}

/** The client shows the message of the error, and leaves everything as it is. */
function accepted<T extends object>(found: T | Refusal): T {
	if ('refused' in found) {
		throw new ResponseError(ErrorCodes.InvalidRequest, found.refused);
	}
	return found;
}

function workspaceEdit(
	files: readonly FileEdits[],
	workspace: Workspace,
	others: ReadonlyMap<string, LineMap> = new Map(),
): WorkspaceEdit {
	const changes: Record<string, TextEdit[]> = {};
	for (const { path, edits } of files) {
		const lines = workspace.at(path)?.lines ?? others.get(path);
		if (lines) {
			changes[workspace.uriOf(path)] = edits.map(edit => textEditOf(edit, lines));
		}
	}
	return { changes };
}

function sameRange(a: Range, b: Range | undefined): boolean {
	return (
		b !== undefined &&
		a.start.line === b.start.line &&
		a.start.character === b.start.character &&
		a.end.line === b.end.line &&
		a.end.character === b.end.character
	);
}
