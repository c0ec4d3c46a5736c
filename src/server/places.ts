import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Location, Position, Range, TextEdit } from 'vscode-languageserver';
import { LineMap } from '../base/lines';
import type { Edit, Span } from '../base/span';
import type { ParsedFile } from '../language/documents';
import type { XmlDocument } from '../xml/syntax';

/** The only place where offsets become the positions of the protocol, which count from 0, and paths its addresses. */

const maps = new WeakMap<XmlDocument, LineMap>();

/** The lines of a parsed text, found once. */
export function linesOf({ document }: Pick<ParsedFile, 'document'>): LineMap {
	const lines = maps.get(document) ?? new LineMap(document.text);
	maps.set(document, lines);
	return lines;
}

export function rangeOf({ start, end }: Span, lines: LineMap): Range {
	return { start: positionOf(start, lines), end: positionOf(end, lines) };
}

export function positionOf(offset: number, lines: LineMap): Position {
	const { line, column } = lines.placeAt(offset);
	return { line: line - 1, character: column - 1 };
}

export function offsetOf({ line, character }: Position, lines: LineMap): number {
	return lines.offsetAt({ line: line + 1, column: character + 1 });
}

export function spanOf({ start, end }: Range, lines: LineMap): Span {
	return { start: offsetOf(start, lines), end: offsetOf(end, lines) };
}

export function textEditOf({ span, text }: Edit, lines: LineMap): TextEdit {
	return { range: rangeOf(span, lines), newText: text };
}

export function locationOf(uri: string, span: Span, lines: LineMap): Location {
	return { uri, range: rangeOf(span, lines) };
}

/** The name under which the core knows a file: its path on disk, or its whole address where it has none. */
export function pathOf(uri: string): string {
	try {
		return uri.startsWith('file:') ? oneDrive(fileURLToPath(uri)) : uri;
	} catch {
		// An address of another machine, or none at all.
		return uri;
	}
}

/** Editors write the letter of a drive in either case, some of them in both. */
export function oneDrive(path: string): string {
	return /^[a-z]:\\/.test(path) ? path.charAt(0).toUpperCase() + path.slice(1) : path;
}

export function uriOf(path: string): string {
	return /^[a-z][\w+.-]+:/i.test(path) ? path : pathToFileURL(path).href;
}
