import type { Position } from 'vscode-languageserver';
import { codeLenses, documentLinks, inlayHints, linkedRanges, tokensOf } from './annotations';
import { actions, asksFixes, formatted, prepareRename, renamed } from './changes';
import type { Client } from './client';
import {
	definitionsFromCode,
	fixesInCode,
	namesInCode,
	referencesFromCode,
	referencesInCode,
	roleClasses,
} from './codeFeatures';
import type { InCode } from './codeIndex';
import { placesIn } from './edits';
import {
	completions,
	definitions,
	foldingRanges,
	highlights,
	hoverAt,
	references,
	selections,
	signatureHelp,
	symbols,
	symbolsOfWorkspace,
} from './features';
import { impactLenses } from './impactLenses';
import type { Parts } from './parts';
import { secretMoves } from './secrets';
import type { InService } from './workspace';

interface AboutDocument {
	readonly textDocument: { readonly uri: string };
}

export interface AboutPlace extends AboutDocument {
	readonly position: Position;
}

/** Answers each request of the protocol by one call of the core, translated. */
export function registerFeatures(parts: Parts, client: Client): void {
	const { connection, workspace, open, code, models, others, world } = parts;
	/** A document that nobody opened and that is in no folder has no features. */
	const about =
		<P extends AboutDocument, T>(
			work: (found: InService, params: P) => T | undefined,
			inCode: (found: InCode, params: P) => T | undefined = () => undefined,
		) =>
		(params: P): T | null => {
			const found = workspace.of(params.textDocument.uri);
			const source = found ? undefined : code.of(params.textDocument.uri);
			return (found ? work(found, params) : source && inCode(source, params)) ?? null;
		};
	const textOf = (path: string) => open.textOf(path) ?? world.textOf(path);
	const places = placesIn(workspace, open, world);
	const around = { workspace, code, places, world, textOf };
	const completionsOf = about(
		(found, { position }: AboutPlace) => completions(found, position, client.snippets),
		(found, { position }) => namesInCode(found, position),
	);
	connection.onCompletion(params => others.completions(params) ?? completionsOf(params));
	const hoverOf = about((found, { position }: AboutPlace) => hoverAt(found, position));
	connection.onHover(params => others.hover(params) ?? hoverOf(params));
	connection.onSignatureHelp(about((found, { position }) => signatureHelp(found, position)));
	connection.onDefinition(
		about(
			(found, { position }) => definitions(found, position, workspace),
			(found, { position }) => definitionsFromCode(found, position, workspace),
		),
	);
	const classes = about((found, { position }: AboutPlace) => roleClasses(found, position, workspace, code, world));
	connection.onImplementation(classes);
	connection.onTypeDefinition(classes);
	connection.onReferences(
		about(
			(found, { position, context }) => [
				...references(found, position, context.includeDeclaration, workspace),
				...referencesInCode(found, position, code),
			],
			(found, { position, context }) =>
				referencesFromCode(found, position, context.includeDeclaration, workspace, code),
		),
	);
	connection.onDocumentHighlight(about((found, { position }) => highlights(found, position)));
	connection.onDocumentSymbol(about(found => symbols(found)));
	connection.onWorkspaceSymbol(({ query }) => symbolsOfWorkspace(query, workspace));
	connection.onFoldingRanges(about(found => foldingRanges(found)));
	connection.onSelectionRanges(about((found, { positions }) => selections(found, positions)));
	connection.onDocumentFormatting(about((found, { options }) => formatted(found, options)));
	connection.onDocumentRangeFormatting(about((found, { options, range }) => formatted(found, options, range)));
	connection.onCodeAction(
		about(
			(found, params) => [
				...actions(found, params, models.rulesOf(found), places),
				...(asksFixes(params) ? secretMoves(found, params, places, textOf, world, client) : []),
			],
			(found, params) => (asksFixes(params) ? fixesInCode(found, params, places, code) : []),
		),
	);
	connection.onCodeLens(
		about(async found => [...(await impactLenses(found, workspace, world)), ...codeLenses(found, code)]),
	);
	connection.onDocumentLinks(about(found => documentLinks(found, workspace, world)));
	connection.onPrepareRename(about((found, { position }) => prepareRename(found, position)));
	connection.onRenameRequest(
		about((found, { position, newName }) => renamed(found, position, newName, around, client)),
	);
	connection.languages.semanticTokens.on(params => about(found => tokensOf(found))(params) ?? { data: [] });
	connection.languages.onLinkedEditingRange(about((found, { position }) => linkedRanges(found, position)));
	connection.languages.inlayHint.on(about((found, { range }) => (client.showDefaults ? inlayHints(found, range) : [])));
}
