import * as vscode from 'vscode';
import { LineMap } from '../../base/lines';
import type { Severity } from '../../base/problem';
import type { Edit, Span } from '../../base/span';
import type { XmlDocument } from '../../xml/syntax';

/** The only place where offsets become the editor's positions, and plain edits its workspace edits. */

/** Lines and columns survive what an editor does to a file that it opens (BOM, mixed line ends); offsets do not. */
export function rangeOf(span: Span, lines: LineMap): vscode.Range {
	return new vscode.Range(positionOf(span.start, lines), positionOf(span.end, lines));
}

const maps = new WeakMap<XmlDocument, LineMap>();

/** The lines of a parsed text, found once. */
export function linesOf(document: XmlDocument): LineMap {
	const lines = maps.get(document) ?? new LineMap(document.text);
	maps.set(document, lines);
	return lines;
}

function positionOf(offset: number, lines: LineMap): vscode.Position {
	const { line, column } = lines.placeAt(offset);
	return new vscode.Position(line - 1, column - 1);
}

export function locationOf(path: string, span: Span, lines: LineMap): vscode.Location {
	return new vscode.Location(uriOf(path), rangeOf(span, lines));
}

/** Adds the edits of one file, whose offsets count in these lines. */
export function addEdits(
	target: vscode.WorkspaceEdit,
	path: string,
	edits: readonly Edit[],
	lines: LineMap,
	metadata?: vscode.WorkspaceEditEntryMetadata,
): void {
	for (const edit of edits) {
		target.replace(uriOf(path), rangeOf(edit.span, lines), edit.text, metadata);
	}
}

/** The name under which the core knows a document: its path on disk, or its whole address where it has none. */
export function pathOf(uri: vscode.Uri): string {
	return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

export function uriOf(path: string): vscode.Uri {
	return /^[a-z][\w+.-]+:/i.test(path) ? vscode.Uri.parse(path, true) : vscode.Uri.file(path);
}

export function severityOf(severity: Severity): vscode.DiagnosticSeverity {
	switch (severity) {
		case 'error':
			return vscode.DiagnosticSeverity.Error;
		case 'warning':
			return vscode.DiagnosticSeverity.Warning;
		case 'information':
			return vscode.DiagnosticSeverity.Information;
		case 'hint':
			return vscode.DiagnosticSeverity.Hint;
	}
}

/** Runs a feature: a cancelled request is not begun, and a bug is logged rather than shown. */
export function guarded<T>(
	feature: string,
	log: vscode.LogOutputChannel,
	token: vscode.CancellationToken | undefined,
	work: () => T,
): T | undefined {
	if (token?.isCancellationRequested) {
		return undefined;
	}
	try {
		return work();
	} catch (error) {
		log.error(`${feature}:`, error instanceof Error ? error : String(error));
		return undefined;
	}
}
