export interface Disposable {
	dispose(): void;
}

export type Listener<T> = (value: T) => void;

/** A typed event source. A listener that is added or removed while an event is delivered takes part from the next one. */
export class Emitter<T> {
	private listeners: readonly Listener<T>[] = [];

	/** An arrow, so that it can be handed out alone as the public half of an event. */
	readonly event = (listener: Listener<T>): Disposable => {
		this.listeners = [...this.listeners, listener];
		return {
			dispose: () => {
				this.listeners = this.listeners.filter(other => other !== listener);
			},
		};
	};

	fire(value: T): void {
		for (const listener of this.listeners) {
			listener(value);
		}
	}
}
