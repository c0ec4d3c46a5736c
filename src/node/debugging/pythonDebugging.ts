import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import type { DebugTarget } from '../../lifecycle/hostVocabulary';
import { shellWord } from '../processes/commandLines';
import { openAttachedRelay } from './attachedRelay';
import type { DebuggedProgram, ProgramDebugging } from './programDebugging';

/** What the script below says on stderr, in lines of its own. */
const listening = /^Rolewright: debugpy listens on 127\.0\.0\.1:(\d+)$/;
const missing = 'Rolewright: this Python has no debugpy';

/**
 * Runs the program as `python` itself would, after a debugger has come. debugpy is the debugger of Python's own extension;
 * a Python without it runs the program at once.
 */
const script = `import runpy, sys
arguments = sys.argv[1:]
try:
    import debugpy
    port = debugpy.listen(('127.0.0.1', 0))[1]
    print('Rolewright: debugpy listens on 127.0.0.1:%d' % port, file=sys.stderr, flush=True)
    debugpy.wait_for_client()
except ImportError:
    print('${missing}', file=sys.stderr, flush=True)
if arguments[0] == '-m':
    sys.argv = arguments[1:]
    sys.path[0] = ''
    runpy.run_module(arguments[1], run_name='__main__', alter_sys=True)
else:
    import os.path
    sys.argv = arguments
    sys.path[0] = os.path.dirname(os.path.abspath(arguments[0]))
    runpy.run_path(arguments[0], run_name='__main__')
`;

/** Options of Python that stand before the program, some with a value of their own; `-c` and `-` name no file to break in. */
const options = /^((?:\s+-(?:[WX]\s+\S+|(?![mc]\b)[A-Za-z]\S*))*)(\s+(?:-m\s+)?[^\s-].*)$/s;

export async function pythonDebugging(debugged: DebuggedProgram): Promise<ProgramDebugging | undefined> {
	const { program, rest, folder, heard } = debugged;
	const [, before, after] = options.exec(rest) ?? [];
	if (after === undefined) {
		return undefined;
	}
	const file = path.join(folder, 'wait.py');
	writeFileSync(file, script, { mode: 0o600 });
	const relay = await openAttachedRelay(attached => heard({ type: 'debugger', attached }));
	let own: number | undefined;
	let found = (_: DebugTarget | undefined): void => {};
	const target = new Promise<DebugTarget | undefined>(resolve => {
		found = resolve;
	});
	return {
		commandLine: `${shellWord(program)}${before} ${shellWord(file)}${after}`,
		// debugpy warns on stderr of modules that nobody debugs here.
		variables: { PYDEVD_DISABLE_FILE_VALIDATION: '1' },
		target,
		take: line => {
			const port = listening.exec(line)?.[1];
			if (port) {
				own = Number(port);
				relay.target(own);
				found({ kind: 'python', address: '127.0.0.1', port: relay.port });
			} else if (line === missing) {
				heard({
					type: 'note',
					text: `'${program}' has no debugpy, so it runs without a debugger; install it (pip install debugpy).`,
				});
				found(undefined);
			}
			return port !== undefined || line === missing;
		},
		go: () => own !== undefined && letGo(own),
		isAttached: relay.isAttached,
		dispose: relay.dispose,
	};
}

/** As a debugger that comes, has nothing to say and leaves: debugpy speaks the debug adapter protocol. */
function letGo(port: number): void {
	const requests: readonly (readonly [string, object])[] = [
		['initialize', { adapterID: 'rolewright' }],
		['attach', {}],
		['configurationDone', {}],
		['disconnect', { terminateDebuggee: false }],
	];
	const socket = connect(port, '127.0.0.1', () => {
		for (const [index, [command, given]] of requests.entries()) {
			const body = JSON.stringify({ seq: index + 1, type: 'request', command, arguments: given });
			socket.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
		}
	});
	socket.on('error', () => {});
	socket.resume();
}
