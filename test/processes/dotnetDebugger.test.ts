import assert from 'node:assert/strict';
import path from 'node:path';
import { driveDebugger } from '../../src/debug/debuggerProgram';
import type { FromHost } from '../../src/lifecycle/hostVocabulary';
import type { RoleLife } from '../../src/lifecycle/roleHost';
import { wallClock } from '../../src/node/clock';
import { hostReserve } from '../../src/node/dotnet/reserve';
import { startProcess } from '../../src/node/processes/processes';
import { debugAdapterClient } from '../support/debugAdapterClient';
import { type Life, lineOf, openWorkshop, says, type Workshop, withoutSdk } from './dotnetRole';

/**
 * A debugger of .NET that somebody named for the tests: `ROLEWRIGHT_DOTNET_DEBUGGER=/path/netcoredbg npx mocha ...`. Without
 * it these tests are left out, and those with the tests' own small debugger stand for them.
 */
const program = process.env.ROLEWRIGHT_DOTNET_DEBUGGER;

suite('a real .NET debugger at the C# host', function () {
	this.timeout(60_000);
	let workshop: Workshop;

	suiteSetup(async function () {
		if (!program || withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		await workshop.built('Net8Role');
	});

	suiteTeardown(() => workshop?.close());

	/** A life that stands before its role is loaded, and its debugger with a breakpoint in OnStart. */
	async function debugged(behaviour: string, change: Partial<RoleLife> = {}, options = {}) {
		const life = await workshop.start('Net8Role', behaviour, { waitForDebugger: true, ...change }, options);
		const debug = await attach(life, true);
		life.send({ type: 'go' });
		return { life, debug };
	}

	test('a breakpoint in OnStart is hit, and the process runs on when the debugger has left there', async () => {
		const { life, debug } = await debugged('');
		assert.deepEqual(await debug.stands(), ['breakpoint', await lineOf(worker, breakpoint)]);
		await debug.leave();
		await life.until(says('Run begins'));
		await end(life);
	});

	test('a second debugger comes to a life that a first one has left', async () => {
		const { life, debug } = await debugged('');
		await debug.stands();
		await debug.leave();
		await life.until(says('Run begins'));
		const second = await attach(life);
		await second.leave();
		await end(life);
	});

	test('a life in a host that stood in reserve is debugged as the first was', async () => {
		const reserve = hostReserve();
		const first = await workshop.start('Net8Role', '', {}, { reserve });
		await first.until(says('Run begins'));
		await reserve.filled();
		await end(first);
		const [waiting] = reserve.waiting();
		const { life, debug } = await debugged('', {}, { reserve });
		assert.equal(await processOf(life), waiting);
		assert.deepEqual(await debug.stands(), ['breakpoint', await lineOf(worker, breakpoint)]);
		await debug.leave();
		await end(life);
		await reserve.dispose();
	});

	test('an exception that nobody catches stands at its line', async () => {
		const { life, debug } = await debugged('throwInOnStart');
		await debug.stands();
		await debug.goOn();
		assert.deepEqual(await debug.stands(), ['exception', await lineOf(worker, thrown)]);
		await debug.goOn();
		assert.match((await life.ended()).at(-1) ?? '', /^exited (SIGABRT|\d+)$/);
	});

	test('a role whose variables switch debugging off is debugged all the same', async () => {
		const { variables } = await workshop.lifeOf('Net8Role', '');
		const off = { DOTNET_EnableDiagnostics: '0', DOTNET_EnableDiagnostics_Debugger: '0' };
		const { life, debug } = await debugged('', { variables: { ...variables, ...off } });
		await debug.stands();
		await debug.leave();
		await end(life);
	});
});

const worker = 'Net8Role/WorkerRole.cs';
const breakpoint = 'OnStart on " +';
const thrown = '// thrown in OnStart';

/** A debugger at the process of a life; `breaks`: with a breakpoint in OnStart. */
async function attach(life: Life, breaks = false) {
	const running = startProcess({
		run: { command: program ?? '', args: ['--interpreter=vscode'] },
		...{ cwd: path.dirname(program ?? ''), env: process.env, stdin: 'pipe' },
	});
	const client = debugAdapterClient(request => driven.handle(request));
	const driven = driveDebugger(
		{
			write: bytes => void running.stdin?.write(bytes),
			onData: take => void running.stdout?.on('data', take),
			ended: running.exited.then(() => 'it ended'),
			close: () => void running.stdin?.end(),
			kill: () => running.kill(),
		},
		wallClock,
		client.receive,
	);
	let thread = 0;
	await client.request('initialize', { adapterID: 'coreclr', linesStartAt1: true, columnsStartAt1: true });
	await client.request('attach', { processId: await processOf(life) });
	if (breaks) {
		const [file, line] = [sourceOf(life), Number((await lineOf(worker, breakpoint)).split(':')[1])];
		await client.request('setBreakpoints', { source: { path: file }, breakpoints: [{ line }] });
	}
	await client.request('configurationDone');
	return {
		/** Why it stands next, and where. */
		async stands(): Promise<readonly [reason: unknown, place: string]> {
			const { reason, threadId } = await client.event('stopped');
			thread = Number(threadId);
			const { stackFrames } = await client.request('stackTrace', { threadId });
			const [top] = stackFrames as { readonly source?: { readonly name: string }; readonly line: number }[];
			return [reason, `${top?.source?.name}:${top?.line}`];
		},
		goOn: () => client.request('continue', { threadId: thread }),
		/** Resolves when its program has ended. */
		async leave(): Promise<void> {
			await client.request('disconnect');
			await running.exited;
		},
	};
}

/** The source that was built: a copy of the fixture. */
function sourceOf({ life }: Life): string {
	return path.join(path.dirname(path.dirname(life.folders.root)), 'sources', worker);
}

async function processOf(life: Life): Promise<number> {
	const hello = await life.until((message: FromHost) => message.type === 'hello');
	return hello.type === 'hello' ? hello.pid : 0;
}

async function end(life: Life): Promise<void> {
	life.send({ type: 'stop', raiseStopping: true });
	assert.equal((await life.ended()).at(-1), 'exited 0');
}
