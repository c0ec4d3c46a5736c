import {
	type CodeAction,
	type CodeActionContext,
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
import type { DiagnoseOptions } from '../language/diagnostics';
import { format } from '../language/format';
import { organise } from '../language/organise';
import { fixesAt } from '../language/quickFix';
import { type Refusal, renamable, rename } from '../language/rename';
import { nameAt } from '../model/names';
import { renamesInCode } from './codeFeatures';
import type { CodeIndex } from './codeIndex';
import { type Places, sameRange, workspaceEdit } from './edits';
import { offsetOf, rangeOf, spanOf, textEditOf } from './places';
import { type EditAbilities, mentionsOfRole, withRole } from './roleRename';
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
	places: Places,
): CodeAction[] {
	const fixes = asksFixes({ context }) ? quickFixes(found, range, rules, places) : [];
	// Nobody wants it among the fixes of a place, so it comes only where it is asked for.
	const sorted = asks(context, organizeElements) ? organised(found, places) : [];
	const shown = context.diagnostics;
	return [
		...fixes.map(fix => ({
			...fix,
			diagnostics: shown.filter(({ code, range: place }) => code === fix.code && sameRange(place, fix.place)),
		})),
		...sorted,
	].map(({ ...action }) => plain(action));
}

/** Where nothing is said of kinds, fixes are what is wanted. */
export function asksFixes({ context }: Pick<CodeActionParams, 'context'>): boolean {
	return context.only === undefined || asks(context, CodeActionKind.QuickFix);
}

function asks({ only }: CodeActionContext, kind: string): boolean {
	return only?.some(each => kind === each || kind.startsWith(`${each}.`)) ?? false;
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
	places: Places,
): Placed[] {
	return fixesAt(file, service, spanOf(range, lines), rules).map(({ title, edits, preferred, problem }) => ({
		title,
		kind: CodeActionKind.QuickFix,
		isPreferred: preferred,
		edit: workspaceEdit(edits, places),
		code: problem.code,
		place: rangeOf(problem.span, lines),
	}));
}

function organised({ file }: InService, places: Places): Placed[] {
	const edits = organise(file);
	return edits.length === 0
		? []
		: [
				{
					title: 'Put the elements into the order of the schema',
					kind: organizeElements,
					edit: workspaceEdit([{ path: file.path, edits }], places),
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

/** What a rename looks at beside the model. */
export interface Around {
	readonly workspace: Workspace;
	readonly code: CodeIndex;
	readonly places: Places;
	readonly world: ServerWorld;
	/** The text of a file as it is open in the client, else as it is on disk. */
	readonly textOf: (path: string) => string | undefined;
}

export function renamed(
	found: InService,
	position: Position,
	newName: string,
	{ workspace, code, places, world, textOf }: Around,
	client: EditAbilities,
): WorkspaceEdit {
	const { file, service, lines } = found;
	const offset = offsetOf(position, lines);
	const project = workspace.projectOf(file.path);
	const text = project && textOf(project.path);
	const projects = project && text !== undefined ? [{ path: project.path, text }] : [];
	const edits = accepted(rename(file, service, offset, newName, projects));
	// Their offsets have to be those of this moment.
	code.refresh(renamesInCode(found, position, newName, code).map(({ path }) => path));
	const edit = workspaceEdit([...edits, ...renamesInCode(found, position, newName, code)], places);
	const thing = nameAt(file.path, file.document, offset);
	const definition = service.definition?.path;
	if (thing?.kind !== 'role' || definition === undefined) {
		return edit;
	}
	const role = { definition, oldName: thing.name, newName };
	const mentioned = mentionsOfRole(role, workspace.folderAround(definition), textOf, world);
	return withRole(edit, role, mentioned, workspace, places, world, client);
}

/** The client shows the message of the error, and leaves everything as it is. */
function accepted<T extends object>(found: T | Refusal): T {
	if ('refused' in found) {
		throw new ResponseError(ErrorCodes.InvalidRequest, found.refused);
	}
	return found;
}
