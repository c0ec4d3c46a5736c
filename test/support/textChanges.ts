/** Something that an author or an accident does to a text; what it gives is the whole new text. */
export type Change = (text: string, next: () => number) => string;

const typed = [
	'<',
	'>',
	'"',
	"'",
	'&',
	'/',
	'</',
	'/>',
	'<!--',
	'-->',
	'<![CDATA[',
	']]>',
	'<?',
	'<!DOCTYPE x>',
	'=',
	' ',
	'\n',
	'\r\n',
	'\t',
	'a',
	'ä',
	'\ud800',
	'\u0000',
	'&amp;',
	'&#65;',
	'&nbsp;',
	' name="x"',
	' x:y="1"',
	'<Setting name="More" />',
	'<Setting',
	'<WorkerRole name="Other">',
	'</WorkerRole>',
	'</Role>',
	'</ServiceDefinition>',
	'<x:Role/>',
	'text',
	'<!-- note -->',
	'<!-- rolewright-ignore unknownSetting: known -->',
];

/** One change somewhere in a text: something typed, deleted, repeated, moved, or broken off. */
export const anyChange: Change = (text, next) => {
	const at = Math.floor(next() * (text.length + 1));
	const length = next() < 0.7 ? Math.floor(next() * 4) : Math.floor(next() * 60);
	const insert = typed[Math.floor(next() * typed.length)] ?? '';
	switch (Math.floor(next() * 6)) {
		case 0:
		case 1:
			return text.slice(0, at) + insert + text.slice(at);
		case 2:
			return text.slice(0, at) + text.slice(at + length);
		case 3:
			return text.slice(0, at) + insert + text.slice(at + length);
		case 4: {
			const from = Math.floor(next() * text.length);
			return text.slice(0, at) + text.slice(from, from + length * 5) + text.slice(at);
		}
		default:
			return text.slice(0, at) + (text.charAt(at) === '"' ? '' : '"') + text.slice(at + (length > 2 ? 1 : 0));
	}
};

/** A change inside a value or a name, as most keystrokes are: the text mostly stays well-formed. */
export const keystroke: Change = (text, next) => {
	const places = [...text.matchAll(/"[^"<>\n]*"/g)];
	const place = places[Math.floor(next() * places.length)];
	if (!place || next() < 0.2) {
		return anyChange(text, next);
	}
	const at = place.index + 1 + Math.floor(next() * (place[0].length - 1));
	const isDeleted = next() < 0.3 && at < place.index + place[0].length - 1;
	return (
		text.slice(0, at) + (isDeleted ? '' : 'x1.'.charAt(Math.floor(next() * 3))) + text.slice(at + (isDeleted ? 1 : 0))
	);
};

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
