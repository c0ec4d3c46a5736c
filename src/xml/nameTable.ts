const size = 1024;

/**
 * The names of one text, each kept once: a document has few different names, written thousands of times, and equal
 * names that are the same string are compared and looked up faster by everything that comes later.
 */
export class NameTable {
	private readonly names: (string | undefined)[] = new Array(size).fill(undefined);
	/** True as soon as a name has a prefix or declares one. */
	prefixed = false;

	/** The name between these offsets. */
	name(text: string, start: number, end: number): string {
		const length = end - start;
		const middle = text.charCodeAt(start + (length >> 1));
		const slot = (length * 31 + text.charCodeAt(start) * 7 + text.charCodeAt(end - 1) * 131 + middle * 17) & (size - 1);
		const known = this.names[slot];
		if (known !== undefined && known.length === length && text.startsWith(known, start)) {
			return known;
		}
		const name = text.slice(start, end);
		this.names[slot] = name;
		this.prefixed ||= name.includes(':');
		return name;
	}

	/** A name of this text without its prefix. */
	localName(name: string): string {
		return this.prefixed ? name.slice(name.indexOf(':') + 1) : name;
	}
}
