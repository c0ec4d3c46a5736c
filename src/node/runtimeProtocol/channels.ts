import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The one-way channels of the runtime protocol: named pipes on Windows, Unix sockets elsewhere (runtime-protocol.md 3).
 * They stand in a private folder with a short name: a longer path than the system can hold would be cut silently.
 */
export interface Channels {
	/** Private to this user, for the files that go with the channels. */
	readonly folder: string;
	/** Clients come to read. Whatever they send is thrown away. */
	source(name: string, reader: (socket: Socket) => void): Promise<string>;
	/** Clients come to write; each connection is one message. */
	sink(name: string, message: (text: string) => void): Promise<string>;
	close(): void;
}

/** The longest path of a Unix socket on macOS; Linux takes four bytes more. */
const longestPath = 103;

/** Room for the name of a channel after the folder's. */
const nameRoom = 4;

/** No status message is nearly as long. */
const longestMessage = 64 * 1024;

export function openChannels(folderPrefix = 'rw-'): Channels {
	const folder = privateFolder(folderPrefix);
	if (folders.size === 0) {
		process.once('exit', removeFolders);
	}
	folders.add(folder);
	const servers: Server[] = [];
	const sockets = new Set<Socket>();
	const serve = (name: string, connected: (socket: Socket) => void): Promise<string> => {
		const address =
			process.platform === 'win32'
				? `\\\\.\\pipe\\rolewright-${randomBytes(8).toString('hex')}-${name}`
				: path.join(folder, name);
		const server = createServer({ allowHalfOpen: true }, socket => {
			sockets.add(socket);
			// A client that goes away while it is written to is no event.
			socket.on('error', () => {});
			socket.once('close', () => sockets.delete(socket));
			connected(socket);
		});
		servers.push(server);
		return new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(address, () => resolve(address));
		});
	};
	return {
		folder,
		source: (name, reader) =>
			serve(name, socket => {
				socket.resume();
				socket.once('end', () => socket.end());
				reader(socket);
			}),
		sink: (name, message) =>
			serve(name, socket => {
				let text = '';
				socket.setEncoding('utf8');
				socket.on('data', piece => {
					text += piece;
					if (text.length > longestMessage) {
						socket.destroy();
					}
				});
				socket.once('end', () => {
					socket.end();
					message(text);
				});
			}),
		close: () => {
			for (const server of servers) {
				server.close();
			}
			for (const socket of sockets) {
				socket.destroy();
			}
			remove(folder);
			if (folders.size === 0) {
				process.off('exit', removeFolders);
			}
		},
	};
}

/** Those that stand now: a fabric that ends without closing them takes them along. */
const folders = new Set<string>();

function removeFolders(): void {
	for (const folder of folders) {
		remove(folder);
	}
}

function remove(folder: string): void {
	folders.delete(folder);
	rmSync(folder, { recursive: true, force: true });
}

function privateFolder(prefix: string): string {
	const [usual = '/tmp', ...others] = shortFolders();
	const fits = Buffer.byteLength(path.join(usual, `${prefix}XXXXXX`)) + nameRoom <= longestPath;
	return mkdtempSync(path.join(fits ? usual : (others[0] ?? usual), prefix));
}

/** Where the private folders stand: the user's temporary folder, or where that has too long a name the system's. */
export function shortFolders(): readonly string[] {
	return [...new Set(process.platform === 'win32' ? [tmpdir()] : [tmpdir(), '/tmp'])];
}
