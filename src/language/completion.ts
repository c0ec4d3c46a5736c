import type { Span } from '../base/span';
import { escapeValue } from '../model/markup';
import { moduleNamed } from '../model/modules';
import { namedBy } from '../model/names';
import { hasNoVmRoles } from '../model/rules/vmRoles';
import type { Service } from '../model/service';
import { namespaceOfFormat } from '../schema/catalog';
import { attributeGrammar, grammarAt, rootGrammars } from '../schema/grammar';
import { possibleChildren } from '../schema/possibleChildren';
import { type Spot, spotAt } from '../xml/spot';
import { attribute, prefixOf, type XmlAttribute, type XmlElement } from '../xml/syntax';
import { innermostOpen } from './closeTag';
import { describeAttribute, describeElement, describeModule } from './describe';
import type { ParsedFile } from './documents';
import { valuesToChoose } from './knownValues';
import { namesFor } from './nameProposals';
import { initialValue, newElement, writeElement } from './newElement';
import { hasEffect } from './optionalParts';
import { SnippetWriter, writeValue } from './snippet';
import { proposalsWithin } from './valueProposals';

export interface Suggestion {
	readonly label: string;
	readonly kind: 'element' | 'attribute' | 'value' | 'name' | 'closing';
	/** Markdown; empty for none. */
	readonly documentation: string;
	readonly replace: Span;
	readonly text: string;
	/** True where `text` is a snippet with tab stops (`$1`, `${1:initial}`, `${1|a,b|}`); its lines are indented by tabs. */
	readonly snippet: boolean;
	/** True for what has to be there; it comes first. */
	readonly required: boolean;
	/** True where the next completion should be asked for at once, since a value is to be chosen. */
	readonly goOn: boolean;
}

/** What may be typed at the cursor, in the order in which it is worth proposing. */
export function complete(file: ParsedFile, service: Service, offset: number): readonly Suggestion[] {
	const spot = spotAt(file.document, offset);
	switch (spot.at) {
		case 'elementName':
			return elements(file, service, offset, spot);
		case 'content':
			return [...elements(file, service, offset, spot), ...closing(file, spot.replace, offset)];
		case 'closeName':
			return closeName(file, spot.element, spot.replace);
		case 'attributeName':
			return attributes(file, service, spot.element, spot.attribute, spot.replace);
		case 'attributeValue':
			return values(file, service, spot.element, spot.attribute, spot.replace, offset);
		case 'elsewhere':
			return [];
	}
}

function suggestion(
	kind: Suggestion['kind'],
	label: string,
	replace: Span,
	text: string,
	more: Partial<Suggestion> = {},
): Suggestion {
	const { start, end } = replace;
	return {
		label,
		kind,
		documentation: '',
		replace: { start, end },
		text,
		snippet: false,
		required: false,
		goOn: false,
		...more,
	};
}

type ElementSpot = Extract<Spot, { at: 'elementName' | 'content' }>;

function elements(file: ParsedFile, service: Service, offset: number, spot: ElementSpot): readonly Suggestion[] {
	const { parent } = spot;
	const renames =
		spot.at === 'elementName' &&
		(spot.element.attributes.length > 0 || spot.element.closeTag !== undefined || spot.element.selfClosing);
	const candidates = parent ? possible(file, parent, offset).filter(suits(service, parent)) : roots(file, spot);
	const replace = spot.at === 'content' || renames ? spot.replace : withAngle(file.document.text, spot.replace);
	return candidates.flatMap(({ name, description, since, required }) => {
		const more = { documentation: describeElement({ name, description, since }), required };
		if (renames) {
			const prefix = parent ? prefixOf(parent) : '';
			return suggestion('element', name, replace, prefix === '' ? name : `${prefix}:${name}`, more);
		}
		const element = newElement(file, service, parent, name);
		if (!element) {
			return [];
		}
		const writer = new SnippetWriter().plain(spot.at === 'content' ? '<' : '');
		writeElement(writer, element, parent ? undefined : namespaceOfFormat(file.format));
		return suggestion('element', name, replace, writer.end().toString(), { ...more, snippet: true });
	});
}

interface Candidate {
	readonly name: string;
	readonly description: string;
	readonly since: string | undefined;
	readonly required: boolean;
}

function possible(file: ParsedFile, parent: XmlElement, offset: number): readonly Candidate[] {
	return possibleChildren(file.format, parent, offset)
		.filter(child => !child.usedUp && child.inOrder)
		.map(child => ({ ...child, required: child.count < child.min }))
		.sort((a, b) => Number(b.required) - Number(a.required));
}

