import { connect } from 'node:net';
import type { FromHost } from '../../lifecycle/hostVocabulary';
import { wallClock } from '../clock';
import { lineReader } from '../processes/lines';

/** The exit codes of a role host (docs/host-channel.md). */
export const exitCodes = { stopped: 0, refused: 3, fault: 4, notLoaded: 5, channelLost: 6 } as const;

export interface Connection {
	send(message: FromHost | object): void;
	/** Ends the process when what was said and written has left it, whatever handles the role still holds. */
	exit(code: number): void;
}

/** How long an exit waits for a fabric that no longer reads. */
const flushLimit = 1_000;

/** Connects to the fabric. Without the fabric a role has no business: the process ends with the connection. */
export function connectToFabric(
	address: string,
	take: (message: { readonly type: string } & Readonly<Record<string, unknown>>) => void,
): Connection {
	const [host, port] = address.split(':');
	const socket = connect(Number(port), host);
	let leaving = false;
	const lost = (): void => {
		if (!leaving) {
			process.exit(exitCodes.channelLost);
		}
	};
	const lines = lineReader(line => take(JSON.parse(line)), Number.POSITIVE_INFINITY);
	socket.setNoDelay(true);
	socket.on('data', lines.write);
	socket.on('error', lost);
	socket.on('close', lost);
	return {
		send: message => {
			socket.write(`${JSON.stringify(message)}\n`);
		},
		exit: code => {
			if (leaving) {
				return;
			}
			leaving = true;
			process.exitCode = code;
			const exit = (): never => process.exit(code);
			wallClock.after(flushLimit, exit);
			process.stdout.write('', () => process.stderr.write('', () => socket.end(exit)));
		},
	};
}
