import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import type { ChildListener } from '../../debug/childSession';
import type { Message } from '../../debug/framing';
import { pause } from '../../node/clock';
import type { OwnSession } from './instanceAdapters';

/** Milliseconds for the debugger of JavaScript to begin the session that stands for the process. */
const partsLimit = 3_000;

/**
 * The two sessions of one life of an instance: ours, whose buttons mean the instance, and below it its debugger's, whose
 * buttons VS Code hands to ours. Knows at any moment whether one of them stands, or is on its way.
 */
export class InstanceSessions {
	/** Settled when no session stands and none is on its way. */
	readonly over: Promise<void>;
	/** The debugger's, from the moment it is made: VS Code tells of a session only when it has attached. */
	debugger: vscode.DebugSession | undefined;
	/** Ids of the sessions that have begun, and of those that have ended. */
	private readonly begun = new Set<string>();
	private readonly gone = new Set<string>();
	/** Starts that VS Code has not answered. */
	private starting = 0;
	/** Ids of those sessions that have stopped: a debugger may divide its work among several. */
	private readonly stopped = new Set<string>();
	private isUnwanted = false;
	/** The process has ended that the debugger wanted to come to. */
	private hasNobody = false;
	/** The debugger divides its work between a session and those below it, and has begun one of these. */
	private makesParts = false;
	private hasParts = false;
	private isAwaited = false;
	private setOver = (): void => {};
	private setReady = (): void => {};
	private setLeft = (): void => {};

	constructor(
		private readonly parent: vscode.DebugSession,
		private readonly own: OwnSession,
		private readonly listener: ChildListener,
	) {
		this.over = new Promise(resolve => {
			this.setOver = resolve;
		});
	}

	/** Resolves when the debugger has its breakpoints; rejects with a Failure where it does not come that far. */
	async start(configuration: vscode.DebugConfiguration): Promise<void> {
		const { name } = this.own.configuration;
		this.makesParts = configuration.type === 'node';
		const parting = new Promise<void>((resolve, reject) => {
			this.setReady = resolve;
			this.setLeft = () => reject(new Failure(vscode.l10n.t('The debugger of {0} ended; it runs without.', name)));
		});
		parting.catch(() => {});
		const refused = () => new Failure(vscode.l10n.t('{0} runs without a debugger.', name));
		this.starting++;
		const { MergeWithParent } = vscode.DebugConsoleMode;
		await this.begin(this.own.configuration, { parentSession: this.parent, consoleMode: MergeWithParent });
		const parentSession = this.own.session();
		const isThere = parentSession !== undefined && this.begun.has(parentSession.id);
		const isBegun =
			isThere && !this.isUnwanted
				? this.begin(configuration, { parentSession, lifecycleManagedByParent: true })
				: Promise.resolve(false);
		const answered = isBegun.then(begun => {
			this.starting--;
			if (!begun) {
				this.leave();
			}
			this.look();
			return begun || Promise.reject(refused());
		});
		await Promise.all([parting, answered]);
	}

	/** Ends the sessions and leaves the process alive; those on their way end when they have come. */
	letGo(process: 'lives' | 'ended'): void {
		this.isUnwanted = true;
		this.hasNobody = process === 'ended';
		this.dismiss();
	}

	/** An adapter was made for a session. */
	made(session: vscode.DebugSession): void {
		const own = this.own.session();
		if (!this.debugger && own && session.parentSession?.id === own.id) {
			this.debugger = session;
		}
	}

	began(session: vscode.DebugSession): void {
		if (this.isMine(session) && !this.gone.has(session.id)) {
			this.begun.add(session.id);
		}
		this.hasParts ||= this.debugger !== undefined && session.parentSession?.id === this.debugger.id;
		this.dismiss();
	}

	ended(session: vscode.DebugSession): void {
		if (this.isMine(session)) {
			this.gone.add(session.id);
			this.begun.delete(session.id);
			if (session.id === this.debugger?.id) {
				this.leave();
				if (!this.isUnwanted) {
					this.listener.lost();
				}
			}
			this.look();
		}
	}

	/** Its debugger has said something. */
	heard(message: Message): void {
		if (hasBreakpoints(message)) {
			this.setReady();
			this.dismiss();
		}
	}

	/** One of its sessions has stopped, or goes on. */
	tell(session: string, stopped: boolean): void {
		const before = this.stopped.size > 0;
		if (stopped) {
			this.stopped.add(session);
		} else {
			this.stopped.delete(session);
		}
		if (this.stopped.size > 0 !== before) {
			this.listener.stands(!before);
		}
	}

	/** False where VS Code could not, or was told otherwise meanwhile. */
	private async begin(configuration: vscode.DebugConfiguration, options: vscode.DebugSessionOptions): Promise<boolean> {
		const given = { ...options, suppressSaveBeforeStart: true };
		const started = Promise.resolve(vscode.debug.startDebugging(this.parent.workspaceFolder, configuration, given));
		const isBegun = await started.catch(() => false);
		const session = options.lifecycleManagedByParent ? this.debugger : this.own.session();
		if (isBegun && session) {
			this.began(session);
		} else if (session && session === this.own.session()) {
			// VS Code leaves a session standing whose parent ended while it began.
			void vscode.debug.stopDebugging(session);
		}
		return isBegun;
	}

	/**
	 * Sends a debugger away that is not wanted any more. The one of JavaScript never answers when it has attached and has
	 * not begun the session of its own that stands for the process, so it is given time for that while there is one.
	 */
	private dismiss(): void {
		const { debugger: session } = this;
		if (!this.isUnwanted || !session) {
			return;
		}
		if (this.hasNobody || this.hasParts || !this.makesParts) {
			disconnect(session);
		} else if (!this.isAwaited) {
			this.isAwaited = true;
			void pause(partsLimit).then(() => this.gone.has(session.id) || disconnect(session));
		}
	}

	/** The debugger has left, or does not come. */
	private leave(): void {
		this.setLeft();
		this.own.end();
	}

	private look(): void {
		if (this.starting === 0 && this.begun.size === 0) {
			this.setOver();
		}
	}

	private isMine({ id }: vscode.DebugSession): boolean {
		return id === this.debugger?.id || id === this.own.session()?.id;
	}
}

/** `stopDebugging` would have the process killed: VS Code takes a child session for a launched one. */
function disconnect(session: vscode.DebugSession): void {
	Promise.resolve(session.customRequest('disconnect', { terminateDebuggee: false })).catch(() => {});
}

/** The editor says so when it has handed over every breakpoint; a debugger that cannot be told has them by then, too. */
function hasBreakpoints(message: Message): boolean {
	if (message.type !== 'response' || !message.success) {
		return false;
	}
	const untold = message.command === 'initialize' && !message.body?.supportsConfigurationDoneRequest;
	return untold || message.command === 'configurationDone';
}
