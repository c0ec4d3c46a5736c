import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../../base/emitter';
import type { Clock, RoleEnvironment } from '../../lifecycle/host';
import { openChannels } from './channels';
import { type CurrentState, readCurrentState } from './currentState';
import { discoveryDocument, forEver, type GoalState, roleEnvironmentDocument } from './documents';
import { goalStates } from './goalStates';

/** The fabric's side of the runtime protocol for one process generation. */
export interface RuntimeServer extends Disposable {
	/** What `WaRuntimeEndpoint` names. */
	readonly address: string;
	/** A private folder that lives as long as this. */
	readonly folder: string;
	/** Somebody listens for changes and for Stop. */
	hasReader(): boolean;
	/** Publishes changed values; gives the incarnation by which the program answers. */
	change(environment: RoleEnvironment): number;
	/** Asks the program to stop; overtakes changes that wait. Gives the incarnation. */
	stop(deadline: Date): number;
}

export interface RuntimeListener {
	/** A status of an incarnation that was issued. */
	said(state: CurrentState): void;
	/** Bytes on the current-state channel that are no message. */
	garbage(text: string): void;
}

/**
 * `incarnations` counts for the instance over all its processes and is above 100000: the Node client compares the numbers
 * as text, so they must never gain a digit (runtime-protocol.md 6).
 */
export async function openRuntimeServer(
	environment: RoleEnvironment,
	incarnations: { last: number },
	clock: Clock,
	listener: RuntimeListener,
	folderPrefix?: string,
): Promise<RuntimeServer> {
	const channels = openChannels(folderPrefix);
	const nextFile = (values: RoleEnvironment): string => {
		incarnations.last += 1;
		return writeEnvironment(channels.folder, incarnations.last, values);
	};
	const take = (text: string): void => {
		const state = readCurrentState(text);
		if (state && (state.status === 'Release' || state.incarnation <= incarnations.last)) {
			if (state.status !== 'Release') {
				goals.acknowledged(state.incarnation);
			}
			listener.said(state);
		} else if (!state && text.trim() !== '') {
			listener.garbage(text);
		}
	};
	const environmentFile = nextFile(environment);
	const first: GoalState = {
		incarnation: incarnations.last,
		expectedState: 'Started',
		environmentFile,
		currentStateEndpoint: await channels.sink('c', take),
		deadline: forEver,
	};
	const goals = goalStates(first, clock);
	const goalEndpoint = await channels.source('g', goals.addReader);
	let latest = first;
	const publish = (changes: Partial<GoalState>): number => {
		if (latest.expectedState === 'Started') {
			latest = { ...latest, ...changes, incarnation: incarnations.last };
			goals.publish(latest);
		}
		return latest.incarnation;
	};
	return {
		address: await channels.source('d', socket => socket.end(discoveryDocument(goalEndpoint))),
		folder: channels.folder,
		hasReader: goals.hasReader,
		change: values => publish({ environmentFile: nextFile(values) }),
		stop: deadline => {
			incarnations.last += 1;
			return publish({ expectedState: 'Stopped', deadline: deadline.toISOString() });
		},
		dispose: () => {
			goals.dispose();
			channels.close();
		},
	};
}

/** A new file for each incarnation, there as a whole before anybody is told its name. */
function writeEnvironment(folder: string, incarnation: number, environment: RoleEnvironment): string {
	const file = path.join(folder, `${incarnation}.xml`);
	writeFileSync(`${file}.new`, roleEnvironmentDocument(environment), { mode: 0o600 });
	renameSync(`${file}.new`, file);
	return file;
}
