import { maskParts, secretParts } from '../../base/secrets';
import type { DeploymentPlan } from '../plan/deploymentPlan';
import type { Cause, JournalEntry, JournalEvent, JournalHeader, RoleError } from './journal';
import { JournalLog } from './journalLog';

export type { Journal } from './journalLog';

/** Whose entries they are, at the moment of writing (`JournalHeader`). */
export type Origin = Pick<JournalHeader, 'slot' | 'deploymentId'>;

/**
 * The one writer of a deployment's entries: dates them with fabric time and hides in every field but the role's own output
 * what the settings keep secret, since messages of exceptions and commands repeat such values.
 */
export class JournalWriter {
	private secrets: readonly string[] = [];
	/** Something but a role's own output was written since `takeNews` was last asked. */
	private news = false;
	private last = { now: Number.NaN, text: '' };

	constructor(
		private readonly now: () => number,
		readonly log: JournalLog = new JournalLog(),
		private readonly origin: () => Origin = () => ({}),
	) {}

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
		this.news ||= event.event !== 'output';
		const header = { at: this.moment(), ...(instance !== undefined && { instance }), ...this.origin() };
		return this.log.add(header, this.masked(event));
	}

	/** Many entries are of the same millisecond, and share its text. */
	private moment(): string {
		const now = this.now();
		if (now !== this.last.now) {
			this.last = { now, text: new Date(now).toISOString() };
		}
		return this.last.text;
	}

	takeNews(): boolean {
		const { news } = this;
		this.news = false;
		return news;
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
