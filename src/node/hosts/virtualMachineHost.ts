import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../../base/emitter';
import { exitText } from '../../lifecycle/exitCodes';
import type { FromHost, ToHost } from '../../lifecycle/hostVocabulary';
import type { RoleEntry, RoleLife, RoleProcess } from '../../lifecycle/roleHost';
import { wallClock } from '../clock';
import { type ProgramHostOptions, startProgramHost } from './programHost';

export type MachineEntry = Extract<RoleEntry, { kind: 'machine' }>;

/** The service manager brings a service back after this, and later after longer; these delays are Rolewright's own. */
const recoveryDelays = [1_000, 5_000, 30_000];

/** A service that was asked to stop and does not is ended after this, as Windows does. */
const serviceStopLimit = 30_000;

/**
 * What stands for the Windows of a VM role (role-lifecycle.md 10): the set-up of its image, and its service manager, which
 * runs the adapter. Nobody watches the adapter but the service manager: its end is not the end of the machine.
 */
export function startVirtualMachine(
	options: ProgramHostOptions,
	life: RoleLife,
	entry: MachineEntry,
	heard: (message: FromHost) => void,
): RoleProcess {
	const machine = new VirtualMachine(options, life, entry, heard);
	machine.boot();
	return { send: message => machine.take(message), kill: () => machine.kill() };
}

class VirtualMachine {
	private service: RoleProcess | undefined;
	private variables: Readonly<Record<string, string>> = {};
	/** Once it has run, a service that does not start is no reason to make the machine anew. */
	private hasRun = false;
	private failures = 0;
	private recovery: Disposable | undefined;
	/** The end of the service is wanted: it is started again at once, or not at all. */
	private wanted: 'restart' | 'shutdown' | undefined;
	/** The handlers of the service run, and will not return when it ends. */
	private changing = false;

	constructor(
		private readonly options: ProgramHostOptions,
		private life: RoleLife,
		private readonly entry: MachineEntry,
		private readonly heard: (message: FromHost) => void,
	) {}

	/** The name is on the Windows disk: it is made at the first boot, and again when the image is. */
	boot(): void {
		const file = path.join(this.life.folders.windows, 'ComputerName.txt');
		const known = readName(file);
		const name = known ?? `WIN-${randomBytes(6).toString('hex').toUpperCase()}`;
		if (known === undefined) {
			writeFileSync(file, name);
		}
		this.variables = { ...this.life.variables, COMPUTERNAME: name };
		const text = known
			? `The machine ${name} boots.`
			: `The set-up of the image (sysprep) has run: the machine is now called ${name}.`;
		queueMicrotask(() => this.heard({ type: 'note', text }));
		this.startService();
	}

	take(message: ToHost): void {
		switch (message.type) {
			case 'restartService':
			case 'crashService':
				this.restart(message.type);
				return;
			case 'stop':
				this.wanted = 'shutdown';
				if (this.service) {
					this.service.send(message);
				} else {
					this.shutDown();
				}
				return;
			case 'changing':
			case 'changed':
			case 'simultaneousChanging':
			case 'simultaneousChanged':
				this.passChange(message);
				return;
			default:
				this.service?.send(message);
		}
	}

	kill(): void {
		this.wanted = 'shutdown';
		if (this.service) {
			this.service.kill();
		} else {
			this.shutDown();
		}
	}

	private startService(): void {
		this.recovery?.dispose();
		this.recovery = undefined;
		const { commandLine, channel } = this.entry;
		const program = { kind: 'program', commandLine, readyOnStart: true, ...(channel && { channel }) } as const;
		const life = { ...this.life, entry: program, variables: this.variables };
		this.service = startProgramHost(this.options, life, program, message => this.said(message));
	}

	private said(message: FromHost): void {
		switch (message.type) {
			case 'hello':
				this.hasRun = true;
				break;
			case 'failed':
				if (this.hasRun) {
					this.heard({ type: 'note', text: message.text });
					return;
				}
				break;
			case 'call':
				this.changing = message.phase === 'begin' && message.call !== 'Stopping';
				break;
			case 'exited':
				this.serviceEnded(message);
				return;
		}
		this.heard(message);
	}

	private serviceEnded(exit: FromHost & { readonly type: 'exited' }): void {
		const { wanted } = this;
		this.service = undefined;
		this.recovery?.dispose();
		if (wanted === 'shutdown' || !this.hasRun) {
			this.heard(exit);
			return;
		}
		if (this.changing) {
			this.changing = false;
			this.heard({ type: 'call', call: 'Changing', phase: 'end', result: { cancel: false } });
		}
		this.heard({ ...exit, type: 'serviceEnded' });
		this.wanted = undefined;
		if (wanted === 'restart') {
			this.startService();
			return;
		}
		const delay = recoveryDelays[Math.min(this.failures, recoveryDelays.length - 1)] ?? 0;
		this.failures++;
		const text = `The adapter is gone: ${exitText(exit)}; the service manager starts it again in ${delay / 1_000} s. The instance stays as it is: nobody watches the application of a VM role.`;
		this.heard({ type: 'note', text });
		this.recovery = wallClock.after(delay, () => this.startService());
	}

	private restart(how: 'restartService' | 'crashService'): void {
		if (this.service === undefined) {
			this.startService();
		} else if (how === 'crashService') {
			this.service.kill();
		} else {
			this.wanted = 'restart';
			this.service.send({ type: 'stop', raiseStopping: true });
			const { service } = this;
			this.recovery = wallClock.after(serviceStopLimit, () => service.kill());
		}
	}

	/** While no service runs nobody can refuse; the one that is started next has the new values. */
	private passChange(
		message: ToHost & { readonly type: 'changing' | 'changed' | 'simultaneousChanging' | 'simultaneousChanged' },
	): void {
		if ('environment' in message && message.environment && callOf[message.type].endsWith('Changed')) {
			this.life = { ...this.life, environment: message.environment };
		}
		if (this.service) {
			this.service.send(message);
			return;
		}
		const call = callOf[message.type];
		this.heard({ type: 'call', call, phase: 'begin' });
		this.heard({ type: 'call', call, phase: 'end', ...(call === 'Changing' && { result: { cancel: false } }) });
	}

	private shutDown(): void {
		this.recovery?.dispose();
		queueMicrotask(() => this.heard({ type: 'exited' }));
	}
}

const callOf = {
	changing: 'Changing',
	changed: 'Changed',
	simultaneousChanging: 'SimultaneousChanging',
	simultaneousChanged: 'SimultaneousChanged',
} as const;

function readName(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
