import { plainSpan, type Span } from '../base/span';
import { type NameKind, namesOf } from '../model/names';
import type { Service } from '../model/service';
import type { ParsedFile } from './documents';

/** A name of the model, to be coloured as what it names. */
export interface SemanticToken {
	readonly span: Span;
	readonly kind: NameKind;
	readonly declares: boolean;
}

/** The names in one file in the order of the text. A name over several lines is none, and left out. */
export function semanticTokens({ path, document }: ParsedFile, service: Service): readonly SemanticToken[] {
	return namesOf(service)
		.filter(use => use.path === path && use.use !== 'import')
		.filter(({ span }) => !/[\r\n]/.test(document.text.slice(span.start, span.end)))
		.map(({ span, kind, use }) => ({ span: plainSpan(span), kind, declares: use === 'declaration' }))
		.sort((a, b) => a.span.start - b.span.start);
}

/** What a token is coloured as: the standard kinds of editors, which every theme has a colour for. */
export const tokenTypes: Readonly<Record<NameKind, string>> = {
	service: 'namespace',
	role: 'class',
	setting: 'property',
	certificate: 'variable',
	endpoint: 'interface',
	localStorage: 'struct',
	probe: 'event',
	loadBalancer: 'type',
	accessControl: 'enum',
};
