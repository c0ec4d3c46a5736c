import path from 'node:path';
import type { FromTask, TaskHost, TaskLife } from '../lifecycle/host';
import { exitFields } from './channelHost';
import { type PortableCommand, portableCommand } from './commandLines';
import { childEnvironment, type ProcessRecord, type RunningProcess, startProcess } from './processes';

/**
 * Startup tasks: each a command line for the command interpreter, in its folder and with its environment
 * (runtime-protocol.md 9). What a task leaves running lives on until the fabric ends it.
 */
export function taskHost(record?: ProcessRecord): TaskHost {
	return {
		start: (task, heard) => {
			const command = portableCommand(task.commandLine, task.folder);
			if ('obstacle' in command) {
				queueMicrotask(() => heard({ type: 'exited', text: command.obstacle }));
				return { kill: () => {} };
			}
			return startTask(task, command, heard, record);
		},
	};
}

function startTask(
	task: TaskLife,
	{ run }: PortableCommand,
	heard: (message: FromTask) => void,
	record: ProcessRecord | undefined,
): RunningProcess {
	const running = startProcess({
		run,
		cwd: task.folder,
		env: childEnvironment(temporaryFolder(task.variables.RoleRoot), task.variables),
		line: (stream, text) => heard({ type: 'output', stream, text }),
		rest: 'leave',
		...(record && { record }),
	});
	const { pid } = running;
	if (pid !== undefined) {
		queueMicrotask(() => heard({ type: 'started', pid }));
	}
	void running.exited.then(exit =>
		heard({ type: 'exited', ...exitFields(exit), ...(exit.failure !== undefined && { text: exit.failure }) }),
	);
	return running;
}

/** An instance has temporary files of its own, on every platform under the name that its programs look for. */
export function temporaryFolder(root: string | undefined): Readonly<Record<string, string>> {
	if (root === undefined) {
		return {};
	}
	const folder = path.join(root, 'temp');
	return { TEMP: folder, TMP: folder, TMPDIR: folder };
}
