import { taskExitText } from '../exitCodes';
import type { InstanceEvent } from '../instance/instance';
import type { JournalEntry, JournalEvent } from '../journal/journal';
import type { FromTask, TaskHost, TaskLife } from '../taskHost';

interface TaskProcess {
	readonly process: { kill(): void };
	readonly pid: number | undefined;
	readonly alive: boolean;
}

/**
 * The startup tasks of one instance that were started in this life. A task may leave processes running when it ends;
 * they live as long as the life does.
 */
export class StartupTasks {
	private readonly started = new Map<number, TaskProcess>();
	/** Those that a person has asked for, beside the start of the role. */
	private readonly alone = new Map<number, TaskProcess>();

	constructor(
		private readonly host: TaskHost,
		private readonly write: (event: JournalEvent) => JournalEntry,
		private readonly post: (task: () => void) => void,
		private readonly take: (event: InstanceEvent) => void,
	) {}

	start(task: TaskLife): void {
		const { index } = task;
		const process = this.host.start(task, message => this.post(() => this.heard(task, message)));
		this.started.set(index, { process, pid: undefined, alive: true });
	}

	kill(index: number): void {
		this.started.get(index)?.process.kill();
	}

	/** Its end is told and explained, and counts for nothing; what it leaves running ends with it. */
	runAlone(task: TaskLife): void {
		const { index } = task;
		if (this.alone.has(index)) {
			this.write({ event: 'error', text: `Startup task ${index + 1} runs already; wait for its end.` });
			return;
		}
		const process = this.host.start(task, message => this.post(() => this.heardAlone(task, message)));
		this.alone.set(index, { process, pid: undefined, alive: true });
	}

	/** The life is over: ends what ended tasks have left running, and what was asked for beside it. */
	endLeftovers(): void {
		for (const { process } of this.alone.values()) {
			process.kill();
		}
		for (const [index, { process, alive }] of [...this.started]) {
			if (!alive) {
				process.kill();
				this.started.delete(index);
			}
		}
	}

	private heardAlone(task: TaskLife, message: FromTask): void {
		const known = this.alone.get(task.index);
		if (!known) {
			return;
		}
		if (message.type !== 'exited') {
			this.tell(this.alone, known, task, message);
			return;
		}
		this.alone.delete(task.index);
		known.process.kill();
		this.writeEnd(task, known, message);
		const how = message.text === undefined ? `ended with ${taskExitText(message)}` : 'did not run';
		this.write({ event: 'note', text: `Startup task ${task.index + 1}, run alone, ${how}.` });
	}

	private heard(task: TaskLife, message: FromTask): void {
		const known = this.started.get(task.index);
		if (!known?.alive) {
			return;
		}
		if (message.type !== 'exited') {
			this.tell(this.started, known, task, message);
			return;
		}
		this.started.set(task.index, { ...known, alive: false });
		const { exitCode, signal, text } = message;
		const { n } = this.writeEnd(task, known, message);
		this.take({
			type: 'taskExited',
			index: task.index,
			...(exitCode !== undefined && { exitCode }),
			...(signal !== undefined && { signal }),
			...(text !== undefined && { text }),
			n,
		});
	}

	private tell(
		among: Map<number, TaskProcess>,
		known: TaskProcess,
		task: TaskLife,
		message: Exclude<FromTask, { readonly type: 'exited' }>,
	): void {
		switch (message.type) {
			case 'started':
				among.set(task.index, { ...known, pid: message.pid });
				this.write({ event: 'process', phase: 'started', pid: message.pid, role: 'task', text: task.commandLine });
				return;
			case 'output':
				this.write({ event: 'output', stream: message.stream, text: message.text });
				return;
			case 'note':
				this.write({ event: 'note', text: message.text });
				return;
		}
	}

	private writeEnd(
		task: TaskLife,
		{ pid }: TaskProcess,
		{ exitCode, signal, text, offer }: FromTask & { readonly type: 'exited' },
	): JournalEntry {
		const exit = { ...(exitCode !== undefined && { exitCode }), ...(signal !== undefined && { signal }) };
		if (pid !== undefined) {
			return this.write({ event: 'process', phase: 'ended', pid, role: 'task', ...exit, text: task.commandLine });
		}
		return exitCode === 0
			? this.write({ event: 'note', text: text ?? `'${task.commandLine}' was not run.` })
			: this.write({
					event: 'error',
					text: `${text ?? `'${task.commandLine}' could not be started.`}${offer ? ` ${choiceSentence(task)}` : ''}`,
					...(offer && { offer }),
				});
	}
}

/** For somebody who has not chosen yet: what to write. */
function choiceSentence({ role, commandLine }: TaskLife): string {
	const tasks = `{"roles": {${JSON.stringify(role)}: {"tasks": {${JSON.stringify(commandLine)}: "skip"}}}}`;
	return `Choose in rolewright.json what happens with it here: ${tasks} leaves it out; "fail" fails as now; {"run": "COMMAND"} runs another command.`;
}
