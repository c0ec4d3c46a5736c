import type { Span } from '../base/span';
import { nameAt } from '../model/names';
import type { Service } from '../model/service';
import { attributeGrammar, grammarAt } from '../schema/grammar';
import { spotAt } from '../xml/spot';
import type { XmlAttribute, XmlElement } from '../xml/syntax';
import { code, describeAttribute, describeElement, describeModule, describeName } from './describe';
import type { ParsedFile } from './documents';
import { describeValue } from './knownValues';

export interface Hover {
	readonly span: Span;
	/** Markdown. */
	readonly text: string;
}

/** What the thing under the cursor means: an element, an attribute, a value, or a name of the service. */
export function hover(file: ParsedFile, service: Service, offset: number): Hover | undefined {
	const spot = spotAt(file.document, offset);
	switch (spot.at) {
		case 'elementName':
		case 'closeName':
			return about(spot.replace, elementText(file, spot.element));
		case 'attributeName':
			return spot.attribute && about(spot.replace, attributeText(file, spot.element, spot.attribute.name.text));
		case 'attributeValue':
			return valueHover(file, service, spot.element, spot.attribute, offset);
		default:
			return undefined;
	}
}

function about(span: Span, text: string): Hover | undefined {
	return text === '' ? undefined : { span: { start: span.start, end: span.end }, text };
}

function elementText(file: ParsedFile, element: XmlElement): string {
	const grammar = grammarAt(file.format, element);
	return grammar ? describeElement(grammar) : '';
}

function attributeText(file: ParsedFile, element: XmlElement, name: string): string {
	const grammar = attributeGrammar(file.format, element, name);
	return grammar ? describeAttribute(grammar) : '';
}

function valueHover(
	file: ParsedFile,
	service: Service,
	element: XmlElement,
	attribute: XmlAttribute,
	offset: number,
): Hover | undefined {
	const name = nameAt(file.path, file.document, offset);
	if (name) {
		return about(name.span, describeName(service, name));
	}
	if (!attribute.rawValue || attribute.value === '') {
		return undefined;
	}
	if (attribute.name.text === 'moduleName') {
		return about(attribute.rawValue, describeModule(attribute.value, service));
	}
	const known = describeValue(attribute.name.text, attribute.value);
	if (known !== undefined) {
		return about(attribute.rawValue, `${code(attribute.value)}: ${known}`);
	}
	const grammar = attributeGrammar(file.format, element, attribute.name.text);
	const listed = grammar?.value.values.find(({ value }) => value === attribute.value);
	if (listed && listed.description !== '') {
		return about(attribute.rawValue, `${code(listed.value)}: ${listed.description}`);
	}
	return grammar && about(attribute.rawValue, describeAttribute(grammar));
}
