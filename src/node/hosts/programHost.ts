import { textOfError } from '../../base/failure';
import type { FromHost, ToHost } from '../../lifecycle/hostVocabulary';
import type { RoleEntry, RoleLife, RoleProcess } from '../../lifecycle/roleHost';
import { wallClock } from '../clock';
import { type ProgramDebugging, programDebugging } from '../debugging/programDebugging';
import { childEnvironment } from '../processes/childEnvironment';
import { foundNoProgram, portableCommand } from '../processes/commandLines';
import { type Exit, type RunningProcess, startProcess } from '../processes/processes';
import type { ProcessRecord } from '../processes/processStart';
import { channelKindOf } from '../runtimeProtocol/channels';
import type { CurrentState } from '../runtimeProtocol/currentState';
import { statusLeases } from '../runtimeProtocol/leases';
import { openRuntimeServer, type RuntimeServer } from '../runtimeProtocol/runtimeServer';
import { exitFields } from './channelHost';
import { ProgramChanges } from './programChanges';
import { ProgramStop } from './programStop';
import { temporaryFolder } from './tasks';

export type ProgramEntry = Extract<RoleEntry, { kind: 'program' }>;

export interface ProgramHostOptions {
	readonly record?: ProcessRecord;
	/** The last incarnation that each instance was given, over all its lives. */
	readonly incarnations: Map<string, { last: number }>;
}

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
			const instead = "Run the service on Windows, or name a command line for this system as 'run' in rolewright.json.";
			const text = /needs Windows\.$/.test(command.obstacle) ? `${command.obstacle} ${instead}` : command.obstacle;
			heard({ type: 'failed', text });
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
	/** What is there once the runtime endpoint is open. */
	private parts:
		| { readonly server: RuntimeServer; readonly changes: ProgramChanges; readonly stop: ProgramStop }
		| undefined;
	private debugging: ProgramDebugging | undefined;
	private killed = false;
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
			if (!this.parts?.stop.isUnderWay) {
				heard({ type: 'status', status });
			}
		});
	}

	async run(): Promise<void> {
		try {
			const server = await this.openEndpoint();
			const exit = this.killed ? {} : await this.serve(server);
			this.tellWhy(exit);
			this.close();
			this.heard({ type: 'exited', ...exitFields(exit) });
		} catch (error) {
			this.close();
			const reason = textOfError(error);
			this.heard({ type: 'failed', text: `The program could not be given its runtime endpoint: ${reason}.` });
			this.heard({ type: 'exited' });
		}
	}

	take(message: ToHost): void {
		switch (message.type) {
			case 'go':
				this.debugging?.go();
				break;
			case 'debug':
				this.heard({
					...{ type: 'note', about: 'debugger' },
					text: 'A debugger cannot come to a program that runs: debug it from its next start.',
				});
				break;
			case 'changing':
				this.parts?.changes.announce(message.environment);
				break;
			case 'simultaneousChanging':
				this.parts?.changes.announceSimultaneous();
				break;
			case 'changed':
				this.parts?.changes.inForce('Changed', message.environment);
				break;
			case 'simultaneousChanged':
				this.parts?.changes.inForce('SimultaneousChanged', message.environment);
				break;
			case 'stop':
				this.parts?.stop.begin();
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

	private async openEndpoint(): Promise<RuntimeServer> {
		const { life, options, entry } = this;
		const incarnations = options.incarnations.get(life.instance) ?? { last: 100_000 };
		options.incarnations.set(life.instance, incarnations);
		const listener = {
			said: (state: CurrentState) => this.said(state),
			garbage: () => this.heard({ type: 'note', text: 'The program sent a status that is not understood.' }),
		};
		const server = await openRuntimeServer(life.environment, incarnations, wallClock, listener, {
			kind: entry.channel ?? channelKindOf(this.commandLine),
			folderPrefix: options.record?.folderPrefix,
		});
		this.parts = {
			server,
			changes: new ProgramChanges(server, this.heard),
			stop: new ProgramStop(server, this.heard, () => this.askToEnd()),
		};
		return server;
	}

	private async serve(server: RuntimeServer): Promise<Exit> {
		const { life, options } = this;
		if (life.waitForDebugger) {
			this.debugging = await programDebugging(this.commandLine, server.folder, this.heard);
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
				endpointVariables(server),
				debugging?.variables ?? {},
			),
			line: (stream, text) => {
				if (!debugging?.take(text)) {
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
				...{ type: 'note', about: 'debugger' },
				text: `'${this.entry.commandLine}' is not started by 'node' itself, so no debugger can be attached to it from here.`,
			});
		}
	}

	private said(state: CurrentState): void {
		if (state.status === 'Stopped') {
			this.parts?.stop.stopped(state.incarnation);
			return;
		}
		const answersChange = this.parts?.changes.answered(state);
		if (state.status !== 'Recycle') {
			this.leases.take(state);
		} else if (!answersChange && !this.recycleAsked && !this.parts?.stop.isUnderWay) {
			this.recycleAsked = true;
			this.heard({ type: 'requestRecycle' });
		}
	}

	/** A program that stands at a breakpoint cannot answer, and is not hurried. Where there is no polite way it is ended. */
	private askToEnd(): boolean {
		if (this.debugging?.isAttached()) {
			return false;
		}
		if (this.running && !this.running.ask()) {
			this.running.kill();
		}
		return true;
	}

	private tellWhy(exit: Exit): void {
		if (exit.failure !== undefined) {
			this.heard({ type: 'failed', text: exit.failure });
		} else if (this.foundNone(exit)) {
			this.heard({
				type: 'failed',
				text: `The command interpreter found no program for '${this.entry.commandLine}': install it, or correct the command line of the entry point.`,
			});
		}
	}

	private foundNone({ exitCode }: Exit): boolean {
		const { folders, variables } = this.life;
		return foundNoProgram(exitCode, this.commandLine, folders.approot, childEnvironment(variables));
	}

	private close(): void {
		this.leases.dispose();
		this.debugging?.dispose();
		this.parts?.stop.dispose();
		this.parts?.changes.dispose();
		this.parts?.server.dispose();
	}
}

/** Where a program finds its fabric: the variable of the protocol, and two of ours for a program without a client (docs/program-roles.md). */
export function endpointVariables(server: RuntimeServer): Readonly<Record<string, string>> {
	return {
		WaRuntimeEndpoint: server.address,
		ROLEWRIGHT_STATUS: server.statusAddress,
		ROLEWRIGHT_ENVIRONMENT: server.environmentFile,
	};
}
