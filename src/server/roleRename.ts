import type { ChangeAnnotation, RenameFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdits } from '../base/span';
import { renameMentions } from '../language/roleMentions';
import { folderOf, joinPath } from '../model/paths';
import type { Places } from './edits';
import { textEditOf, uriOf } from './places';
import type { Workspace } from './workspace';
import type { ServerWorld } from './world';

/** What a client can do with an edit beside changing texts. */
export interface EditAbilities {
	readonly creates: boolean;
	readonly renames: boolean;
	/** It asks before it does what is marked so. */
	readonly confirms: boolean;
}

/** A role that gets another name. */
export interface RenamedRole {
	readonly definition: string;
	readonly oldName: string;
	readonly newName: string;
}

/**
 * What names a role beside the model and its code: what `rolewright.json`, launch configurations and scenarios say of it.
 * `folder`: that of the client's which the definition is in.
 */
export function mentionsOfRole(
	{ definition, oldName, newName }: RenamedRole,
	folder: string | undefined,
	textOf: (path: string) => string | undefined,
	world: ServerWorld,
): readonly FileEdits[] {
	const paths = [
		joinPath(definition, 'rolewright.json'),
		...(folder === undefined ? [] : [joinPath(`${folder}/x`, '.vscode/launch.json')]),
		...world.filesNamed(folderOf(definition), /\.lifecycle\.json$/i),
	];
	const files = paths.flatMap(path => {
		const text = textOf(path);
		return text === undefined ? [] : [{ path, text }];
	});
	return renameMentions(files, oldName, newName);
}

const mentions = 'mentions';
const code = 'folder';

/**
 * An edit whose parts are asked about: the mentions, and the folder of the role's code, which gets the new name too unless
 * a project says where it is. Only for a client that asks; any other gets the mentions unasked, and keeps the folder.
 */
export function withRole(
	edit: WorkspaceEdit,
	role: RenamedRole,
	mentioned: readonly FileEdits[],
	workspace: Workspace,
	places: Places,
	world: ServerWorld,
	client: EditAbilities,
): WorkspaceEdit {
	const editsOf = (file: FileEdits) => {
		const place = places(file.path);
		return place ? [{ uri: place.uri, edits: file.edits.map(each => textEditOf(each, place.lines)) }] : [];
	};
	if (!client.confirms) {
		const changes = { ...edit.changes };
		for (const { uri, edits } of mentioned.flatMap(editsOf)) {
			changes[uri] = [...(changes[uri] ?? []), ...edits];
		}
		return { changes };
	}
	const textEdit = (uri: string, edits: readonly TextEdit[], annotationId?: string): TextDocumentEdit => ({
		textDocument: { uri, version: null },
		edits: edits.map(each => (annotationId === undefined ? each : { ...each, annotationId })),
	});
	const asked: Record<string, ChangeAnnotation> = {
		[mentions]: {
			label: 'Names of the role in settings, launch configurations and scenarios',
			needsConfirmation: true,
		},
		[code]: { label: "The folder of the role's code", needsConfirmation: true },
	};
	return {
		documentChanges: [
			...Object.entries(edit.changes ?? {}).map(([uri, edits]) => textEdit(uri, edits)),
			...mentioned.flatMap(editsOf).map(({ uri, edits }) => textEdit(uri, edits, mentions)),
			...(client.renames ? renamedFolder(role, workspace, world) : []),
		],
		changeAnnotations: asked,
	};
}

function renamedFolder(
	{ definition, oldName, newName }: RenamedRole,
	workspace: Workspace,
	world: ServerWorld,
): readonly RenameFile[] {
	const from = joinPath(definition, oldName);
	const to = joinPath(definition, newName);
	const isNamed = workspace.projectOf(definition)?.roles.some(({ name }) => name === oldName) === true;
	const isOffered =
		!isNamed &&
		isPlain(oldName) &&
		isPlain(newName) &&
		world.kindOf(from) === 'folder' &&
		world.kindOf(to) === undefined;
	return isOffered
		? [
				{
					kind: 'rename',
					oldUri: uriOf(from),
					newUri: uriOf(to),
					options: { overwrite: false },
					annotationId: code,
				},
			]
		: [];
}

/** A name of a role becomes a path only where it is the name of one folder. */
function isPlain(name: string): boolean {
	return !/[\\/:]|^\.+$/.test(name);
}
