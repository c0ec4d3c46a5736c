import assert from 'node:assert/strict';
import { acceptSomething, type ServiceTexts } from './everyFeature';

/** Begins something at so many places of the files of a service, accepts what is proposed there, and looks for new errors. */
export function acceptEverywhere(texts: ServiceTexts, times: number, next: () => number): void {
	const paths = [...texts.keys()];
	for (let round = 0; round < times; round++) {
		const path = paths[Math.floor(next() * paths.length)] ?? '';
		const text = texts.get(path) ?? '';
		// A new element between two tags, or a new attribute at the end of one.
		const [place, begun] = next() < 0.5 ? [/>\s*</g, '<'] : [/"(?=\s*\/?>)/g, ' '];
		const places = [...text.matchAll(place)];
		const found = places[Math.floor(next() * places.length)];
		if (!found) {
			continue;
		}
		const at = found.index + 1;
		const typed = new Map([...texts, [path, text.slice(0, at) + begun + text.slice(at)]]);
		const { accepted, problems } = acceptSomething(typed, path, at + 1, next);
		// A name of something of which there is none waits to be typed.
		if (accepted && !/="\$\{\d\}"/.test(accepted.text)) {
			assert.deepEqual(problems, [], `'${accepted.text}' accepted in ${path} at ${at}`);
		}
	}
}
