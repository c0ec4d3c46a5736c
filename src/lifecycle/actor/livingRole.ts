import type { Disposable } from '../../base/emitter';
import type { DebugTarget, FromHost, ToHost } from '../hostVocabulary';
import type { InstanceEvent } from '../instance/instance';
import type { JournalEntry, JournalEvent, ProcessRole, RoleError } from '../journal/journal';
import type { Mailbox } from '../mailbox';
import type { RoleLife, RoleProcess } from '../roleHost';
import type { InstanceSnapshot } from '../snapshot';
import type { World } from '../world';

/**
 * The process of one life of one instance: what it says goes into the journal and, as an event that names the entry, to
 * the machine. After its end it says nothing any more, whatever arrives.
 */
export class LivingRole {
	pid: number | undefined;
	/** When its process was there, in fabric time (milliseconds since 1970). */
	upSince: number | undefined;
	debugger: InstanceSnapshot['debugger'] = 'none';
	private role: ProcessRole = 'host';
	private target: DebugTarget | undefined;
	private ended = false;
	/** Holds fabric time while a debugger has stopped the process. */
	private standing: Disposable | undefined;
	private readonly process: RoleProcess;
	/** The end of a call by an exception: a fault that tells of the same one points at it. */
	private lastError: { readonly message: string; readonly n: number } | undefined;

	constructor(
		private readonly world: Pick<World, 'roles' | 'clock'>,
		private readonly life: RoleLife,
		private readonly write: (event: JournalEvent) => JournalEntry,
		post: Mailbox['post'],
		private readonly take: (event: InstanceEvent) => void,
	) {
		// Nothing follows from a line of output, and there may be a flood of them.
		const hear = (message: FromHost) =>
			post(() => this.heard(message), message.type === 'output' ? 'quiet' : undefined);
		this.process = world.roles.start(life, hear);
	}

	/** A debugger has stopped it: fabric time stands until it goes on. */
	get isStopped(): boolean {
		return this.standing !== undefined;
	}

	send(message: ToHost): void {
		this.process.send(message);
	}

	kill(): void {
		this.process.kill();
	}

	/** Azure leaves a role alone that does not answer, and so does the fabric (role-lifecycle.md 8.1). */
	hang(): void {
		const obstacle = this.pid === undefined ? 'Its process has not reported yet.' : this.world.roles.hang(this.pid);
		const text = 'The process hangs: it answers nothing and is left alone until it is recycled, stopped or crashed.';
		this.write(obstacle === undefined ? { event: 'note', text } : { event: 'error', text: obstacle });
	}

	private heard(message: FromHost): void {
		if (this.ended) {
			return;
		}
		switch (message.type) {
			case 'hello':
				this.hello(message);
				return;
			case 'output': {
				const { stream, text, level } = message;
				this.write({ event: 'output', stream, text, ...(level !== undefined && { level }) });
				return;
			}
			case 'exited':
				this.exited(message);
				return;
			case 'failed':
				this.take({ ...message, n: this.write({ event: 'error', text: message.text }).n });
				return;
			case 'debugger':
				this.debuggerChanged(message);
				return;
			case 'reachable':
				this.reachable(message.target);
				return;
			case 'call':
				this.called(message);
				return;
			case 'fault':
				this.take({ ...message, n: this.faultEntry(message.error) });
				return;
			case 'serviceEnded':
				this.serviceEnded(message);
				return;
			case 'requestRecycle': {
				const { n } = this.write({ event: 'command', command: `recycle ${this.life.instance}`, by: 'role' });
				this.take({ ...message, n });
				return;
			}
			case 'status':
				this.take(message);
				return;
			case 'note':
				this.write({ event: 'note', text: message.text, ...(message.about && { about: message.about }) });
				return;
		}
	}

