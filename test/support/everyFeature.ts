import assert from 'node:assert/strict';
import { applyEdits, type Edit, type FileEdits } from '../../src/base/span';
import { closingText } from '../../src/language/closeTag';
import { complete, type Suggestion } from '../../src/language/completion';
import { diagnose } from '../../src/language/diagnostics';
import { type ParsedFile, parseFile, serviceOf } from '../../src/language/documents';
import { folds } from '../../src/language/folding';
import { format } from '../../src/language/format';
import { hover } from '../../src/language/hover';
import { defaultHints } from '../../src/language/inlayHints';
import { lenses } from '../../src/language/lenses';
import { pathLinks } from '../../src/language/links';
import { definitionOf, highlightsOf, referencesOf } from '../../src/language/navigation';
import { organise } from '../../src/language/organise';
import { fixesFor } from '../../src/language/quickFix';
import { renamable, rename } from '../../src/language/rename';
import { selectionRanges } from '../../src/language/selectionRanges';
import { semanticTokens } from '../../src/language/semanticTokens';
import { outline } from '../../src/language/symbols';
import { workspaceSymbols } from '../../src/language/workspaceSymbols';
import { parse } from '../../src/xml/parser';
import { expandSnippet } from './snippet';

/** The files of a service by path: the definition and configurations. */
export type ServiceTexts = ReadonlyMap<string, string>;

function filesOf(texts: ServiceTexts): readonly ParsedFile[] {
	return [...texts].map(([path, text]) => parseFile(path, path.endsWith('.csdef') ? 'csdef' : 'cscfg', text));
}

/**
 * Asks every feature about a service, whatever its texts are, at some places. Nothing may throw, and nothing that a
 * feature proposes may touch what it is not about: edits lie in their files, in order and apart; the formatter changes
 * blanks only; organising keeps every element as it is written.
 */
export function tryEverything(texts: ServiceTexts, next: () => number): void {
	const files = filesOf(texts);
	const service = serviceOf(files);
	for (const file of files) {
		const { text } = file.document;
		const problems = diagnose(file, service, { today: '2026-01-01' });
		for (const problem of problems.slice(0, 60)) {
			assert.ok(0 <= problem.span.start && problem.span.start <= problem.span.end && problem.span.end <= text.length);
			for (const { edits } of fixesFor(file, service, problem)) {
				checkFileEdits(texts, edits);
			}
		}
		tryWholeFile(file, service);
		for (let count = 0; count < 6; count++) {
			tryPlace(texts, file, service, Math.floor(next() * (text.length + 1)));
		}
	}
	workspaceSymbols([service], 'se');
}

function tryWholeFile(file: ParsedFile, service: ReturnType<typeof serviceOf>): void {
	const { document } = file;
	const { text } = document;
	outline(file);
	folds(file);
	lenses(file, service);
	pathLinks(file);
	semanticTokens(file, service);
	defaultHints(file, { start: 0, end: text.length });
	const blanks = format(document, '  ');
	checkEdits(text, blanks);
	for (const { span, text: by } of blanks) {
		assert.match(text.slice(span.start, span.end) + by, /^[ \t\r\n]*$/);
	}
	const sorted = organise(file);
	checkEdits(text, sorted);
	assert.equal(letters(applyEdits(text, sorted)), letters(text));
}

function tryPlace(texts: ServiceTexts, file: ParsedFile, service: ReturnType<typeof serviceOf>, offset: number): void {
	const { text } = file.document;
	hover(file, service, offset);
	definitionOf(file, service, offset);
	referencesOf(file, service, offset);
	highlightsOf(file, service, offset);
	selectionRanges(file.document, offset);
	closingText(file.document, offset);
	for (const { replace, text: by } of complete(file, service, offset)) {
		checkEdits(text, [{ span: replace, text: by }]);
	}
	const name = renamable(file, service, offset);
	if (!('refused' in name)) {
		const edits = rename(file, service, offset, 'Renamed');
		if (!('refused' in edits)) {
			checkFileEdits(texts, edits);
			checkRenamed(texts, edits, name.name);
		}
	}
}

/** The edits of a rename put the new name in the place of the old one, however it was written, and nothing else. */
function checkRenamed(texts: ServiceTexts, files: readonly FileEdits[], name: string): void {
	for (const { path, edits } of files) {
		for (const { span, text } of edits) {
			assert.equal(text, 'Renamed');
			const raw = texts.get(path)?.slice(span.start, span.end) ?? '';
			assert.equal(parse(`<A a="${raw.replaceAll('"', '&quot;')}"/>`).root?.attributes[0]?.value, name);
		}
	}
}

function checkFileEdits(texts: ServiceTexts, files: readonly FileEdits[]): void {
	for (const { path, edits } of files) {
		const text = texts.get(path);
		assert.ok(text !== undefined, `edits of ${path}, which is no file of the service`);
		checkEdits(text, edits);
	}
}

function checkEdits(text: string, edits: readonly Edit[]): void {
	let done = 0;
	for (const { span } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
		assert.ok(done <= span.start && span.start <= span.end && span.end <= text.length, 'edits overlap or lie outside');
		done = span.end;
	}
}

function letters(text: string): string {
	return [...text].sort().join('');
}

/** Accepts a proposal somewhere in a service, and says which problems are there that were not there before. */
export function acceptSomething(
	texts: ServiceTexts,
	path: string,
	offset: number,
	next: () => number,
): { readonly accepted: Suggestion | undefined; readonly problems: readonly string[] } {
	const service = serviceOf(filesOf(texts));
	const file = filesOf(texts).find(each => each.path === path);
	const proposals = file ? complete(file, service, offset) : [];
	const accepted = proposals[Math.floor(next() * proposals.length)];
	if (!file || !accepted) {
		return { accepted: undefined, problems: [] };
	}
	const by = accepted.snippet ? expandSnippet(accepted.text) : accepted.text;
	const text = applyEdits(file.document.text, [{ span: accepted.replace, text: by }]);
	const before = new Map<string, number>();
	for (const problem of errorsIn(texts, path)) {
		before.set(problem, (before.get(problem) ?? 0) + 1);
	}
	const problems = errorsIn(new Map([...texts, [path, text]]), path).filter(problem => {
		const count = before.get(problem) ?? 0;
		before.set(problem, count - 1);
		return count <= 0;
	});
	return { accepted, problems };
}

function errorsIn(texts: ServiceTexts, path: string): readonly string[] {
	const files = filesOf(texts);
	const file = files.find(each => each.path === path);
	return file
		? diagnose(file, serviceOf(files)).flatMap(({ code, severity, layer, message }) =>
				severity === 'error' ? [`${layer} ${code}: ${message}`] : [],
			)
		: [];
}
