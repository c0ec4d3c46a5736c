import type { FromTask, TaskHost, TaskLife } from './host';
import type { InstanceEvent } from './instance';
import type { JournalEntry, JournalEvent } from './journal';

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

	/** The life is over: ends what ended tasks have left running. */
	endLeftovers(): void {
		for (const [index, { process, alive }] of [...this.started]) {
			if (!alive) {
				process.kill();
				this.started.delete(index);
			}
		}
	}

	private heard(task: TaskLife, message: FromTask): void {
		const known = this.started.get(task.index);
		if (!known?.alive) {
			return;
		}
		switch (message.type) {
			case 'started':
				this.started.set(task.index, { ...known, pid: message.pid });
				this.write({ event: 'process', phase: 'started', pid: message.pid, role: 'task', text: task.commandLine });
				return;
			case 'output':
				this.write({ event: 'output', stream: message.stream, text: message.text });
				return;
			case 'exited':
				this.started.set(task.index, { ...known, alive: false });
				this.exited(task, known, message);
				return;
		}
	}

	private exited(task: TaskLife, { pid }: TaskProcess, message: FromTask & { readonly type: 'exited' }): void {
		const { exitCode, signal, text } = message;
		const exit = { ...(exitCode !== undefined && { exitCode }), ...(signal !== undefined && { signal }) };
		const entry =
			pid === undefined
				? this.write({ event: 'error', text: text ?? `'${task.commandLine}' could not be started.` })
				: this.write({ event: 'process', phase: 'ended', pid, role: 'task', ...exit, text: task.commandLine });
		this.take({
			type: 'taskExited',
			index: task.index,
			...exit,
			...(text !== undefined && { text }),
			n: entry.n,
		});
	}
}
