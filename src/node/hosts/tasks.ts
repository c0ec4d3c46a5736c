import path from 'node:path';
import type { FromTask, TaskHost, TaskLife } from '../../lifecycle/taskHost';
import { childEnvironment } from '../processes/childEnvironment';
import { type PortableCommand, portableCommand } from '../processes/commandLines';
import { type RunningProcess, startProcess } from '../processes/processes';
import type { ProcessRecord } from '../processes/processStart';
import { exitFields } from './channelHost';
import type { TaskChoiceOf } from './taskChoices';

/**
 * Startup tasks: each a command line for the command interpreter, in its folder and with its environment
 * (runtime-protocol.md 9). What a task leaves running lives on until the fabric ends it. One that cannot run on this
 * system does what was chosen for it.
 */
export function taskHost(record?: ProcessRecord, choiceOf: TaskChoiceOf = () => undefined): TaskHost {
	return {
		start: (task, heard) => {
			const command = portableCommand(task.commandLine, task.folder);
			return 'obstacle' in command
				? startElsewhere(task, command.obstacle, { heard, record, choiceOf })
				: startTask(task, command, heard, record);
		},
	};
}

interface Elsewhere {
	readonly heard: (message: FromTask) => void;
	readonly record: ProcessRecord | undefined;
	readonly choiceOf: TaskChoiceOf;
}

/** A task that cannot run here as it is written. */
function startElsewhere(task: TaskLife, obstacle: string, { heard, record, choiceOf }: Elsewhere): { kill(): void } {
	const { role, commandLine, folder } = task;
	const choice = choiceOf(role, commandLine);
	if (choice === undefined) {
		return end({ type: 'exited', text: obstacle, offer: { kind: 'taskChoice', role, commandLine } }, heard);
	}
	if (choice === 'skip') {
		return end({ type: 'exited', exitCode: 0, text: `${obstacle} It is left out, as rolewright.json says.` }, heard);
	}
	if (choice === 'fail') {
		return end({ type: 'exited', text: `${obstacle} It fails, as rolewright.json says.` }, heard);
	}
	const command = portableCommand(choice.run, folder);
	if ('obstacle' in command) {
		return end({ type: 'exited', text: `${command.obstacle} It stands in rolewright.json; correct it there.` }, heard);
	}
	queueMicrotask(() => heard({ type: 'note', text: `In place of '${commandLine}' runs '${choice.run}'.` }));
	return startTask(task, command, heard, record);
}

function end(message: FromTask, heard: (message: FromTask) => void): { kill(): void } {
	queueMicrotask(() => heard(message));
	return { kill: () => {} };
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
