import type { Disposable } from '../../base/emitter';
import type { FromHost } from '../../lifecycle/hostVocabulary';
import type { CallName } from '../../lifecycle/journal/journal';
import type { RoleEnvironment } from '../../lifecycle/roleEnvironment';
import { wallClock } from '../clock';
import type { CurrentState } from '../runtimeProtocol/currentState';
import type { RuntimeServer } from '../runtimeProtocol/runtimeServer';

/** A change that the program does not acknowledge (only one that has set a status does) counts as accepted after this. */
const acknowledgeLimit = 1_000;

/**
 * Changes of the configuration as a program hears of them: it is given the new values, compares them with the old by
 * itself, and answers with its status under the new incarnation, or with Recycle (runtime-protocol.md 4).
 */
export class ProgramChanges {
	/** Announced to the program, and neither acknowledged nor refused yet. */
	private changing: { readonly incarnation: number; readonly limit: Disposable } | undefined;
	/** The values of the change that is going on were published with its announcement. */
	private announced = false;

	constructor(
		private readonly server: RuntimeServer,
		private readonly heard: (message: FromHost) => void,
	) {}

	/** The program compares the new values with the old by itself, so they must be there when it is asked. */
	announce(environment: RoleEnvironment | undefined): void {
		this.announced = environment !== undefined;
		const incarnation = environment && this.server.change(environment);
		if (incarnation === undefined || !this.server.hasReader()) {
			this.tellCall('Changing', { cancel: false });
			return;
		}
		this.heard({ type: 'call', call: 'Changing', phase: 'begin' });
		const limit = wallClock.after(acknowledgeLimit, () => this.end(false));
		this.changing = { incarnation, limit };
	}

	/** The protocol has no such event: the program hears of the values when they are in force. */
	announceSimultaneous(): void {
		this.tellCall('SimultaneousChanging');
	}

	/** True where a status was the answer to the change that is going on. */
	answered(state: CurrentState): boolean {
		const answers = state.status !== 'Release' && state.incarnation === this.changing?.incarnation;
		if (answers) {
			this.end(state.status === 'Recycle');
		}
		return answers;
	}

	/** The client raises its event by itself when it has acknowledged; how long its handlers take nobody hears. */
	inForce(call: 'Changed' | 'SimultaneousChanged', environment: RoleEnvironment): void {
		if (!this.announced) {
			this.server.change(environment);
		}
		this.announced = false;
		this.tellCall(call);
		if (!this.server.hasReader()) {
			this.heard({
				type: 'note',
				text: 'The program does not listen for changes; it goes on with the values it has read.',
			});
		}
	}

	dispose(): void {
		this.changing?.limit.dispose();
		this.changing = undefined;
	}

	private end(cancel: boolean): void {
		if (this.changing) {
			this.dispose();
			this.heard({ type: 'call', call: 'Changing', phase: 'end', result: { cancel } });
		}
	}

	private tellCall(call: CallName, result?: { readonly cancel: boolean }): void {
		this.heard({ type: 'call', call, phase: 'begin' });
		this.heard({ type: 'call', call, phase: 'end', ...(result && { result }) });
	}
}
