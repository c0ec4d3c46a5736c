import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createDebugSession } from '../../src/debug/session';
import { debugAdapterClient } from '../support/debugAdapterClient';
import { playDebugWorld } from '../support/debugWorld';
import { newService, rolePlan, servicePlan, task } from '../support/fakeService';
import type { RoleBehaviour } from '../support/fakeWorld';

const worker = 'Worker_IN_0';
const recycle = { command: 'recycle', instance: worker } as const;
const change = { command: 'set', role: 'Worker', setting: 'Greeting', value: 'good day' } as const;

suite('breaks in the lifecycle', () => {
	test('before OnStart the process is there and nothing of the role has run', async () => {
		const { stop, news, goOn } = await debug(['onStart']);
		assert.equal(await stop(), "breakpoint in Worker_IN_0: Starting: the role's code is loaded: OnStart");
		assert.deepEqual(news('process', 'call'), ['Worker_IN_0: host started']);
		await goOn();
		assert.deepEqual(news('call'), [
			'Worker_IN_0: OnStart begin',
			'Worker_IN_0: OnStart end true',
			'Worker_IN_0: Run begin',
		]);
	});

	test('after Run has returned the instance is not restarted yet', async () => {
		const { stop, news, goOn } = await debug(['runReturned'], { [`${worker}#1`]: { run: 'returns' } });
		assert.equal(await stop(), 'breakpoint in Worker_IN_0: Ready: Run returned');
		assert.deepEqual(news('restart'), []);
		await goOn();
		assert.deepEqual(news('restart'), ['Worker_IN_0: restart after 0 ms: Run returned']);
	});

	test('an exception shows its place in the code', async () => {
		const { stop, request } = await debug(['unhandledException'], { [worker]: { run: 'throws' } });
		assert.match(
			await stop(),
			/^exception in .*: Unhandled exception System.InvalidOperationException: boom \(in Run\)$/,
		);
		const [top] = (await request<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 })).stackFrames;
		assert.deepEqual([top?.source?.path, top?.line], ['WorkerRole.cs', 12]);
		assert.equal((await request('exceptionInfo', { threadId: 1 })).exceptionId, 'System.InvalidOperationException');
	});

	test('an exception that ends the process is one exception', async () => {
		const { stop, goOn, deployment } = await debug(['unhandledException', 'restart'], {
			[`${worker}#1`]: { run: 'throws' },
		});
		await stop();
		await goOn();
		assert.equal(deployment.gate.standing, undefined);
	});

	test('a changed setting is held before Changing, and again before Changed', async () => {
		const { stop, submit, goOn, news } = await debug(['changing', 'changed']);
		await submit(change);
		assert.equal(await stop(), 'breakpoint in Worker_IN_0: Ready: Changing');
		assert.deepEqual(news('configuration', 'call').slice(-1), ['Worker.Greeting hello -> good day']);
		await goOn();
		assert.equal(await stop(), 'breakpoint in Worker_IN_0: Ready: Changed');
		assert.deepEqual(news('call'), ['Worker_IN_0: Changing begin', 'Worker_IN_0: Changing end {"cancel":false}']);
	});

	test('the stack says what led there, back to the last Ready', async () => {
		const { stop, submit, request } = await debug(['changing']);
		await submit(change);
		await stop();
		const { stackFrames } = await request<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 });
		assert.deepEqual(
			stackFrames.map(({ name }) => name),
			[
				'Changing',
				'setting Greeting of Worker: hello → good day',
				'> set Worker Greeting good day (editor)',
				'Run begins',
				"in the load balancer's rotation: Ready",
				'Ready',
			],
		);
	});

	test('the variables are its state, its settings with secrets hidden, its endpoints and disks', async () => {
		const roles = [rolePlan({ settings: { Greeting: 'hello', Password: 'correct horse' } })];
		const { stop, request } = await debug(['onStart'], {}, roles);
		await stop();
		const { scopes } = await request<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: 1000 });
		assert.deepEqual(
			scopes.map(({ name }) => name),
			['State', 'Settings', 'Endpoints', 'Disks'],
		);
		const settings = await request<DebugProtocol.VariablesResponse['body']>('variables', {
			variablesReference: scopes[1]?.variablesReference,
		});
		assert.deepEqual(
			settings.variables.map(({ name, value }) => `${name}=${value}`),
			['Greeting=hello', 'Password=•••'],
		);
		const state = await request<DebugProtocol.VariablesResponse['body']>('variables', {
			variablesReference: scopes[0]?.variablesReference,
		});
		assert.deepEqual(
			state.variables
				.filter(({ name }) => ['life', 'upgrade domain', 'in rotation'].includes(name))
				.map(({ value }) => value),
			['1', 'no', '0'],
		);
	});

	test('steps go from one event of the instance to the next', async () => {
		const { stop, submit, request } = await debug(['stopping']);
		await submit(recycle);
		const stops = [await stop()];
		for (let step = 0; step < 4; step++) {
			await request('next', { threadId: 1 });
			stops.push(await stop());
		}
		assert.deepEqual(
			stops.map(text => text.replace(/^(\w+) in .*: /, '$1: ')),
			[
				'breakpoint: Stopping, then OnStop',
				'step: recycle Worker_IN_0 (editor)',
				'step: Start of its process',
				'step: OnStart',
				'step: Into rotation',
			],
		);
	});

	test('while it stands, time stands, and what comes waits its turn', async () => {
		const roles = [rolePlan(), rolePlan({ name: 'Mailer' })];
		const { stop, submit, goOn, news, world } = await debug(['stopping'], { Worker_IN_0: { onStop: 'hangs' } }, roles);
		await submit(recycle);
		await stop();
		await goOn();
		await submit({ command: 'recycle', instance: 'Mailer_IN_0' });
		assert.match(await stop(), /^breakpoint in Mailer_IN_0/);
		news();
		await world.pass(10 * 60_000);
		await submit({ command: 'status' });
		assert.deepEqual(news(), []);
		await goOn();
		await world.pass(4 * 60_000);
		assert.deepEqual(news('status', 'restart'), ['status Running', 'Mailer_IN_0: restart after 0 ms: command']);
		await world.pass(61_000);
		assert.deepEqual(news('restart'), ['Worker_IN_0: restart after 0 ms: command']);
	});

	test('a condition on role, instance and setting is kept; one that cannot be read stops nowhere and says so', async () => {
		const roles = [rolePlan({ count: 2 }), rolePlan({ name: 'Mailer' })];
		const { session, request, submit, stop, deployment } = await debug([], {}, roles);
		const options = [
			{ filterId: 'stopping', condition: 'role=Worker instance=Worker_IN_1' },
			{ filterId: 'changing', condition: 'setting=Other' },
			{ filterId: 'onStart', condition: 'life > 2' },
			{ filterId: 'gone' },
		];
		const { breakpoints } = await request<{ breakpoints: DebugProtocol.Breakpoint[] }>('setExceptionBreakpoints', {
			filters: [],
			filterOptions: options,
		});
		assert.deepEqual(
			breakpoints.map(({ verified, message }) => message ?? verified),
			[
				true,
				"No setting of the service is called 'Other'; its settings are Greeting.",
				"'life' is no condition; write role=NAME, instance=NAME_IN_0, setting=NAME, or several of them with blanks between.",
				'There is no such filter.',
			],
		);
		await submit(change);
		await submit(recycle);
		assert.equal(deployment.gate.standing, undefined);
		await submit({ command: 'recycle', instance: 'Worker_IN_1' });
		assert.match(await stop(), /^breakpoint in Worker_IN_1/);
		await session.dispose();
	});

	test('each frame is shown where the role is declared, and the editor hears when the fabric stands and goes on', async () => {
		const { stop, request, goOn, stands } = await debug(['onStart']);
		await stop();
		assert.deepEqual(stands, ['Worker_IN_0: OnStart']);
		const { stackFrames } = await request<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 });
		assert.deepEqual(
			[...new Set(stackFrames.map(({ source, line, column }) => `${source?.path}:${line}:${column}`))],
			['Worker.csdef:4:20'],
		);
		await goOn();
		assert.deepEqual(stands, ['Worker_IN_0: OnStart', undefined]);
	});

	test('a thread whose instance is in another state is asked for again, but not while the fabric stands', async () => {
		const { received, stop, submit, goOn } = await debug(['stopping']);
		let read = 0;
		const renamed = () => {
			const news = received.slice(read);
			read = received.length;
			return news.filter(message => /^\((thread|stopped)\)$/.test(message));
		};
		assert.ok(renamed().includes('(thread)'), 'it has come up');
		await submit(recycle);
		await stop();
		assert.deepEqual(renamed(), ['(stopped)']);
		await goOn();
		assert.ok(renamed().includes('(thread)'), 'it has come up again');
	});

	test('a condition that was there before the service may name nothing of it, which is said when it runs', async () => {
		const { session, important } = await debug(
			['stopping'],
			{},
			[rolePlan()],
			[
				{ filterId: 'changing', condition: 'role=worker' },
				{ filterId: 'changed', condition: 'instance=Mill_IN_0' },
				{ filterId: 'onStop', condition: 'instance=staging:Worker_IN_7 setting=Greeting' },
			],
		);
		assert.deepEqual(important(), [
			"No role of the service is called 'worker'; its roles are Worker.\n",
			"No role of the service is called 'Mill'; its roles are Worker.\n",
		]);
		await session.dispose();
	});

	test('to terminate a thread is to stop its instance', async () => {
		const { request, world, deployment } = await debug([]);
		await request('threads');
		await request('terminateThreads', { threadIds: [1] });
		await world.settled();
		assert.equal(deployment.snapshot.instances[0]?.state, 'StoppedVM');
	});

	test('pause holds the fabric where it is, and leaving lets it go on', async () => {
		const { request, submit, news, session, stop, world } = await debug([]);
		await request('threads');
		await request('pause', { threadId: 1 });
		assert.match(await stop(), /^pause in Worker_IN_0/);
		await submit(recycle);
		news();
		await session.handle({ seq: 99, type: 'request', command: 'disconnect' });
		await world.settled();
		assert.deepEqual(news('call').slice(0, 2), ['Worker_IN_0: Stopping begin', 'Worker_IN_0: Stopping end']);
	});

	test('a startup task that failed is held before anything follows', async () => {
		const { stop, news, world } = await debug(['startupTaskFailed'], {}, [
			rolePlan({ startupTasks: [task('exit 7')] }),
		]);
		assert.match(await stop(), /A startup task failed$/);
		await world.pass(60_000);
		assert.deepEqual(news('process'), ['Worker_IN_0: task started', 'Worker_IN_0: task ended 7']);
	});
});

