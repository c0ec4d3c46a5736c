import type { InstanceStatus } from '../lifecycle/journal/journal';

/** The states that pictures tell apart by colour and pattern; the words say which one it is exactly. */
export type StateLook = 'ready' | 'busy' | 'starting' | 'stopping' | 'stopped' | 'restarting' | 'failed' | 'unknown';

export const stateLooks: Readonly<Record<InstanceStatus, StateLook>> = {
	Unknown: 'unknown',
	CreatingVM: 'starting',
	StartingVM: 'starting',
	CreatingRole: 'starting',
	StartingRole: 'starting',
	ReadyRole: 'ready',
	BusyRole: 'busy',
	StoppingRole: 'stopping',
	StoppingVM: 'stopping',
	DeletingVM: 'stopping',
	StoppedVM: 'stopped',
	RestartingRole: 'restarting',
	CyclingRole: 'restarting',
	FailedStartingRole: 'failed',
	FailedStartingVM: 'failed',
	UnresponsiveRole: 'failed',
};

/** Hatched, so that they are told apart without colours too. */
export const hatched: ReadonlySet<StateLook> = new Set<StateLook>(['restarting', 'failed', 'unknown']);

/** For pictures that leave the editor: legible on white and on black. */
export const pictureColours: Readonly<Record<StateLook, string>> = {
	ready: '#2e8540',
	busy: '#b58900',
	starting: '#2a7ab8',
	stopping: '#767676',
	stopped: '#9a9a9a',
	restarting: '#c2570c',
	failed: '#c5221f',
	unknown: '#767676',
};

/** Sign and word: nobody depends on colours. */
export const stateSigns: Readonly<Record<StateLook, string>> = {
	ready: '✓',
	busy: '…',
	starting: '▸',
	stopping: '▾',
	stopped: '■',
	restarting: '↻',
	failed: '✕',
	unknown: '?',
};
