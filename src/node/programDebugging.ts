import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../base/emitter';
import type { DebugTarget, FromHost } from '../lifecycle/host';
import { firstWord, quoted } from './commandLines';
import { openInspectorRelay } from './inspectorRelay';
import { isInspectorTalk } from './nodeHost';

/** Debugging of a program whose command line starts Node: it waits before its own first line until a debugger is ready. */
export interface ProgramDebugging extends Disposable {
	readonly commandLine: string;
	readonly variables: Readonly<Record<string, string>>;
	/** Where the debugger attaches, once Node has said so on stderr. */
	readonly target: Promise<DebugTarget>;
	/** Reads a line of stderr; true for one that is Node's own and no output. */
	take(line: string): boolean;
	/** Goes on without a debugger. */
	go(): void;
	isAttached(): boolean;
}

const waitVariable = 'ROLEWRIGHT_WAIT_FOR_DEBUGGER';

/**
 * Runs before the program in the one process that was started, and in no child of it: the mark is taken off the
 * environment first. (`--inspect-brk` would be inherited by what the program forks, and each of those would wait.)
 */
const preload = `if (process.env.${waitVariable}) {
	delete process.env.${waitVariable};
	require('node:inspector').open(0, '127.0.0.1', true);
}
`;

/** `undefined` for a program that is not `node` itself: which of a script's processes is meant, nobody can tell. */
export async function programDebugging(
	commandLine: string,
	folder: string,
	heard: (message: FromHost) => void,
): Promise<ProgramDebugging | undefined> {
	const { program, rest } = firstWord(commandLine);
	if (!/^(?:.*[\\/])?node(?:js)?(?:\.exe)?$/i.test(program)) {
		return undefined;
	}
	const file = path.join(folder, 'wait.cjs');
	writeFileSync(file, preload, { mode: 0o600 });
	let attached = false;
	let ended = false;
	const tell = (now: boolean) => (): void => {
		attached = now;
		if (!ended) {
			heard({ type: 'debugger', attached });
		}
	};
	const relay = await openInspectorRelay({ attached: tell(true), ready: () => {}, detached: tell(false) });
	let found = (_: DebugTarget): void => {};
	const target = new Promise<DebugTarget>(resolve => {
		found = resolve;
	});
	const argument = process.platform === 'win32' ? `"${file}"` : quoted(file);
	const head = process.platform === 'win32' ? `"${program}"` : quoted(program);
	return {
		commandLine: `${head} --require ${argument}${rest}`,
		variables: { [waitVariable]: '1' },
		target,
		take: line => {
			const port = /^Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
			if (port) {
				relay.target(Number(port));
				found({ kind: 'node', address: '127.0.0.1', port: relay.port });
			}
			return isInspectorTalk(line);
		},
		go: relay.release,
		isAttached: () => attached,
		dispose: () => {
			ended = true;
			relay.dispose();
		},
	};
}
