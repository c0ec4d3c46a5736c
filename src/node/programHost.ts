import type { Disposable } from '../base/emitter';
import type { FromHost, RoleEntry, RoleEnvironment, RoleLife, RoleProcess, ToHost } from '../lifecycle/host';
import type { CallName } from '../lifecycle/journal';
import { exitFields } from './channelHost';
import { wallClock } from './clock';
import { portableCommand } from './commandLines';
import { childEnvironment, type Exit, type ProcessRecord, type RunningProcess, startProcess } from './processes';
import { type ProgramDebugging, programDebugging } from './programDebugging';
import type { CurrentState } from './runtimeProtocol/currentState';
import { statusLeases } from './runtimeProtocol/leases';
import { openRuntimeServer, type RuntimeServer } from './runtimeProtocol/runtimeServer';
import { temporaryFolder } from './tasks';

export type ProgramEntry = Extract<RoleEntry, { kind: 'program' }>;

export interface ProgramHostOptions {
	readonly record?: ProcessRecord;
	/** The last incarnation that each instance was given, over all its lives. */
	readonly incarnations: Map<string, { last: number }>;
}

/** A change that the program does not acknowledge (only one that has set a status does) counts as accepted after this. */
const acknowledgeLimit = 1_000;

/** A program that listens gets this long to say that it has been told to stop. */
const stoppedLimit = 3_000;

/** ... and then this long to end by itself; what comes after is the polite signal, and the kill at the fabric's own limit. */
const endLimit = 5_000;

/** The command interpreter's codes for "no such program". */
const notFound = process.platform === 'win32' ? 9009 : 127;

/**
 * A program entry point: any command line, its own process per life, which may talk the open runtime protocol
 * (runtime-protocol.md 9). What it does inside nobody knows: calls are told only where the protocol shows them.
 */
export function startProgramHost(
	options: ProgramHostOptions,
	life: RoleLife,
	entry: ProgramEntry,
	heard: (message: FromHost) => void,
): RoleProcess {
	const command = portableCommand(entry.commandLine, life.folders.approot);
	if ('obstacle' in command) {
		queueMicrotask(() => {
			heard({ type: 'failed', text: command.obstacle });
			heard({ type: 'exited' });
		});
		return { send: () => {}, kill: () => {} };
	}
	const program = new Program(options, life, entry, command.run.commandLine, heard);
	void program.run();
	return { send: message => program.take(message), kill: () => program.kill() };
}

class Program {
	private running: RunningProcess | undefined;
	private server: RuntimeServer | undefined;
	private debugging: ProgramDebugging | undefined;
	private killed = false;
	/** Announced to the program, and neither acknowledged nor refused yet. */
	private changing: { readonly incarnation: number; readonly limit: Disposable } | undefined;
	/** The values of the change that is going on were published with its announcement. */
	private announced = false;
	/** Set by the first `stop`; `incarnation` where a goal state asks for it. */
	private stopping: { readonly incarnation: number | undefined } | undefined;
	private patience: Disposable | undefined;
	private recycleAsked = false;
	private readonly leases;

	constructor(
		private readonly options: ProgramHostOptions,
		private readonly life: RoleLife,
		private readonly entry: ProgramEntry,
		private readonly commandLine: string,
		private readonly heard: (message: FromHost) => void,
	) {
		this.leases = statusLeases(wallClock, entry.readyOnStart, status => {
			if (!this.stopping) {
				heard({ type: 'status', status });
			}
		});
	}

	async run(): Promise<void> {
		try {
			const exit = await this.serve();
			this.tellWhy(exit);
			this.close();
			this.heard({ type: 'exited', ...exitFields(exit) });
		} catch (error) {
			this.close();
			const reason = error instanceof Error ? error.message : String(error);
			this.heard({ type: 'failed', text: `The program could not be given its runtime endpoint: ${reason}.` });
			this.heard({ type: 'exited' });
		}
	}

	take(message: ToHost): void {
		switch (message.type) {
			case 'go':
				this.debugging?.go();
				break;
			case 'changing':
				this.change(message);
				break;
			case 'simultaneousChanging':
				// The protocol has no such event: the program hears of the values when they are in force.
				this.tellCall('SimultaneousChanging');
				break;
			case 'changed':
				this.changed('Changed', message.environment);
				break;
			case 'simultaneousChanged':
				this.changed('SimultaneousChanged', message.environment);
				break;
			case 'stop':
				this.stop();
				break;
			case 'start':
			case 'checkStatus':
				// It runs since its hello, and says its status by itself.
				break;
		}
	}

	kill(): void {
		this.killed = true;
		this.running?.kill();
	}