/** Only virtual machine roles have an image of their own, and only the first SDKs have such roles (cross-file-rules.md 13). */
function suits({ definition }: Service, parent: XmlElement): (candidate: Candidate) => boolean {
	return ({ name }) => {
		if (name === 'VirtualMachineRole') {
			return !hasNoVmRoles(attribute(parent, 'schemaVersion')?.value ?? '');
		}
		const role = name === 'OsImage' ? attribute(parent, 'name')?.value : undefined;
		const declared = definition?.roles.find(each => each.name?.text === role);
		return name !== 'OsImage' || !declared || declared.kind === 'VirtualMachineRole';
	};
}

function roots(file: ParsedFile, spot: ElementSpot): readonly Candidate[] {
	const taken = file.document.root && !(spot.at === 'elementName' && spot.element === file.document.root);
	return taken
		? []
		: rootGrammars(file.format)
				.slice(0, 1)
				.map(grammar => ({ ...grammar, required: true }));
}

/** An editor that closes brackets leaves a `>` behind the cursor; the whole element takes its place too. */
function withAngle(text: string, { start, end }: Span): Span {
	return { start, end: text.charAt(end) === '>' ? end + 1 : end };
}

function closing(file: ParsedFile, replace: Span, offset: number): readonly Suggestion[] {
	const open = innermostOpen(file.document, offset);
	return open?.name ? [suggestion('closing', `</${open.name.text}>`, replace, `</${open.name.text}>`)] : [];
}

function closeName(file: ParsedFile, element: XmlElement, replace: Span): readonly Suggestion[] {
	const name = element.name?.text;
	const angle = file.document.text.charAt(replace.end) === '>' ? '' : '>';
	return name === undefined ? [] : [suggestion('closing', name, replace, name + angle)];
}

function attributes(
	file: ParsedFile,
	service: Service,
	element: XmlElement,
	current: XmlAttribute | undefined,
	replace: Span,
): readonly Suggestion[] {
	const present = new Set(element.attributes.filter(each => each !== current).map(each => each.name.text));
	const free =
		grammarAt(file.format, element)?.attributes.filter(({ name }) => {
			return !present.has(name) && hasEffect(element, name);
		}) ?? [];
	return free.map(grammar => {
		const more = { documentation: describeAttribute(grammar), required: grammar.required };
		if (current && current.end > current.name.end) {
			return suggestion('attribute', grammar.name, replace, grammar.name, more);
		}
		const writer = new SnippetWriter().plain(`${grammar.name}="`);
		writeValue(writer, grammar, initialValue({ file, service }, element, grammar));
		const chosen = namedBy(element, grammar.name) !== undefined || grammar.value.kind === 'open';
		return suggestion('attribute', grammar.name, replace, writer.plain('"').end().toString(), {
			...more,
			snippet: true,
			goOn: chosen,
		});
	});
}

function values(
	file: ParsedFile,
	service: Service,
	element: XmlElement,
	attribute: XmlAttribute,
	replace: Span,
	offset: number,
): readonly Suggestion[] {
	const name = attribute.name.text;
	const quote = attribute.rawValue ? file.document.text.charAt(attribute.rawValue.start - 1) : '"';
	const write = (value: string) => {
		return attribute.rawValue ? escapeValue(value, quote) : `"${escapeValue(value, quote)}"`;
	};
	const within = proposalsWithin(service, element, attribute, offset);
	if (within) {
		return within.map(({ value, description, replace: part, goOn }) =>
			suggestion('value', value, part ?? replace, write(value), { documentation: description, goOn }),
		);
	}
	const names = namesFor(file, service, element, name);
	const grammar = attributeGrammar(file.format, element, name);
	const choices = valuesToChoose(element, name) ?? grammar?.value.values ?? [];
	const listed = choices.filter(({ value }) => !names.includes(value));
	const described = name === 'moduleName' ? (service.modules ?? []) : [];
	const usual = grammar?.default;
	const fallback =
		listed.length === 0 && names.length === 0 && usual !== undefined && usual !== ''
			? [{ value: usual, description: 'The default.' }]
			: [];
	return [
		...names.map(value => suggestion('name', value, replace, write(value))),
		...described.map(({ moduleName }) =>
			suggestion('value', moduleName, replace, write(moduleName), {
				documentation: describeModule(moduleName, service),
			}),
		),
		...[...listed, ...fallback].map(({ value, description }) => {
			const module = name === 'moduleName' && moduleNamed(value) ? describeModule(value, service) : description;
			return suggestion('value', value, replace, write(value), { documentation: module });
		}),
	];
}
