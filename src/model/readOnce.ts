import type { XmlElement } from '../xml/syntax';

/**
 * Reads each element once. An element that outlives a change of its text (`xml/reparse.ts`) holds what it held before, and
 * so does what was read of it, whose tokens move along.
 */
export function readOnce<T>(read: (element: XmlElement) => T): (element: XmlElement) => T {
	const known = new WeakMap<XmlElement, T>();
	return element => {
		let value = known.get(element);
		if (value === undefined) {
			value = read(element);
			known.set(element, value);
		}
		return value;
	};
}