	private async serve(): Promise<Exit> {
		const { life, options } = this;
		const incarnations = options.incarnations.get(life.instance) ?? { last: 100_000 };
		options.incarnations.set(life.instance, incarnations);
		const listener = {
			said: (state: CurrentState) => this.said(state),
			garbage: () => this.heard({ type: 'note', text: 'The program sent a status that is not understood.' }),
		};
		const prefix = options.record?.folderPrefix;
		this.server = await openRuntimeServer(life.environment, incarnations, wallClock, listener, prefix);
		if (life.waitForDebugger) {
			this.debugging = await programDebugging(this.commandLine, this.server.folder, this.heard);
		}
		if (this.killed) {
			return {};
		}
		const { debugging } = this;
		const running = startProcess({
			run: { commandLine: debugging?.commandLine ?? this.commandLine },
			cwd: life.folders.approot,
			env: childEnvironment(
				temporaryFolder(life.folders.root),
				life.variables,
				{ WaRuntimeEndpoint: this.server.address },
				debugging?.variables ?? {},
			),
			line: (stream, text) => {
				if (!(stream === 'stderr' && debugging?.take(text))) {
					this.heard({ type: 'output', stream, text });
				}
			},
			...(options.record && { record: options.record }),
		});
		this.running = running;
		if (running.pid !== undefined) {
			await this.hello(running.pid, running);
		}
		return running.exited;
	}

	/** With a debugger to come the hello names where it attaches, so it waits for the runtime to tell. */
	private async hello(pid: number, running: RunningProcess): Promise<void> {
		const target = await Promise.race([this.debugging?.target, running.exited.then(() => undefined)]);
		this.heard({ type: 'hello', pid, runtime: 'program', role: 'program', ...(target && { debug: target }) });
		if (this.life.waitForDebugger && !target) {
			this.heard({
				type: 'note',
				text: `'${this.entry.commandLine}' is not started by 'node' itself, so no debugger can be attached to it from here.`,
			});
		}
	}

	private said(state: CurrentState): void {
		if (state.status === 'Stopped') {
			if (this.stopping?.incarnation === state.incarnation) {
				this.heard({ type: 'call', call: 'Stopping', phase: 'end' });
				this.stopping = { incarnation: undefined };
				this.askAfter(endLimit);
			}
			return;
		}
		const answersChange = state.status !== 'Release' && state.incarnation === this.changing?.incarnation;
		if (state.status === 'Recycle') {
			if (answersChange) {
				this.changingEnded(true);
			} else if (!this.recycleAsked && !this.stopping) {
				this.recycleAsked = true;
				this.heard({ type: 'requestRecycle' });
			}
			return;
		}
		if (answersChange) {
			this.changingEnded(false);
		}
		this.leases.take(state);
	}

	/** The program compares the new values with the old by itself, so they must be there when it is asked. */
	private change({ environment }: ToHost & { type: 'changing' }): void {
		this.announced = environment !== undefined;
		const incarnation = environment && this.server?.change(environment);
		if (incarnation === undefined || !this.server?.hasReader()) {
			this.tellCall('Changing', { cancel: false });
			return;
		}
		this.heard({ type: 'call', call: 'Changing', phase: 'begin' });
		const limit = wallClock.after(acknowledgeLimit, () => this.changingEnded(false));
		this.changing = { incarnation, limit };
	}

	private changingEnded(cancel: boolean): void {
		const { changing } = this;
		if (changing) {
			changing.limit.dispose();
			this.changing = undefined;
			this.heard({ type: 'call', call: 'Changing', phase: 'end', result: { cancel } });
		}
	}

	/** The client raises its event by itself when it has acknowledged; how long its handlers take nobody hears. */
	private changed(call: 'Changed' | 'SimultaneousChanged', environment: RoleEnvironment): void {
		if (!this.announced) {
			this.server?.change(environment);
		}
		this.announced = false;
		this.tellCall(call);
		if (!this.server?.hasReader()) {
			this.heard({
				type: 'note',
				text: 'The program does not listen for changes; it goes on with the values it has read.',
			});
		}
	}

	private tellCall(call: CallName, result?: { readonly cancel: boolean }): void {
		this.heard({ type: 'call', call, phase: 'begin' });
		this.heard({ type: 'call', call, phase: 'end', ...(result && { result }) });
	}

	private stop(): void {
		if (this.stopping) {
			return;
		}
		if (!this.server?.hasReader()) {
			this.stopping = { incarnation: undefined };
			this.ask();
			return;
		}
		const deadline = new Date(Date.now() + stoppedLimit + endLimit);
		this.stopping = { incarnation: this.server.stop(deadline) };
		this.heard({ type: 'call', call: 'Stopping', phase: 'begin' });
		this.askAfter(stoppedLimit);
	}

	private askAfter(milliseconds: number): void {
		this.patience?.dispose();
		this.patience = wallClock.after(milliseconds, () => this.ask());
	}

	/** A program that stands at a breakpoint cannot answer, and is not hurried. Where there is no polite way it is ended. */
	private ask(): void {
		if (this.debugging?.isAttached()) {
			this.askAfter(endLimit);
		} else if (this.running && !this.running.ask()) {
			this.running.kill();
		}
	}

	private tellWhy(exit: Exit): void {
		if (exit.failure !== undefined) {
			this.heard({ type: 'failed', text: exit.failure });
		} else if (exit.exitCode === notFound) {
			this.heard({
				type: 'failed',
				text: `The command interpreter found no program for '${this.entry.commandLine}': install it, or correct the command line of the entry point.`,
			});
		}
	}

	private close(): void {
		this.patience?.dispose();
		this.changing?.limit.dispose();
		this.changing = undefined;
		this.leases.dispose();
		this.debugging?.dispose();
		this.server?.dispose();
	}
}
