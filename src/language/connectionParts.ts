import type { Span } from '../base/span';
import { type ConnectionKey, connectionKeys } from '../model/connectionString';
import type { XmlAttribute, XmlElement } from '../xml/syntax';
import { attribute } from '../xml/syntax';

/** A part `Key=Value` of a connection string, and where it stands in the text of its file. */
export interface ConnectionPart {
	/** The key as it is written, without the blanks around it. */
	readonly key: string;
	readonly keySpan: Span;
	/** `undefined` where no `=` was typed yet. */
	readonly valueSpan: Span | undefined;
	/** From the semicolon before to the one behind. */
	readonly span: Span;
	readonly known: ConnectionKey | undefined;
}

/** The key that a part has, in whatever case it is written. */
export function connectionKey(name: string): ConnectionKey | undefined {
	const wanted = name.toLowerCase();
	return connectionKeys.find(({ key }) => key.toLowerCase() === wanted);
}

/**
 * The parts of the value of a setting that is a storage connection string, or is about to become one: by what stands
 * there, or by the name of the setting where nothing does. `undefined` for any other attribute, and for a value with
 * references in it, whose offsets are not those of its characters.
 */
export function connectionParts(element: XmlElement, value: XmlAttribute): readonly ConnectionPart[] | undefined {
	const raw = value.rawValue;
	if (!raw || element.localName !== 'Setting' || value.written !== 'value' || raw.text !== value.value) {
		return undefined;
	}
	const parts = partsOf(raw.text, raw.start);
	const meant = parts.some(({ known, valueSpan }) => known && valueSpan);
	return meant || (parts.length < 2 && isConnectionName(element) && !raw.text.includes('=')) ? parts : undefined;
}

/** The part that the cursor stands in: right behind a semicolon it is the next one. */
export function connectionPartAt(parts: readonly ConnectionPart[], offset: number): number {
	return parts.findLastIndex(({ span }) => span.start <= offset);
}

function partsOf(text: string, start: number): readonly ConnectionPart[] {
	let at = start;
	return text.split(';').map(part => {
		const span = { start: at, end: at + part.length };
		at = span.end + 1;
		const equals = part.indexOf('=');
		const written = equals < 0 ? part : part.slice(0, equals);
		const keyStart = span.start + written.length - written.trimStart().length;
		const key = written.trim();
		return {
			key,
			keySpan: { start: keyStart, end: keyStart + key.length },
			valueSpan: equals < 0 ? undefined : { start: span.start + equals + 1, end: span.end },
			span,
			known: connectionKey(key),
		};
	});
}

function isConnectionName(element: XmlElement): boolean {
	return /connection|storage/i.test(attribute(element, 'name')?.value ?? '');
}
