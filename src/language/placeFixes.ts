import { plainSpan, type Span } from '../base/span';
import { integerOf } from '../model/elements';
import { familyOfVersion } from '../model/guestOsFamilies';
import { escapeValue, removeElement, setAttribute } from '../model/markup';
import { isTagClosed } from '../schema/consequences';
import { elementAt } from '../xml/spot';
import { attribute, valueToken } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { draft, type FixDraft } from './fix';
import { removeAttribute } from './schemaFixes';

/** Small fixes of one place, in the words of a menu. */

export function replaceValue(file: ParsedFile, span: Span, value: string, preferred = false): FixDraft {
	const quote = file.document.text.charAt(span.start - 1);
	return draft(`Change to '${value}'`, file.path, [{ span, text: escapeValue(value, quote) }], preferred);
}

/** Another guest OS family; a version of the old one, where it is pinned, goes with it. */
export function changeFamily(file: ParsedFile, span: Span, family: string, preferred: boolean): FixDraft {
	const version = valueToken(attribute(elementAt(file.document, span.start), 'osVersion'));
	const pinned = version && familyOfVersion(version.text);
	const edit = { span, text: family };
	if (!version || pinned === undefined || pinned === family) {
		return draft(`Change to '${family}'`, file.path, [edit], preferred);
	}
	const any = { span: plainSpan(version), text: '*' };
	return draft(`Change to '${family}', and osVersion to '*'`, file.path, [edit, any], preferred);
}

export function removeAt(file: ParsedFile, span: Span, title: string): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	return element ? [draft(title, file.path, [removeElement(file.document, element)])] : [];
}

/** Removes an attribute of the element at a span. */
export function removeAttributeAt(file: ParsedFile, span: Span, name: string): readonly FixDraft[] {
	const found = attribute(elementAt(file.document, span.start), name);
	return found ? [draft(`Remove '${name}'`, file.path, [removeAttribute(file, found)], true)] : [];
}

/**
 * Gives the element at a span an attribute, in the place of an old value or behind the other attributes. Not while its tag
 * is still being typed: where the last value ends is not known then.
 */
export function setAttributeAt(
	file: ParsedFile,
	span: Span,
	name: string,
	value: string,
	title = `Set ${name}="${value}"`,
): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	return element && isTagClosed(file.document, element)
		? [draft(title, file.path, [setAttribute(file.document, element, name, value)], true)]
		: [];
}

export function swapRange(file: ParsedFile, span: Span): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	const min = attribute(element, 'min')?.rawValue;
	const max = attribute(element, 'max')?.rawValue;
	if (!min || !max) {
		return [];
	}
	const title = `Swap to ${integerOf(element, 'max')} and ${integerOf(element, 'min')}`;
	const edits = [
		{ span: min, text: max.text },
		{ span: max, text: min.text },
	];
	return [draft(title, file.path, edits, true)];
}
