import { Failure } from '../../src/base/failure';
import type { RolePlan } from '../../src/lifecycle/plan/deploymentPlan';
import type { PlayedService } from '../../src/scenario/play';
import { type Played, playScenario } from '../../src/scenario/playScenario';
import type { ResourceFile, Scenario } from '../../src/scenario/scenario';
import { type FakeRun, newService, rolePlan } from '../support/fakeService';
import type { RoleBehaviour } from '../support/fakeWorld';

export interface FakePlay extends FakeRun {
	readonly files: Map<string, string>;
	/** The play, while fabric time passes as far as it is needed. */
	play(scenario: Scenario): Promise<Played>;
	end(): void;
}

/** A scenario's stage in a fake world: an hour of fabric time passes at once. */
export function fakeStage(
	roles: readonly RolePlan[] = [rolePlan()],
	behaviour: Readonly<Record<string, RoleBehaviour>> = {},
): FakePlay {
	const run = newService(roles, behaviour);
	const { deployment, world } = run;
	const files = new Map<string, string>();
	const key = ({ instance, resource, file }: ResourceFile) => `${instance}/${resource}/${file}`;
	const ended = new AbortController();
	let isOver = false;
	const service: PlayedService = {
		deployment,
		clock: world.clock,
		submit: (command, by) => deployment.submit(command, by),
		carriedOut: () => deployment.carriedOut(),
		stop: () => deployment.stop(),
		stopped: new Promise(resolve => {
			deployment.onSnapshot(({ status }) => status === 'Stopped' && resolve());
		}),
		files: {
			read: file => files.get(key(file)),
			write: (file, text) => {
				if (file.resource === 'Missing') {
					throw new Failure('There is no such resource.');
				}
				files.set(key(file), text);
			},
		},
	};
	const start = async () => {
		deployment.start();
		return service;
	};
	return {
		...run,
		files,
		end: () => ended.abort(),
		play: async scenario => {
			const played = playScenario(scenario, { start, ended: ended.signal });
			played.finally(() => {
				isOver = true;
			});
			while (!isOver) {
				await world.pass(100);
			}
			return played;
		},
	};
}

export function misses({ failures }: Played): readonly string[] {
	return failures.map(({ step, expected, instead }) => `${step ?? 'at the end'}: ${expected}, instead ${instead}`);
}
