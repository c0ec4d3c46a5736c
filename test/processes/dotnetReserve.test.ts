import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RoleLife } from '../../src/lifecycle/roleHost';
import { pause } from '../../src/node/clock';
import { type HostReserve, hostReserve } from '../../src/node/dotnet/reserve';
import { hostChannel } from '../../src/node/hosts/hostChannel';
import { type Life, openWorkshop, says, type Workshop, withoutSdk } from './dotnetRole';

const stop = { type: 'stop', raiseStopping: true } as const;

suite('C# hosts in reserve', () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		await Promise.all([workshop.built('Net8Role'), workshop.built('Net472Role')]);
	});

	suiteTeardown(() => workshop?.close());

	async function run(reserve: HostReserve, role: string, change: Partial<RoleLife> = {}): Promise<Life> {
		const life = await workshop.start(role, '', change, { reserve });
		await life.until(says('Run begins'));
		await reserve.filled();
		return life;
	}

	async function end(life: Life): Promise<readonly string[]> {
		life.send(stop);
		// Run and OnStop end at the same moment.
		return (await life.ended()).filter(line => line !== 'Run ends');
	}

	async function processOf(life: Life): Promise<number> {
		const hello = await life.until(message => message.type === 'hello');
		return hello.type === 'hello' ? hello.pid : 0;
	}

	test('the next life of an instance begins in the host that waited for it, and finds everything as its own', async () => {
		const reserve = hostReserve();
		const first = await run(reserve, 'Net472Role');
		const [waiting] = reserve.waiting();
		const linesOfFirst = await end(first);
		const second = await run(reserve, 'Net472Role');
		assert.equal(await processOf(second), waiting);
		assert.notEqual(reserve.waiting()[0], waiting);
		// Settings, app.config and trace are those of a life in a new process.
		assert.deepEqual(await end(second), linesOfFirst);
		await reserve.dispose();
	});

	test('folders, variables and the environment of the role are those of its life', async () => {
		const reserve = hostReserve();
		const { environment } = await workshop.lifeOf('Net8Role', 'report');
		const lives: (readonly string[])[] = [];
		for (const _ of [1, 2]) {
			lives.push(await end(await run(reserve, 'Net8Role', { environment })));
		}
		assert.ok(lives[0]?.includes('information: folder: True') && lives[0].includes('information: token: gone'));
		assert.deepEqual(lives[1], lives[0]);
		await reserve.dispose();
	});

	test('a life with other variables gets a process of its own', async () => {
		const reserve = hostReserve();
		const { variables } = await workshop.lifeOf('Net8Role', '');
		await end(await run(reserve, 'Net8Role'));
		const [waiting] = reserve.waiting();
		const second = await run(reserve, 'Net8Role', { variables: { ...variables, COLOR: 'blue' } });
		assert.notEqual(await processOf(second), waiting);
		await gone(waiting);
		await end(second);
		await reserve.dispose();
	});

	test('a life that waits for a debugger waits in the host that waited for it', async () => {
		const reserve = hostReserve();
		await end(await run(reserve, 'Net8Role'));
		const [waiting] = reserve.waiting();
		const second = await workshop.start('Net8Role', '', { waitForDebugger: true }, { reserve });
		assert.equal(await processOf(second), waiting);
		second.send({ type: 'checkStatus' });
		await second.until(says("note: The host was told 'checkStatus', which it cannot follow now."));
		second.send({ type: 'go' });
		await second.until(says('Run begins'));
		await end(second);
		await reserve.dispose();
	});

	test('a host that dies while it waits is not missed', async () => {
		const reserve = hostReserve();
		const first = await run(reserve, 'Net8Role');
		const [waiting = 0] = reserve.waiting();
		process.kill(waiting, 'SIGKILL');
		const lines = await end(first);
		const second = await run(reserve, 'Net8Role');
		assert.deepEqual(await end(second), lines);
		await reserve.dispose();
	});

	test('a host that waits ends with the channel: when the runner is killed, it is gone', async () => {
		const reserve = hostReserve();
		const channel = hostChannel();
		const life = await workshop.start('Net8Role', '', {}, { reserve, channel });
		await life.until(says('Run begins'));
		await reserve.filled();
		const [waiting] = reserve.waiting();
		assert.ok(isAlive(waiting));
		await channel.close();
		assert.equal((await life.ended()).at(-1), 'exited 6');
		await gone(waiting);
	});

	test('of many instances the four that began last have one', async () => {
		const reserve = hostReserve();
		const usual = await workshop.lifeOf('Net8Role', '');
		const names = ['A', 'B', 'C', 'D', 'E', 'F'];
		const lives: Life[] = [];
		for (const instance of names) {
			lives.push(await workshop.start('Net8Role', '', { ...usual, instance }, { reserve }));
		}
		await Promise.all(lives.map(life => life.until(says('Run begins'))));
		await reserve.filled();
		assert.equal(reserve.waiting().length, 4);
		await Promise.all(lives.map(end));
		await reserve.dispose();
	});

	test('the code that an update has brought is the code that runs', async () => {
		const reserve = hostReserve();
		const role = await workshop.built('Net472Role');
		const first = await run(reserve, 'Net472Role');
		await end(first);
		const config = path.join(role.folder, 'Net472Role.dll.config');
		assert.ok((await readdir(role.folder)).includes(path.basename(config)));
		await writeFile(
			config,
			'<configuration><appSettings><add key="Fallback" value="updated" /></appSettings></configuration>',
		);
		const lines = await end(await run(reserve, 'Net472Role'));
		assert.ok(lines.includes('information: appSettings: updated'), lines.join('\n'));
		await reserve.dispose();
	});
});

function isAlive(pid: number | undefined): boolean {
	try {
		return pid !== undefined && process.kill(pid, 0);
	} catch {
		return false;
	}
}

async function gone(pid: number | undefined): Promise<void> {
	while (isAlive(pid)) {
		await pause(10);
	}
}
