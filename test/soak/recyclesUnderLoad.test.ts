import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { bundleCommandLine, call, leavesNothing } from '../processes/commandLine';
import { writeService } from '../processes/runFixture';

const recycles = 200;

const worker = `const http = require('http');
	let server;
	exports.onStart = role => new Promise(resolve => {
		const { address, port } = role.endpoints.Web;
		server = http.createServer((_, response) => response.end(role.instance.id)).listen(port, address, () => resolve(true));
	});
	exports.run = () => new Promise(() => {});
	exports.onStop = () => new Promise(resolve => server.close(resolve));`;

const role = `<Runtime><EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="true" /></EntryPoint></Runtime>
	<ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>
	<Endpoints><InputEndpoint name="Web" protocol="http" port="18082" localPort="*" /></Endpoints>`;

suite('the balancer while instances recycle', () => {
	test(`${recycles} recycles lose no connection`, async () => {
		const product = await bundleCommandLine();
		const { folder, remove } = writeService({ worker, role });
		const options = ['--format', 'jsonl', '--state', `${folder}/.state`, '--count', 'Worker=3'];
		const run = call(product.cli, ['run', folder, ...options], { limit: 900_000 });
		try {
			run.write('wait all Ready');
			run.write('status');
			const open = await run.entry(entry => entry.event === 'endpoint' && entry.balanced === true);
			const port = open.event === 'endpoint' ? open.port : 0;
			await run.entry(entry => entry.event === 'status');
			let going = true;
			let answered = 0;
			const lost: string[] = [];
			const client = async (): Promise<void> => {
				while (going) {
					await ask(port).then(
						() => answered++,
						(error: Error) => lost.push(error.message),
					);
				}
			};
			const clients = Array.from({ length: 8 }, client);
			const timesIn = rotations(run.entries);
			for (let turn = 0; turn < recycles; turn++) {
				const instance = `Worker_IN_${turn % 3}`;
				run.write(`recycle ${instance}`);
				await run.entry(() => timesIn(instance) >= 2 + Math.floor(turn / 3));
			}
			going = false;
			await Promise.all(clients);
			run.write('quit');
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.deepEqual(lost, [], `of ${answered} connections`);
			leavesNothing(run.entries);
		} finally {
			product.remove();
			remove();
		}
	});
});

/** Counts how often each instance came into rotation, over a journal that grows. */
function rotations(entries: readonly JournalEntry[]): (instance: string) => number {
	const times = new Map<string, number>();
	let seen = 0;
	return instance => {
		for (; seen < entries.length; seen++) {
			const entry = entries[seen];
			if (entry?.event === 'rotation' && entry.rotation === 'in' && entry.instance !== undefined) {
				times.set(entry.instance, (times.get(entry.instance) ?? 0) + 1);
			}
		}
		return times.get(instance) ?? 0;
	};
}

function ask(port: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const asked = request({ host: '127.0.0.1', port, agent: false }, answer => {
			text(answer).then(resolve, reject);
		});
		asked.once('error', reject);
		asked.end();
	});
}
