import {
	type CodeAction,
	CodeActionKind,
	type CodeActionParams,
	type CompletionItem,
	CompletionItemKind,
	InsertTextFormat,
	type Position,
	type Location as ProtocolLocation,
	type Range,
} from 'vscode-languageserver';
import { LineMap } from '../base/lines';
import type { FileEdits, Span } from '../base/span';
import { codeFixes } from '../code/fixes';
import { languageOf } from '../code/languages';
import {
	codeRenameEdits,
	codeUsesOf,
	declarationsOf,
	mentionsOf,
	namesFor,
	type PlacedUse,
	type Thing,
	written,
} from '../code/meaning';
import { roleFolders } from '../code/ownership';
import { checkCode } from '../code/problems';
import { roleClassesIn } from '../code/roleClasses';
import { type NameUse, nameAt } from '../model/names';
import type { Service } from '../model/service';
import { type CodeIndex, type InCode, useAt } from './codeIndex';
import { type Places, sameRange, workspaceEdit } from './edits';
import { locationOf, offsetOf, rangeOf, spanOf } from './places';
import type { InService, Workspace } from './workspace';
import type { ServerWorld } from './world';

/** Names of services in role code, from the code and from the services. */

export function namesInCode(found: InCode, position: Position): CompletionItem[] {
	const { owners, lines } = found;
	const use = useAt(found, offsetOf(position, lines));
	if (!use) {
		return [];
	}
	const { start, end } = rangeOf(use.span, lines);
	// A text that is not closed goes on to the end of its line, which is none of ours.
	const range: Range = { start, end: use.closed ? end : position };
	return namesFor(use, owners).map(name => ({
		label: name,
		kind: CompletionItemKind.Reference,
		insertTextFormat: InsertTextFormat.PlainText,
		textEdit: { range, newText: use.written === 'property' ? name : written(use, name).text },
	}));
}

export function definitionsFromCode(found: InCode, position: Position, workspace: Workspace): ProtocolLocation[] {
	const use = useAt(found, offsetOf(position, found.lines));
	return use ? declarationsOf(use, found.owners).flatMap(each => placeOf(each, workspace)) : [];
}

export function referencesFromCode(
	found: InCode,
	position: Position,
	includeDeclaration: boolean,
	workspace: Workspace,
	code: CodeIndex,
): ProtocolLocation[] {
	const use = useAt(found, offsetOf(position, found.lines));
	const all = found.owners.flatMap(owner => {
		const mentions = use ? mentionsOf(use, [owner]) : [];
		const shown = mentions.filter(each => includeDeclaration || each.use === 'reference');
		return [
			...shown.flatMap(each => placeOf(each, workspace)),
			...mentions.flatMap(each => placesInCode(each, owner.service, code)),
		];
	});
	return [...new Map(all.map(each => [JSON.stringify(each), each])).values()];
}

/** The places in role code that name what stands at a place of a model. */
export function referencesInCode(
	{ file, service, lines }: InService,
	position: Position,
	code: CodeIndex,
): ProtocolLocation[] {
	const thing = nameAt(file.path, file.document, offsetOf(position, lines));
	return thing ? placesInCode(thing, service, code) : [];
}

/** What a lens counts; `undefined` while it is not known. */
export function usesInCode(
	use: NameUse,
	service: Service,
	code: CodeIndex,
): readonly { readonly path: string; readonly span: Span }[] | undefined {
	return code.isReading
		? undefined
		: codeUsesOf(use, service, code.names(), code.services()).map(each => ({ path: each.path, span: each.use.span }));
}

/** The edits of the code that go with a rename in a model. */
export function renamesInCode(
	{ file, service, lines }: InService,
	position: Position,
	newName: string,
	code: CodeIndex,
): readonly FileEdits[] {
	const thing = nameAt(file.path, file.document, offsetOf(position, lines));
	return thing ? codeRenameEdits(thing, newName, service, code.names(), code.services()) : [];
}

export function fixesInCode(
	{ path, uses, owners, lines }: InCode,
	{ range, context }: CodeActionParams,
	places: Places,
	code: CodeIndex,
): CodeAction[] {
	const selected = spanOf(range, lines);
	return checkCode(uses, owners, code.appSettingKeys())
		.filter(({ span }) => span.start <= selected.end && selected.start <= span.end)
		.flatMap(problem => {
			const use = uses.find(({ span }) => span.start === problem.span.start);
			const place = rangeOf(problem.span, lines);
			const diagnostics = context.diagnostics.filter(
				each => each.code === problem.code && sameRange(each.range, place),
			);
			return (use ? codeFixes(path, use, problem, owners) : []).map(({ title, preferred, edits }) => ({
				...{ title, kind: CodeActionKind.QuickFix, isPreferred: preferred, diagnostics },
				edit: workspaceEdit(edits, places),
			}));
		});
}

/** From the name of a role, in whichever file of the service, to the class in its code that the platform starts. */
export function roleClasses(
	{ file, service, lines }: InService,
	position: Position,
	workspace: Workspace,
	code: CodeIndex,
	world: ServerWorld,
): ProtocolLocation[] {
	const thing = nameAt(file.path, file.document, offsetOf(position, lines));
	if (thing?.kind !== 'role') {
		return [];
	}
	const known = code.services().find(each => each.service.definition?.path === service.definition?.path);
	const folders = known?.folders ?? roleFolders(service, workspace.projectOf(file.path), []);
	const folder = folders.find(({ role }) => role === thing.name)?.folder;
	const sources = folder === undefined ? [] : world.filesNamed(folder, /\.(?:cs|vb|fs|py)$/i).slice(0, mostFiles);
	return sources.filter(languageOf).flatMap(path => {
		const text = code.textOf(path) ?? world.textOf(path) ?? '';
		const own = new LineMap(text);
		return roleClassesIn(path, text).map(({ span }) => locationOf(code.uriOf(path), span, own));
	});
}

/** More files than any role has; a folder that holds a whole repository is not searched to its end. */
const mostFiles = 2000;

function placesInCode(thing: Thing, service: Service, code: CodeIndex): ProtocolLocation[] {
	return codeUsesOf(thing, service, code.names(), code.services()).flatMap(({ path, use }: PlacedUse) => {
		const lines = code.linesOf(path);
		return lines ? [locationOf(code.uriOf(path), use.span, lines)] : [];
	});
}

function placeOf({ path, span }: NameUse, workspace: Workspace): readonly ProtocolLocation[] {
	const found = workspace.at(path);
	return found ? [locationOf(workspace.uriOf(path), span, found.lines)] : [];
}
