import { connect, type Socket } from 'node:net';
import type { Disposable } from '../../base/emitter';
import { wallClock } from '../clock';
import { type DebuggerRelay, openDebuggerRelay, presence } from './debuggerRelay';
import { webSocketReader, webSocketRequest, webSocketText } from './webSocketFrames';

/**
 * Stands between a debugger and the inspector of a Node process. The process itself cannot see who is attached to it, and
 * least of all when it stands at a breakpoint; the relay can: it knows of attach and detach by the connections, and that
 * the debugger has set its breakpoints by the request to run.
 */
export interface InspectorRelay extends DebuggerRelay {
	/** Lets a process go on that Node itself holds (`--inspect-brk`), as a debugger without breakpoints would. */
	release(): void;
}

export interface RelayListener {
	attached(): void;
	/** The debugger is ready: its breakpoints are set. */
	ready(): void;
	detached(): void;
}

/** A debugger that is attached and has not asked to run within this time never will; the role is not held for it. */
const readyLimit = 5_000;

export async function openInspectorRelay(listener: RelayListener): Promise<InspectorRelay> {
	let inspector: number | undefined;
	const attached = presence(isThere => (isThere ? listener.attached() : listener.detached()));
	const relay = await openDebuggerRelay(debuggerSide =>
		watch(debuggerSide, { attached: attached.came, ready: listener.ready, detached: attached.went }),
	);
	return {
		...relay,
		target: port => {
			inspector = port;
			relay.target(port);
		},
		release: () => {
			if (inspector !== undefined) {
				runIfWaiting(inspector);
			}
		},
	};
}

/** Reads along what a debugger sends: a request to upgrade is a debugger, any other only asks what there is. */
function watch(socket: Socket, listener: RelayListener): void {
	let isDebugger = false;
	let isReady = false;
	let limit: Disposable | undefined;
	const ready = (): void => {
		if (!isReady) {
			isReady = true;
			limit?.dispose();
			listener.ready();
		}
	};
	const read = webSocketReader({
		upgraded: () => {
			isDebugger = true;
			limit = wallClock.after(readyLimit, ready);
			listener.attached();
		},
		text: text => {
			if (text.includes('"Runtime.runIfWaitingForDebugger"')) {
				ready();
			}
		},
	});
	socket.on('data', read);
	socket.once('close', () => {
		limit?.dispose();
		if (isDebugger) {
			listener.detached();
		}
	});
}

/**
 * How often a process is asked to run, and the milliseconds between: Node tells of its inspector before it waits, and a
 * request that comes between the two is lost. One that comes too often does no harm.
 */
const asks = 4;
const betweenAsks = 150;

/** Asks the inspector for its address, connects, asks the process to run, and leaves. */
function runIfWaiting(port: number): void {
	const list = connect(port, '127.0.0.1');
	let answer = '';
	list.setEncoding('utf8');
	list.on('error', () => {});
	list.write(`GET /json/list HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
	list.on('data', text => {
		answer += text;
		const path = /"webSocketDebuggerUrl":\s*"ws:\/\/[^/]+(\/[^"]+)"/.exec(answer)?.[1];
		if (path) {
			list.destroy();
			askToRun(port, path);
		}
	});
}

function askToRun(port: number, path: string): void {
	const socket = connect(port, '127.0.0.1');
	let left = asks;
	let next: Disposable | undefined;
	const ask = (): void => {
		if (left-- === 0) {
			socket.end();
			return;
		}
		socket.write(webSocketText('{"id":1,"method":"Runtime.runIfWaitingForDebugger"}'));
		next = wallClock.after(betweenAsks, ask);
	};
	socket.on('error', () => {});
	socket.once('close', () => next?.dispose());
	socket.write(webSocketRequest(port, path));
	socket.once('data', ask);
	socket.resume();
}
