import { closeSync, constants, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { wallClock } from '../clock';
import type { ChannelReader } from './channels';
import type { FifoStock } from './fifoChannels';

/**
 * A FIFO cannot be listened to: opening it to write without waiting succeeds exactly when somebody has opened it to read.
 * That reader keeps the FIFO for itself, and a new one takes its place before anything is written, so that the next reader
 * gets a document of its own.
 */
export function awaitReaders(address: string, stock: FifoStock, came: (reader: ChannelReader) => void): () => void {
	let count = 0;
	let lastCame = Date.now();
	const readers = new Set<FifoReader>();
	const accept = (): void => {
		const descriptor = openToWrite(address);
		if (descriptor === undefined) {
			return;
		}
		count++;
		lastCame = Date.now();
		const own = `${address}.${count}`;
		linkSync(address, own);
		renameSync(stock.take(), address);
		for (const reader of readers) {
			reader.leaveIfGone();
		}
		const reader = fifoReader(descriptor, own, () => readers.delete(reader));
		readers.add(reader);
		came(reader);
	};
	const next = (): void => {
		try {
			if (stock.left > 0) {
				accept();
			}
		} catch {
			// Somebody has emptied the temporary folder, or there are no descriptors left: the next look may find it otherwise.
		}
		timer = wallClock.after(Date.now() - lastCame < look.oftenFor ? look.often : look.seldom, next);
	};
	let timer = wallClock.after(0, next);
	return () => {
		timer.dispose();
		for (const reader of readers) {
			reader.leave();
		}
	};
}

/** Milliseconds between two looks for a reader: while some come, and when none has come for a while. */
const look = { often: 10, seldom: 50, oftenFor: 2_000 };

interface FifoReader extends ChannelReader {
	leaveIfGone(): void;
	leave(): void;
}

/** The PHP client opens the goal state, reads one frame, closes, and comes again at its next call. */
const betweenVisits = 500;

/** `own` names the FIFO that only this reader has. */
function fifoReader(descriptor: number, own: string, left: () => void): FifoReader {
	const came = Date.now();
	let open = true;
	const leave = (): void => {
		if (open) {
			open = false;
			closeSync(descriptor);
			rmSync(own, { force: true });
			left();
		}
	};
	const write = (text: string): void => {
		try {
			if (open) {
				writeSync(descriptor, text);
			}
		} catch {
			// It has gone, or reads nothing any more.
			leave();
		}
	};
	const leaveIfGone = (): void => {
		const probe = open ? openToWrite(own) : undefined;
		if (probe === undefined) {
			leave();
		} else {
			closeSync(probe);
		}
	};
	return {
		write,
		end: text => {
			write(text);
			leave();
		},
		isThere: () => {
			leaveIfGone();
			return open || Date.now() - came < betweenVisits;
		},
		leaveIfGone,
		leave,
	};
}

/** `undefined` where nobody has opened the FIFO to read. Never waits. */
function openToWrite(fifo: string): number | undefined {
	try {
		return openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENXIO' || code === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}
