import { type DebuggerRelay, openDebuggerRelay, presence } from './debuggerRelay';

/** A relay for runtimes that cannot say who is attached to them: whoever is connected is. */
export interface AttachedRelay extends DebuggerRelay {
	isAttached(): boolean;
}

export async function openAttachedRelay(changed: (attached: boolean) => void): Promise<AttachedRelay> {
	let disposed = false;
	const attached = presence(isThere => {
		if (!disposed) {
			changed(isThere);
		}
	});
	const relay = await openDebuggerRelay((_debuggerSide, runtimeSide) => {
		runtimeSide.once('connect', () => {
			attached.came();
			runtimeSide.once('close', attached.went);
		});
	});
	return {
		...relay,
		isAttached: attached.isThere,
		dispose: () => {
			disposed = true;
			relay.dispose();
		},
	};
}
