import { connectionKeys } from '../model/connectionString';
import { spotAt } from '../xml/spot';
import { connectionPartAt, connectionParts } from './connectionParts';
import type { ParsedFile } from './documents';

/** The parts of a value that is written part by part, as an editor shows the parameters of a call. */
export interface Signature {
	readonly label: string;
	readonly parts: readonly {
		/** Where the part stands in the label. */
		readonly start: number;
		readonly end: number;
		/** Markdown. */
		readonly documentation: string;
	}[];
	/** The index of the part that the cursor stands in; `undefined` where it stands in none that is known. */
	readonly active: number | undefined;
}

/** The parts of the connection string under the cursor: those that are written, in their order. */
export function signatureAt({ document }: ParsedFile, offset: number): Signature | undefined {
	const spot = spotAt(document, offset);
	const parts = spot.at === 'attributeValue' ? connectionParts(spot.element, spot.attribute) : undefined;
	if (!parts) {
		return undefined;
	}
	const current = connectionPartAt(parts, offset);
	const written = parts.flatMap((part, index) => (part.known ? [{ known: part.known, index }] : []));
	const shown = written.length > 0 ? written.map(({ known }) => known) : usual;
	let label = '';
	const placed = shown.map(({ key, meaning }) => {
		label += label === '' ? '' : ';';
		const start = label.length;
		label += `${key}=…`;
		// What stands there is not repeated: it may be a secret.
		return { start, end: label.length, documentation: meaning };
	});
	const active = written.findIndex(({ index }) => index === current);
	return { label, parts: placed, active: active < 0 ? undefined : active };
}

const usual = connectionKeys.slice(0, 4);
