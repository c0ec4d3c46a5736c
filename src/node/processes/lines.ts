import { StringDecoder } from 'node:string_decoder';

/** A line longer than this is handed on in pieces: one endless line must not fill the memory of the fabric. */
const longestLine = 64 * 1024;

export interface LineReader {
	write(chunk: Buffer): void;
	/** Hands on what came after the last line end. */
	end(): void;
}

/**
 * Cuts UTF-8 chunks into lines without their line ends (LF or CRLF). A character or a line end that is split over two
 * chunks is put together again.
 */
export function lineReader(line: (text: string) => void, longest = longestLine): LineReader {
	const decoder = new StringDecoder('utf8');
	let rest = '';
	const tell = (text: string): void => {
		let left = text.endsWith('\r') ? text.slice(0, -1) : text;
		while (left.length > longest) {
			line(left.slice(0, longest));
			left = left.slice(longest);
		}
		line(left);
	};
	const take = (text: string): void => {
		const pieces = (rest + text).split('\n');
		rest = pieces.pop() ?? '';
		for (const piece of pieces) {
			tell(piece);
		}
		while (rest.length > longest) {
			line(rest.slice(0, longest));
			rest = rest.slice(longest);
		}
	};
	return {
		write: chunk => take(decoder.write(chunk)),
		end: () => {
			take(decoder.end());
			if (rest) {
				tell(rest);
				rest = '';
			}
		},
	};
}
