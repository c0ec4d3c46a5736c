import { connect } from 'node:net';
import type { DebugTarget } from '../../lifecycle/hostVocabulary';
import { shellWord } from '../processes/commandLines';
import { openAttachedRelay } from './attachedRelay';
import type { DebuggedProgram, ProgramDebugging } from './programDebugging';

const agent = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0';

/** The Java Debug Wire Protocol's greeting, and its packets `VirtualMachine.Resume` and `VirtualMachine.Dispose`. */
const greeting = 'JDWP-Handshake';
const resume = packet(1, 9);
const leave = packet(2, 6);

/** The Java virtual machine waits with its own debug agent, before `main`. */
export async function javaDebugging({ program, rest, heard }: DebuggedProgram): Promise<ProgramDebugging> {
	const relay = await openAttachedRelay(attached => heard({ type: 'debugger', attached }));
	let own: number | undefined;
	let found = (_: DebugTarget): void => {};
	const target = new Promise<DebugTarget>(resolve => {
		found = resolve;
	});
	return {
		commandLine: `${shellWord(program)} ${agent}${rest}`,
		variables: {},
		target,
		take: line => {
			const port = /^Listening for transport dt_socket at address: (\d+)$/.exec(line)?.[1];
			if (port) {
				// Said again after each debugger that has left.
				own = Number(port);
				relay.target(own);
				found({ kind: 'java', address: '127.0.0.1', port: relay.port });
			}
			return port !== undefined;
		},
		go: () => own !== undefined && letGo(own),
		isAttached: relay.isAttached,
		dispose: relay.dispose,
	};
}

/** As a debugger that comes, lets everything run and leaves. */
function letGo(port: number): void {
	const socket = connect(port, '127.0.0.1', () => socket.write(greeting));
	socket.on('error', () => {});
	socket.once('data', () => socket.end(Buffer.concat([resume, leave])));
}

/** A command without data: length, id, flags, command set 1, command. */
function packet(id: number, command: number): Buffer {
	return Buffer.from([0, 0, 0, 11, 0, 0, 0, id, 0, 1, command]);
}
