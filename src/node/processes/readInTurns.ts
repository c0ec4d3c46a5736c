import type { Readable } from 'node:stream';
import { pace } from '../clock';

/** Node.js reads at most so many bytes at once; a piece of that size is followed by the next one, without a turn for anybody else. */
const wholePiece = 64 * 1024;

/** Gives each piece to `take`, and everybody else a turn between those of a flood. */
export function readInTurns(source: Readable, take: (piece: Buffer) => void): void {
	source.on('data', (piece: Buffer) => {
		take(piece);
		if (piece.length >= wholePiece) {
			source.pause();
			pace.later(() => source.resume());
		}
	});
}
