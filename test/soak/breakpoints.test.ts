import assert from 'node:assert/strict';
import path from 'node:path';
import type { ChildSession } from '../../src/debug/childSession';
import { createDebugSession } from '../../src/debug/session';
import { wallClock } from '../../src/node/clock';
import { type RunningService, startService } from '../../src/runner/startService';
import { InspectorClient } from '../processes/inspectorClient';
import { writeService } from '../processes/runFixture';
import { debugAdapterClient } from '../support/debugAdapterClient';

const lives = Number(process.env.ROLEWRIGHT_SOAK_LIVES ?? 500);
const worker = `exports.onStart = () => {
	console.log('in the first line');
	return true;
};
exports.run = () => new Promise(resolve => { exports.onStop = resolve; });
`;

suite('a breakpoint in the next life is in place before the role runs', () => {
	test(`in ${lives} lives, none missed`, async () => {
		const service = writeService({ worker });
		let run: RunningService | undefined;
		let hits = 0;
		let lines = 0;
		/** Each life stands once, before it has written its line. */
		const attach = async ({ target, life }: ChildSession): Promise<void> => {
			const client = await InspectorClient.attach(target);
			void client.stopsAt('.*worker\\.js', 1).then(() => {
				hits++;
				assert.deepEqual([hits, lines], [life, life - 1]);
				client.detach();
			});
		};
		const start = async ({ service: definition, instances }: { service: string; instances: readonly string[] }) => {
			run = await startService({
				...{ path: definition, debug: instances, build: 'never', onStopLimit: 30_000, timeFactor: 1 },
				...{ distFolder: path.resolve('dist'), stateFolder: path.join(service.folder, 'state'), progress: () => {} },
				onEntry: entry => {
					lines += entry.event === 'output' && entry.text === 'in the first line' ? 1 : 0;
				},
			});
			return run;
		};
		const client = debugAdapterClient(request => void session.handle(request));
		const session = createDebugSession(
			{
				...{ start, clock: wallClock, debuggers: { attach, detach: async () => {}, over: async () => {} } },
				running: () => assert.fail('nothing runs already'),
				outputOf: url => ({ url, urlLabel: 'Show Output' }),
			},
			client.receive,
		);
		const launched = client.request('launch', { service: service.folder });
		await client.request('configurationDone');
		await launched;
		for (let life = 1; life <= lives; life++) {
			await ready(run, life);
			if (life < lives) {
				run?.submit({ command: 'recycle', instance: 'Worker_IN_0' }, 'editor');
			}
		}
		await client.request('disconnect');
		service.remove();
		assert.deepEqual([hits, lines], [lives, lives]);
	});
});

function ready(run: RunningService | undefined, life: number): Promise<void> {
	return new Promise(resolve => {
		const look = (): void => {
			const instance = run?.deployment.snapshot.instances[0];
			if (instance?.life === life && instance.state === 'ReadyRole') {
				listening?.dispose();
				resolve();
			}
		};
		const listening = run?.deployment.onSnapshot(look);
		look();
	});
}
