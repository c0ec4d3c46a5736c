import {
	type CodeLens,
	type DocumentLink,
	type InlayHint,
	type LinkedEditingRanges,
	type Position,
	type Range,
	type SemanticTokens,
	SemanticTokensBuilder,
} from 'vscode-languageserver';
import { defaultHints } from '../language/inlayHints';
import { lenses } from '../language/lenses';
import { linkedNames } from '../language/linkedNames';
import { pathLinks } from '../language/links';
import { semanticTokens, tokenTypes } from '../language/semanticTokens';
import { usesInCode } from './codeFeatures';
import type { CodeIndex } from './codeIndex';
import { offsetOf, positionOf, rangeOf, spanOf, uriOf } from './places';
import type { InService, Workspace } from './workspace';
import type { ServerWorld } from './world';

/** What is shown in and about a text without changing it. */

/** A lens only says something: what a click on it would do is each client's own. */
export function codeLenses({ file, service, lines }: InService, code: CodeIndex): CodeLens[] {
	return lenses(file, service, use => usesInCode(use, service, code)).map(({ span, title }) => ({
		range: rangeOf(span, lines),
		command: { title, command: '' },
	}));
}

export function documentLinks({ file, lines }: InService, workspace: Workspace, world: ServerWorld): DocumentLink[] {
	const roles = workspace.projectOf(file.path)?.roles ?? [];
	return pathLinks(file, roles).flatMap(({ span, kind, candidates }) => {
		const path = candidates.find(candidate => world.kindOf(candidate) === kind);
		return path === undefined ? [] : [{ range: rangeOf(span, lines), target: uriOf(path) }];
	});
}

export function inlayHints({ file, lines }: InService, range: Range): InlayHint[] {
	return defaultHints(file, spanOf(range, lines)).map(({ offset, text }) => ({
		position: positionOf(offset, lines),
		label: text,
		paddingLeft: true,
	}));
}

export function linkedRanges({ file, lines }: InService, position: Position): LinkedEditingRanges | undefined {
	const spans = linkedNames(file.document, offsetOf(position, lines));
	return spans.length === 0
		? undefined
		: { ranges: spans.map(span => rangeOf(span, lines)), wordPattern: '[^\\s<>/="\']+' };
}

export const legend = { tokenTypes: Object.values(tokenTypes), tokenModifiers: ['declaration'] };

export function tokensOf({ file, service, lines }: InService): SemanticTokens {
	const builder = new SemanticTokensBuilder();
	const inOrder = [...semanticTokens(file, service)].sort((a, b) => a.span.start - b.span.start);
	for (const { span, kind, declares } of inOrder) {
		const { line, character } = positionOf(span.start, lines);
		const type = legend.tokenTypes.indexOf(tokenTypes[kind]);
		builder.push(line, character, span.end - span.start, type, declares ? 1 : 0);
	}
	return builder.build();
}
