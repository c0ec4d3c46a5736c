import path from 'node:path';
import type { Disposable } from '../../base/emitter';
import type { RoleEnvironment } from '../../lifecycle/roleEnvironment';
import type { Clock } from '../../lifecycle/world';
import { replaceFile } from '../disks/replaceFile';
import { type ChannelKind, type Channels, openChannels } from './channels';
import { type CurrentState, readCurrentState } from './currentState';
import { discoveryDocument, forEver, type GoalState, roleEnvironmentDocument } from './documents';
import { goalStates } from './goalStates';

/** The fabric's side of the runtime protocol for one process generation. */
export interface RuntimeServer extends Disposable {
	/** What `WaRuntimeEndpoint` names. */
	readonly address: string;
	/** A private folder that lives as long as this. */
	readonly folder: string;
	/** Where a program writes its status; also in a word, without any client. */
	readonly statusAddress: string;
	/** Always holds the role environment in force, as the document of the protocol. */
	readonly environmentFile: string;
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
	{ kind, folderPrefix }: { readonly kind: ChannelKind; readonly folderPrefix?: string | undefined },
): Promise<RuntimeServer> {
	const channels = await openChannels(kind, folderPrefix);
	try {
		return await serveOn(channels, environment, incarnations, clock, listener);
	} catch (error) {
		channels.close();
		throw error;
	}
}

async function serveOn(
	channels: Channels,
	environment: RoleEnvironment,
	incarnations: { last: number },
	clock: Clock,
	listener: RuntimeListener,
): Promise<RuntimeServer> {
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
	const statusAddress = await channels.sink('c', take);
	const first: GoalState = {
		incarnation: incarnations.last,
		expectedState: 'Started',
		environmentFile,
		currentStateEndpoint: statusAddress,
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
		address: await channels.source('d', reader => reader.end(discoveryDocument(goalEndpoint))),
		folder: channels.folder,
		statusAddress,
		environmentFile: path.join(channels.folder, inForce),
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

const inForce = 'environment.xml';

/** A new file for each incarnation, there as a whole before anybody is told its name; and one whose name never changes. */
function writeEnvironment(folder: string, incarnation: number, environment: RoleEnvironment): string {
	const document = roleEnvironmentDocument(environment);
	const file = path.join(folder, `${incarnation}.xml`);
	replaceFile(file, document, 0o600);
	try {
		replaceFile(path.join(folder, inForce), document, 0o600);
	} catch {
		// On Windows a program can keep it from everybody else; it has to ask for the other one then.
	}
	return file;
}
