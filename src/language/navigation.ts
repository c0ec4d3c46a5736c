import { plainSpan, type Span } from '../base/span';
import { type NameUse, nameAt, namesOf, sameThing } from '../model/names';
import type { Service } from '../model/service';
import type { ParsedFile } from './documents';

export interface Location {
	readonly path: string;
	readonly span: Span;
}

/** Where the name under the cursor is declared; for what an import brings, the import. Nothing where it is unknown. */
export function definitionOf(file: ParsedFile, service: Service, offset: number): readonly Location[] {
	return usesAt(file, service, offset)
		.filter(({ use }) => use !== 'reference')
		.map(toLocation);
}

/** Every place that names the same thing as the cursor, in all files of the service. */
export function referencesOf(
	file: ParsedFile,
	service: Service,
	offset: number,
	includeDeclaration = true,
): readonly Location[] {
	return usesAt(file, service, offset)
		.filter(({ use }) => includeDeclaration || use === 'reference')
		.map(toLocation);
}

/** The places of the same name in this file alone, for highlighting. */
export function highlightsOf(file: ParsedFile, service: Service, offset: number): readonly Span[] {
	return usesAt(file, service, offset)
		.filter(({ path }) => path === file.path)
		.map(({ span }) => plainSpan(span));
}

function usesAt(file: ParsedFile, service: Service, offset: number): readonly NameUse[] {
	const name = nameAt(file.path, file.document, offset);
	return name ? namesOf(service).filter(use => sameThing(use, name)) : [];
}

function toLocation({ path, span }: NameUse): Location {
	return { path, span: plainSpan(span) };
}
