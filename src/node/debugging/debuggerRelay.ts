import { connect, createServer, type Socket } from 'node:net';
import type { Disposable } from '../../base/emitter';

/** A port of ours in front of the one where a runtime waits for its debugger. */
export interface DebuggerRelay extends Disposable {
	readonly port: number;
	/** The runtime's own port, once it has told it; whoever comes before is turned away. */
	target(port: number): void;
}

/** `joined` hears of each connection, before anything has passed. */
export function openDebuggerRelay(joined: (debuggerSide: Socket, runtimeSide: Socket) => void): Promise<DebuggerRelay> {
	const sockets = new Set<Socket>();
	let target: number | undefined;

	const keep = (socket: Socket): Socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.once('close', () => sockets.delete(socket));
		return socket;
	};
	const relay = (debuggerSide: Socket): void => {
		keep(debuggerSide);
		if (target === undefined) {
			debuggerSide.destroy();
			return;
		}
		const runtimeSide = keep(connect(target, '127.0.0.1'));
		debuggerSide.pipe(runtimeSide).pipe(debuggerSide);
		debuggerSide.once('close', () => runtimeSide.destroy());
		runtimeSide.once('close', () => debuggerSide.destroy());
		joined(debuggerSide, runtimeSide);
	};

	return new Promise((resolve, reject) => {
		const server = createServer(relay);
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve({
				port: typeof address === 'object' && address ? address.port : 0,
				target: port => {
					target = port;
				},
				dispose: () => {
					server.close();
					for (const socket of sockets) {
						socket.destroy();
					}
				},
			});
		});
	});
}

/** Counts those who come and go; `changed` hears of the first and of the last. */
export function presence(changed: (isThere: boolean) => void): {
	readonly isThere: () => boolean;
	came(): void;
	went(): void;
} {
	let count = 0;
	return {
		isThere: () => count > 0,
		came: () => {
			count++;
			if (count === 1) {
				changed(true);
			}
		},
		went: () => {
			count--;
			if (count === 0) {
				changed(false);
			}
		},
	};
}
