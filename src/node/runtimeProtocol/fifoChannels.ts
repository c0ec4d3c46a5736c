import { constants, openSync, renameSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { Failure } from '../../base/failure';
import { outputOf } from '../hosts/programOutput';
import type { Channels } from './channels';
import { cutMessages } from './currentState';
import { awaitReaders } from './fifoReaders';
import { makePrivateFolder, removePrivateFolder } from './privateFolder';

/**
 * FIFOs, for clients that open every channel as a file: Java, PHP, Ruby, and what needs no client at all
 * (runtime-protocol.md 7). A FIFO without a fabric behind it would hold a client for ever, so they go with the fabric.
 */
export async function openFifoChannels(folderPrefix: string): Promise<Channels> {
	const folder = makePrivateFolder(folderPrefix);
	const closing: (() => void)[] = [];
	try {
		const stock = await fifoStock(folder);
		const place = (name: string): string => {
			const address = path.join(folder, name);
			renameSync(stock.take(), address);
			return address;
		};
		return {
			folder,
			source: async (name, reader) => {
				const address = place(name);
				closing.push(awaitReaders(address, stock, reader));
				return address;
			},
			sink: async (name, message) => {
				const address = place(name);
				closing.push(readMessages(address, message));
				return address;
			},
			close: () => {
				for (const close of closing) {
					close();
				}
				removePrivateFolder(folder);
			},
		};
	} catch (error) {
		removePrivateFolder(folder);
		throw error;
	}
}

/** Node cannot make a FIFO, so they are made by `mkfifo`, many at a time and ahead of need. */
export interface FifoStock {
	readonly left: number;
	take(): string;
}

const batch = 16;

async function fifoStock(folder: string): Promise<FifoStock> {
	const ready: string[] = [];
	let made = 0;
	let making = false;
	const make = async (): Promise<void> => {
		making = true;
		const names = Array.from({ length: batch }, (_, index) => path.join(folder, `f${made + index}`));
		made += batch;
		const { exitCode, stderr, failure } = await outputOf('mkfifo', ['-m', '600', ...names]);
		making = false;
		if (exitCode !== 0) {
			throw new Failure(`FIFOs could not be made in '${folder}' (${failure ?? stderr.trim()})`);
		}
		ready.push(...names);
	};
	await make();
	return {
		get left() {
			return ready.length;
		},
		take: () => {
			if (ready.length <= batch / 2 && !making) {
				// Where it fails the folder is gone, and so are the clients.
				make().catch(() => {});
			}
			return ready.shift() ?? '';
		},
	};
}

/** Opened to write as well, so that the end of one writer is not the end of the stream. */
function readMessages(address: string, message: (text: string) => void): () => void {
	const descriptor = openSync(address, constants.O_RDWR | constants.O_NONBLOCK);
	const socket = new Socket({ fd: descriptor, readable: true, writable: false });
	let rest = '';
	socket.setEncoding('utf8');
	socket.on('error', () => {});
	socket.on('data', piece => {
		const cut = cutMessages(rest + piece);
		rest = cut.rest;
		for (const text of cut.messages) {
			message(text);
		}
	});
	return () => socket.destroy();
}
