import type { Disposable } from '../base/emitter';
import { Failure } from '../base/failure';
import { type Command, commandText, inSlot } from '../lifecycle/command';
import type { Staged } from '../lifecycle/deployment/deploymentSlots';
import type { WalkMode } from '../lifecycle/deployment/domainWalk';
import type { HostedService } from '../lifecycle/deployment/hostedService';
import type { CommandSource } from '../lifecycle/journal/journal';
import type { Slot } from '../lifecycle/slots';
import type { Configuration } from '../model/configuration';
import { cacheFolder, claimStateFolder } from '../node/disks/stateFolder';
import { watchFile } from '../node/fileWatch';
import type { RealWorld } from '../node/world';
import { errorText, ModelFailure } from './checkBeforeRun';
import { builtNow, checkService, type DeployedRun, planOf } from './deployedRun';
import { chooseConfiguration, openConfiguration } from './openService';

export interface RunRequests {
	submit(command: Command, by: CommandSource): void;
	/** Ends what is being built; resolves when it has ended. */
	dispose(): Promise<void>;
}

/** One of the deployments, as it was asked for last. */
interface Asked {
	readonly run: DeployedRun;
	/** The file of the configuration in force. */
	readonly configuration: string;
}

/**
 * What can be asked of a service that runs. Commands that need the files of the disk are carried out here: a configuration
 * is read, an update and a deployment in staging are built. The others are the deployment's own.
 */
export function takeRequests(
	first: DeployedRun,
	configuration: Configuration,
	hosted: HostedService,
	world: RealWorld,
): RunRequests {
	/** By deployment id: which slot a deployment stands in changes with a swap. */
	const asked = new Map<string, Asked>([[first.state.deploymentId, { run: first, configuration: configuration.path }]]);
	const inPlace = (slot: Slot): Asked | undefined => {
		const { deploymentId, staging } = hosted.snapshot;
		return asked.get(slot === 'staging' ? (staging?.deploymentId ?? '') : deploymentId);
	};
	const ended = new AbortController();
	/** One after the other, so that what was asked for last is what is deployed last. */
	let built: Promise<unknown> = Promise.resolve();
	const build = <T>(make: () => Promise<T>): Promise<T> => {
		const next = built.then(make);
		built = next.catch(() => {});
		return next;
	};

	const configure = (file: string, slot: Slot, said: string, by: CommandSource): void => {
		const place = inPlace(slot);
		if (place === undefined) {
			// The service itself says that nothing is there.
			hosted.submit({ command: 'configure', file: `staging:${file}` }, by);
			return;
		}
		const taken = submitConfiguration(place.run, hosted, { file, slot, said }, by);
		if (taken) {
			asked.set(place.run.state.deploymentId, { ...place, configuration: taken.path });
			follow();
		}
	};
	const update = (mode: WalkMode, slot: Slot, by: CommandSource): void => {
		const updated = build(async () => {
			const { run, configuration: file } = inPlace(slot) ?? missing();
			const next = await builtNow(run, file, ended.signal);
			asked.set(run.state.deploymentId, { run: next.run, configuration: file });
			return next.plan;
		});
		hosted.update(updated, mode, by, slot === 'staging' ? slot : undefined);
	};
	const stage = (by: CommandSource): void => {
		const make = async (): Promise<Staged> => {
			const { run, configuration: file } = inPlace('production') ?? missing();
			const { path, name } = run.service.definition;
			const state = claimStateFolder(run.request.stateFolder ?? cacheFolder(), name?.text ?? '', path);
			try {
				const next = await builtNow({ ...run, state }, file, ended.signal);
				asked.set(state.deploymentId, { run: next.run, configuration: file });
				return { plan: next.plan, world: world.withDisks(state.folder), release: state.release };
			} catch (error) {
				state.release();
				throw error;
			}
		};
		hosted.stage(() => build(make), by);
	};

	let watched: { readonly path: string; readonly watch: Disposable } | undefined;
	/** The file of the configuration in force in production is the one that is watched. */
	const follow = (): void => {
		const path = inPlace('production')?.configuration;
		if (path !== undefined && watched?.path !== path) {
			watched?.watch.dispose();
			const changed = () => configure(path, 'production', commandText({ command: 'configure', file: path }), 'file');
			watched = { path, watch: watchFile(path, changed) };
		}
	};
	follow();
	const swaps = hosted.onSnapshot(follow);

	return {
		submit: (command, by) => {
			const { slot, command: own } = inSlot(command);
			switch (own.command) {
				case 'configure':
					return configure(own.file, slot, commandText(command), by);
				case 'update':
					return update(own.mode, slot, by);
				case 'stage':
					return stage(by);
				default:
					return hosted.submit(command, by);
			}
		},
		dispose: async () => {
			ended.abort();
			swaps.dispose();
			watched?.watch.dispose();
			await built;
		},
	};
}

/** An invalid file changes nothing; what is wrong with it is in the journal, and it is read again when it changes again. */
function submitConfiguration(
	run: DeployedRun,
	hosted: HostedService,
	{ file, slot, said }: { readonly file: string; readonly slot: Slot; readonly said: string },
	by: CommandSource,
): Configuration | undefined {
	try {
		const configuration = openConfiguration(chooseConfiguration(run.service, file).path, run.service.secrets);
		checkService(run.service, configuration);
		hosted.configure(planOf(run, configuration).plan, by, said, slot);
		return configuration;
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		const text = error instanceof ModelFailure ? error.errors.map(errorText).join('\n') : error.message;
		hosted.report({ event: 'command', command: said, by });
		hosted.report({
			event: 'error',
			text: `The configuration was not taken, and the former one stays in force. ${text}`,
		});
		return undefined;
	}
}

function missing(): never {
	throw new Failure('There is no such deployment any more.');
}
