import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DebugTarget } from '../../lifecycle/hostVocabulary';
import { isInspectorTalk } from '../hosts/nodeHost';
import { shellWord } from '../processes/commandLines';
import { openInspectorRelay } from './inspectorRelay';
import type { DebuggedProgram, ProgramDebugging } from './programDebugging';

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

/** Node waits with its own inspector. */
export async function nodeDebugging({ program, rest, folder, heard }: DebuggedProgram): Promise<ProgramDebugging> {
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
	return {
		commandLine: `${shellWord(program)} --require ${shellWord(file)}${rest}`,
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