/** A service in a fake world below a debug session with these filters. */
async function debug(
	filters: readonly string[],
	behaviour: Readonly<Record<string, RoleBehaviour>> = {},
	roles = [rolePlan()],
	filterOptions: readonly DebugProtocol.ExceptionFilterOptions[] = [],
) {
	const service = newService(roles, behaviour);
	const { deployment, world } = service;
	const played = playDebugWorld();
	const run = { deployment, plan: servicePlan(roles), stop: () => deployment.stop() };
	const start = async () => {
		deployment.start();
		return run;
	};
	const client = debugAdapterClient(request => void session.handle(request));
	const outputs: DebugProtocol.OutputEvent['body'][] = [];
	const hear = (message: DebugProtocol.ProtocolMessage) => {
		const { event, body } = message as DebugProtocol.Event;
		if (event === 'output') {
			outputs.push(body);
		}
		client.receive(message);
	};
	const stands: (string | undefined)[] = [];
	const looks = {
		declarationOf: (_run: object, role: string) => ({ path: `${role}.csdef`, line: 4, column: 20 }),
		stands: (_run: object, place: string | undefined) => void stands.push(place),
	};
	const session = createDebugSession({ ...played.world, ...looks, start }, hear);
	const request = <T = Record<string, unknown>>(command: string, given: object = {}) =>
		client.request(command, given) as Promise<T>;
	const launched = request('launch', { service: '/shop', instances: [] });
	await request('setExceptionBreakpoints', { filters, filterOptions });
	await request('configurationDone');
	await launched;
	await world.settled();
	return {
		...service,
		session,
		stands,
		received: client.received,
		important: () => outputs.filter(({ category }) => category === 'important').map(({ output }) => output),
		request,
		async submit(command: Parameters<typeof deployment.submit>[0]) {
			deployment.submit(command, 'editor');
			await world.settled();
		},
		async goOn() {
			await request('continue', { threadId: 1 });
			await world.settled();
		},
		/** The next stop: why, the thread's name, and at what. */
		async stop() {
			const { reason, text, threadId } = await client.event('stopped');
			const { threads } = await request<{ threads: DebugProtocol.Thread[] }>('threads');
			const name = threads.find(({ id }) => id === threadId)?.name;
			return `${reason} in ${name}${text === undefined ? '' : `: ${text}`}`;
		},
	};
}
