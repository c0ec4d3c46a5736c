import {
	type CompletionItem,
	type DocumentHighlight,
	type FoldingRange,
	FoldingRangeKind,
	type Hover,
	MarkupKind,
	type Position,
	type Location as ProtocolLocation,
	type DocumentSymbol as ProtocolSymbol,
	type SelectionRange,
	type SignatureHelp,
	SymbolKind,
	type WorkspaceSymbol,
} from 'vscode-languageserver';
import { complete } from '../language/completion';
import { folds } from '../language/folding';
import { hover } from '../language/hover';
import { definitionOf, highlightsOf, type Location, referencesOf } from '../language/navigation';
import { selectionRanges } from '../language/selectionRanges';
import { signatureAt } from '../language/signature';
import { type DocumentSymbol, outline } from '../language/symbols';
import { workspaceSymbols } from '../language/workspaceSymbols';
import type { NameKind } from '../model/names';
import { completionItem } from './completionItem';
import { locationOf, offsetOf, rangeOf } from './places';
import type { InService, Workspace } from './workspace';

/** What is read off a text: each feature is one call of the core, translated. */

export function completions(found: InService, position: Position, withSnippets: boolean): CompletionItem[] {
	const { file, service, lines } = found;
	return complete(file, service, offsetOf(position, lines)).map((each, place) =>
		completionItem(each, place, found, withSnippets),
	);
}

export function hoverAt({ file, service, lines }: InService, position: Position): Hover | undefined {
	const found = hover(file, service, offsetOf(position, lines));
	return found && { contents: { kind: MarkupKind.Markdown, value: found.text }, range: rangeOf(found.span, lines) };
}

export function signatureHelp({ file, lines }: InService, position: Position): SignatureHelp | undefined {
	const found = signatureAt(file, offsetOf(position, lines));
	if (!found) {
		return undefined;
	}
	const parameters = found.parts.map(({ start, end, documentation }) => ({
		label: [start, end] satisfies [number, number],
		documentation: { kind: MarkupKind.Markdown, value: documentation },
	}));
	const documentation = 'The parts of a storage connection string, in any order.';
	// An index beyond the last one marks none.
	const activeParameter = found.active ?? parameters.length;
	return { signatures: [{ label: found.label, documentation, parameters }], activeSignature: 0, activeParameter };
}

export function definitions(found: InService, position: Position, workspace: Workspace): ProtocolLocation[] {
	const { file, service, lines } = found;
	return located(definitionOf(file, service, offsetOf(position, lines)), workspace);
}

export function references(
	found: InService,
	position: Position,
	includeDeclaration: boolean,
	workspace: Workspace,
): ProtocolLocation[] {
	const { file, service, lines } = found;
	return located(referencesOf(file, service, offsetOf(position, lines), includeDeclaration), workspace);
}

export function highlights({ file, service, lines }: InService, position: Position): DocumentHighlight[] {
	return highlightsOf(file, service, offsetOf(position, lines)).map(span => ({ range: rangeOf(span, lines) }));
}

export function symbols({ file, lines }: InService): ProtocolSymbol[] {
	const symbolOf = ({ name, detail, kind, span, selection, children }: DocumentSymbol): ProtocolSymbol => ({
		// A name that is not written yet has no text, which the protocol does not take.
		name: name === '' ? '?' : name,
		detail,
		kind: symbolKinds[kind],
		range: rangeOf(span, lines),
		selectionRange: rangeOf(selection, lines),
		children: children.map(symbolOf),
	});
	return outline(file).map(symbolOf);
}

export function symbolsOfWorkspace(query: string, workspace: Workspace): WorkspaceSymbol[] {
	return workspaceSymbols(workspace.services(), query).flatMap(({ name, kind, container, location }) => {
		const [place] = located([location], workspace);
		return place ? [{ name, kind: nameKinds[kind], containerName: container, location: place }] : [];
	});
}

export function foldingRanges({ file, lines }: InService): FoldingRange[] {
	return folds(file).map(({ span, kind }) => {
		const { start, end } = rangeOf(span, lines);
		const isAlone = /^\s*$/.test(
			file.document.text.slice(lines.offsetAt({ line: end.line + 1, column: 1 }), span.end).replace(/<\/[^<]*$/, ''),
		);
		// A closing tag on a line of its own stays visible below the folded element.
		const endLine = isAlone && kind === 'element' ? end.line - 1 : end.line;
		return { startLine: start.line, endLine, ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }) };
	});
}

export function selections({ file, lines }: InService, positions: readonly Position[]): SelectionRange[] {
	return positions.map(position => {
		const spans = selectionRanges(file.document, offsetOf(position, lines));
		const outer = spans.reduceRight<SelectionRange | undefined>(
			(parent, span) => ({ range: rangeOf(span, lines), ...(parent && { parent }) }),
			undefined,
		);
		return outer ?? { range: { start: position, end: position } };
	});
}

function located(locations: readonly Location[], workspace: Workspace): ProtocolLocation[] {
	return locations.flatMap(({ path, span }) => {
		const found = workspace.at(path);
		return found ? [locationOf(workspace.uriOf(path), span, found.lines)] : [];
	});
}

const symbolKinds: Readonly<Record<DocumentSymbol['kind'], SymbolKind>> = {
	file: SymbolKind.Package,
	role: SymbolKind.Class,
	setting: SymbolKind.Property,
	certificate: SymbolKind.Key,
	endpoint: SymbolKind.Interface,
	storage: SymbolKind.Field,
	task: SymbolKind.Event,
	site: SymbolKind.Module,
	group: SymbolKind.Namespace,
};

const nameKinds: Readonly<Record<NameKind, SymbolKind>> = {
	service: SymbolKind.Package,
	role: SymbolKind.Class,
	setting: SymbolKind.Property,
	certificate: SymbolKind.Key,
	endpoint: SymbolKind.Interface,
	localStorage: SymbolKind.Field,
	probe: SymbolKind.Event,
	loadBalancer: SymbolKind.Interface,
	accessControl: SymbolKind.Enum,
};
