import type { RoleModule } from '../../../types/rolewright-role';
import { Failure } from '../../base/failure';
import type { CallName } from '../../lifecycle/journal/journal';
import type { EnvironmentChange, RoleEnvironment } from '../../lifecycle/roleEnvironment';
import type { RoleLife } from '../../lifecycle/roleHost';
import { type Connection, exitCodes } from './connection';
import { fault, roleError } from './faults';
import { loadRole } from './loadRole';
import { roleContext } from './roleContext';

/** One life of a JavaScript role, from `start` to the end of its process. Every call of role code is told. */
export interface RoleRun {
	start(): void;
	/** Ends the wait for a debugger. */
	go(): void;
	changing(call: 'Changing' | 'SimultaneousChanging', changes: readonly EnvironmentChange[]): void;
	changed(
		call: 'Changed' | 'SimultaneousChanged',
		changes: readonly EnvironmentChange[],
		environment: RoleEnvironment,
	): void;
	checkStatus(): void;
	stop(raiseStopping: boolean): void;
}

export function roleRun(life: RoleLife, connection: Connection): RoleRun {
	const holder = roleContext(life.environment, {
		requestRecycle: () => connection.send({ type: 'requestRecycle' }),
		setBusy: () => connection.send({ type: 'status', status: 'Busy' }),
	});
	const { context } = holder;
	let role: RoleModule | undefined;
	let started: Promise<void> | undefined;
	let stopping = false;
	let release = (): void => {};
	const debuggerReady = life.waitForDebugger
		? new Promise<void>(resolve => {
				release = resolve;
			})
		: Promise.resolve();
	/** Events come one at a time, in the order in which the fabric sent them. */
	let events: Promise<void> = Promise.resolve();

	/** Tells beginning and end of a call. What the call throws nobody has caught: it is told, and ends the process. */
	const call = async (name: CallName, work: () => unknown): Promise<unknown> => {
		connection.send({ type: 'call', call: name, phase: 'begin' });
		try {
			const result = await work();
			connection.send({ type: 'call', call: name, phase: 'end', ...(result !== undefined && { result }) });
			return result;
		} catch (error) {
			connection.send({ type: 'call', call: name, phase: 'end', error: roleError(error) });
			fault(connection, error);
			return new Promise(() => {});
		}
	};

	const begin = async (): Promise<void> => {
		await debuggerReady;
		if (stopping) {
			return;
		}
		role = await load(life, connection);
		const loaded = role;
		const accepted = await call('OnStart', async () => (await loaded.onStart?.(context)) !== false);
		if (accepted !== true) {
			connection.exit(exitCodes.refused);
			return new Promise(() => {});
		}
	};
	const run = (): void => {
		// The result of Run means nothing to anybody and need not even be JSON.
		void call('Run', async () => {
			await (role?.run ? role.run(context) : new Promise(() => {}));
		});
	};

	return {
		start: () => {
			started ??= begin();
			void started.then(() => {
				if (!stopping) {
					run();
				}
			});
		},
		go: () => release(),
		changing: (name, changes) => {
			events = events.then(async () => {
				let cancelled = false;
				const cancel = (): void => {
					cancelled = true;
				};
				await call(name, async () => {
					if (name === 'Changing') {
						await holder.raise('changing', { changes, cancel });
						return { cancel: cancelled };
					}
					return holder.raise('simultaneousChanging', { changes });
				});
			});
		},
		changed: (name, changes, environment) => {
			events = events.then(async () => {
				holder.apply(environment);
				await call(name, () => holder.raise(name === 'Changed' ? 'changed' : 'simultaneousChanged', { changes }));
			});
		},
		checkStatus: () => {
			// Never queued behind a Changing handler that takes its time: an unanswered check means a hung role.
			let busy = false;
			try {
				holder.raiseAtOnce('statusCheck', {
					setBusy: () => {
						busy = true;
					},
				});
			} catch (error) {
				fault(connection, error);
				return;
			}
			connection.send({ type: 'status', status: busy ? 'Busy' : 'Ready' });
		},
		stop: raiseStopping => {
			if (stopping) {
				return;
			}
			stopping = true;
			release();
			events = events.then(async () => {
				await started;
				if (role) {
					const { onStop } = role;
					if (raiseStopping) {
						await call('Stopping', () => holder.raise('stopping', undefined));
					}
					await call('OnStop', async () => {
						await onStop?.call(role, context);
					});
				}
				connection.exit(exitCodes.stopped);
			});
		},
	};
}

async function load(life: RoleLife, connection: Connection): Promise<RoleModule> {
	try {
		if (life.entry.kind === 'base') {
			return {};
		}
		if (life.entry.kind !== 'module') {
			throw new Failure(`The JavaScript host runs modules, not an entry point of the kind '${life.entry.kind}'.`);
		}
		process.argv.splice(1, process.argv.length, life.entry.module);
		return await loadRole(life.folders.approot, life.entry.module);
	} catch (thrown) {
		const error = roleError(thrown);
		const text = thrown instanceof Failure ? thrown.message : `The role's module could not be loaded: ${error.message}`;
		connection.send({ type: 'failed', text, ...(!(thrown instanceof Failure) && { error }) });
		connection.exit(exitCodes.notLoaded);
		return new Promise(() => {});
	}
}
