import { Emitter } from '../base/emitter';
import { maskParts, secretParts } from '../base/secrets';
import type { DeploymentPlan } from './deploymentPlan';
import type { Cause, JournalEntry, JournalEvent, RoleError } from './journal';

/**
 * What everybody may do with a journal. All entries of a run are kept, the role's output too, for as long as the deployment
 * lives: a role that writes without end fills memory with it.
 */
export interface Journal {
	readonly entries: readonly JournalEntry[];
	readonly onEntry: Emitter<JournalEntry>['event'];
}

/**
 * The one writer of entries: numbers them, dates them with fabric time and hides in every field but the role's own output
 * what the settings keep secret, since messages of exceptions and commands repeat such values.
 */
export class JournalWriter implements Journal {
	private readonly written: JournalEntry[] = [];
	private readonly emitter = new Emitter<JournalEntry>();
	private secrets: readonly string[] = [];
	readonly onEntry = this.emitter.event;

	constructor(private readonly now: () => number) {}

	get entries(): readonly JournalEntry[] {
		return this.written;
	}

	/** From now on the secrets of these settings are hidden too; those of former ones stay hidden. */
	hideSecretsOf(plan: DeploymentPlan): void {
		const parts = plan.roles.flatMap(role =>
			Object.entries(role.settings).flatMap(([name, value]) => secretParts(name, value)),
		);
		this.hide(parts);
	}

	hide(parts: readonly string[]): void {
		this.secrets = [...new Set([...this.secrets, ...parts])];
	}

	write(event: JournalEvent, instance?: string): JournalEntry {
		const entry: JournalEntry = {
			n: this.written.length + 1,
			at: new Date(this.now()).toISOString(),
			...(instance !== undefined && { instance }),
			...this.masked(event),
		};
		this.written.push(entry);
		this.emitter.fire(entry);
		return entry;
	}

	private masked(event: JournalEvent): JournalEvent {
		if (this.secrets.length === 0) {
			return event;
		}
		switch (event.event) {
			case 'call':
				return event.phase === 'end' && event.error ? { ...event, error: this.maskedError(event.error) } : event;
			case 'command':
				return { ...event, command: this.mask(event.command) };
			case 'error':
			case 'note':
			case 'state':
				return { ...event, text: this.mask(event.text) };
			case 'process':
				return event.text === undefined ? event : { ...event, text: this.mask(event.text) };
			case 'restart':
				return { ...event, cause: event.cause.map(cause => this.maskedCause(cause)) };
			case 'rotation':
				return { ...event, why: this.mask(event.why) };
			case 'status':
				return {
					...event,
					instances: event.instances.map(line => ({ ...line, text: this.mask(line.text) })),
				};
			case 'configuration':
			case 'debugger':
			case 'disk':
			case 'endpoint':
			case 'output':
			case 'step':
				return event;
		}
	}

	mask(text: string): string {
		return maskParts(text, this.secrets);
	}

	maskedCause(cause: Cause): Cause {
		return { ...cause, detail: this.mask(cause.detail) };
	}

	private maskedError(error: RoleError): RoleError {
		return {
			...error,
			message: this.mask(error.message),
			...(error.stack !== undefined && { stack: this.mask(error.stack) }),
		};
	}
}
