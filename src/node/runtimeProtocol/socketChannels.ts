import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { ChannelReader, Channels } from './channels';
import { makePrivateFolder, removePrivateFolder } from './privateFolder';

/** No status message is nearly as long. */
const longestMessage = 64 * 1024;

/** Unix sockets, and named pipes on Windows: for Node the same code with another address. */
export function openSocketChannels(folderPrefix: string): Channels {
	const folder = makePrivateFolder(folderPrefix);
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
		source: (name, reader) => serve(name, socket => reader(socketReader(socket))),
		sink: (name, message) => serve(name, socket => readToEnd(socket, message)),
		close: () => {
			for (const server of servers) {
				server.close();
			}
			for (const socket of sockets) {
				socket.destroy();
			}
			removePrivateFolder(folder);
		},
	};
}

function socketReader(socket: Socket): ChannelReader {
	let there = true;
	const gone = (): void => {
		there = false;
	};
	socket.resume();
	socket.once('close', gone).once('end', () => {
		gone();
		socket.end();
	});
	return { write: text => socket.write(text), end: text => socket.end(text), isThere: () => there };
}

/** Each connection is one message. */
function readToEnd(socket: Socket, message: (text: string) => void): void {
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
}
