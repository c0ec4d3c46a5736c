import { type CodeAction, CodeActionKind, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver';
import { filesForSecrets, moveSecret, type SecretEdit, secretsAt } from '../language/secretMove';
import { folderOf } from '../model/paths';
import type { Places } from './edits';
import { spanOf, textEditOf, uriOf } from './places';
import type { EditAbilities } from './roleRename';
import type { InService } from './workspace';
import type { ServerWorld } from './world';

/**
 * Offers to move a secret from a configuration into a file that git ignores. Where a file has to be made, only to a client
 * that can make one.
 */
export function secretMoves(
	{ file, service, lines }: InService,
	{ range, context }: CodeActionParams,
	places: Places,
	textOf: (path: string) => string | undefined,
	world: ServerWorld,
	client: EditAbilities,
): CodeAction[] {
	const main = service.definition?.path ?? file.path;
	const files = filesForSecrets(service, file, world.secretsFileIn(folderOf(main)));
	return secretsAt(file, service, spanOf(range, lines)).flatMap(secret => {
		const edits = moveSecret(file, secret, files, textOf) ?? [];
		const isPossible = client.creates || edits.every(each => 'edits' in each);
		return edits.length === 0 || !isPossible
			? []
			: [
					{
						title: `Move the value of '${secret.name}' to a file that git ignores`,
						kind: CodeActionKind.QuickFix,
						diagnostics: context.diagnostics.filter(({ code }) => code === 'secretInFile'),
						edit: { documentChanges: edits.flatMap(each => changesOf(each, places)) },
					},
				];
	});
}

function changesOf(edit: SecretEdit, places: Places): NonNullable<WorkspaceEdit['documentChanges']> {
	if ('created' in edit) {
		const uri = uriOf(edit.path);
		const start = { line: 0, character: 0 };
		return [
			{ kind: 'create', uri, options: { overwrite: false } },
			{ textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: edit.created }] },
		];
	}
	const place = places(edit.path);
	return place
		? [
				{
					textDocument: { uri: place.uri, version: null },
					edits: edit.edits.map(each => textEditOf(each, place.lines)),
				},
			]
		: [];
}