	/** A program that no debugger can be attached to does not wait for one. */
	private hello({ pid, role, debug }: FromHost & { readonly type: 'hello' }): void {
		this.pid = pid;
		this.upSince = this.world.clock.now();
		this.role = role;
		this.target = debug;
		this.write({ event: 'process', phase: 'started', pid, role });
		const waits = this.life.waitForDebugger && debug !== undefined;
		if (waits) {
			this.debugger = 'waiting';
			this.write({ event: 'debugger', phase: 'waiting', target: debug });
		}
		this.take({ type: 'hello', pid, waits });
	}

	private serviceEnded({ exitCode, signal }: FromHost & { readonly type: 'serviceEnded' }): void {
		const exit = { ...(exitCode !== undefined && { exitCode }), ...(signal !== undefined && { signal }) };
		if (this.pid !== undefined) {
			this.write({ event: 'process', phase: 'ended', pid: this.pid, role: this.role, ...exit });
			this.pid = undefined;
		}
	}

	private exited({ exitCode, signal }: FromHost & { readonly type: 'exited' }): void {
		const { pid, role } = this;
		const exit = { ...(exitCode !== undefined && { exitCode }), ...(signal !== undefined && { signal }) };
		const entry = pid === undefined ? undefined : this.write({ event: 'process', phase: 'ended', pid, role, ...exit });
		this.ended = true;
		this.letTimeGoOn();
		this.take({ type: 'exited', ...exit, ...(entry && { n: entry.n }) });
	}

	private debuggerChanged({ attached, stopped = false }: FromHost & { readonly type: 'debugger' }): void {
		const now = attached ? 'attached' : 'none';
		if (this.debugger !== now) {
			this.debugger = now;
			const target = this.target && { target: this.target };
			this.write({ event: 'debugger', phase: attached ? 'attached' : 'detached', ...target });
			this.take({ type: 'debugger', attached });
		}
		this.debuggerStopped(attached && stopped);
	}

	/** A debugger may come while it runs; a host that has no door for one yet opens it, and says where. */
	openToDebugger(): void {
		if (this.target) {
			this.reachable(this.target);
		} else {
			this.send({ type: 'debug' });
		}
	}

	private reachable(target: DebugTarget): void {
		this.target = target;
		this.write({ event: 'debugger', phase: 'reachable', target });
	}

	debuggerStopped(stopped: boolean): void {
		if (this.ended || stopped === this.isStopped) {
			return;
		}
		if (stopped) {
			this.standing = this.world.clock.hold?.() ?? { dispose: () => {} };
		} else {
			this.letTimeGoOn();
		}
		this.write({ event: 'debugger', phase: stopped ? 'stopped' : 'continued' });
	}

	private letTimeGoOn(): void {
		this.standing?.dispose();
		this.standing = undefined;
	}

	/** Nobody attaches one; the process goes on. */
	gaveUp(): void {
		if (this.debugger === 'waiting') {
			this.debugger = 'none';
		}
	}

	/** Status checks are in the journal only when the answer changes, and the machine says when (`statusCheck`). */
	private called(message: FromHost & { readonly type: 'call' }): void {
		const { call, phase } = message;
		if (call === 'StatusCheck') {
			return;
		}
		if (phase === 'begin') {
			this.take({ type: 'called', call, phase, n: this.write({ event: 'call', call, phase }).n });
			return;
		}
		const { result, error } = message;
		const outcome = error ? { error } : result === undefined || result === null ? {} : { result };
		// The end of a call has an outcome in the journal, also where it returns nothing (interfaces.md 2).
		const { n } = this.write({ event: 'call', call, phase, ...(error ? { error } : { result: result ?? null }) });
		this.lastError = error && { message: error.message, n };
		this.take({ type: 'called', call, phase, ...outcome, n });
	}

	private faultEntry(error: RoleError): number {
		if (this.lastError?.message === error.message) {
			return this.lastError.n;
		}
		const line = error.line === undefined ? '' : `:${error.line}`;
		const place = error.file === undefined ? '' : ` (${error.file}${line})`;
		return this.write({ event: 'error', text: `Unhandled exception ${error.type}: ${error.message}${place}` }).n;
	}
}
