import type { Disposable } from '../../base/emitter';
import { childEnvironment } from './childEnvironment';
import { startProcess } from './processes';

/**
 * A process that outlives the fabric by a moment. A fabric that is killed (SIGKILL, out of memory) ends nothing itself: its
 * hosts notice that their channel is gone, but a program, a startup task, or a role that computes without end does not. The
 * keeper notices, since its input ends with the fabric, and ends everything that carries the fabric's mark, wherever in
 * the tree of processes it stands. A number alone proves nothing, so each process is asked for the mark.
 *
 * A small shell script on Linux and macOS. Windows has no such shell, and there the next fabric cleans up (leftovers.ts).
 */
export function startKeeper(mark: string, recordFile: string): Disposable {
	if (process.platform === 'win32') {
		return { dispose: () => {} };
	}
	const running = startProcess({
		run: { command: '/bin/sh', args: ['-c', script, 'rolewright-keeper', mark, recordFile] },
		cwd: '/',
		env: childEnvironment(),
		stdin: 'pipe',
		isInBackground: true,
	});
	return { dispose: () => running.kill() };
}

const script = `
trap '' INT HUP TERM
cat > /dev/null
if [ -d /proc/self ]; then
	for place in $(grep -la "$1" /proc/[0-9]*/environ 2> /dev/null); do
		pid=\${place#/proc/}
		kill -9 "\${pid%/environ}" 2> /dev/null
	done
else
	while read -r pid at; do
		if ps -E -ww -p "$pid" 2> /dev/null | grep -q "$1"; then kill -9 "-$pid" "$pid" 2> /dev/null; fi
	done < "$2"
fi
`;
