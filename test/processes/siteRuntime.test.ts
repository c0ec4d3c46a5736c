import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type { FromSites, SitesAsked } from '../../src/lifecycle/siteHost';
import { type HostChannel, hostChannel } from '../../src/node/hosts/hostChannel';
import { lineReader } from '../../src/node/processes/lines';
import { openSiteRuntime, type SiteRuntime, takesHook } from '../../src/node/sites/siteRuntime';

const environment: RoleEnvironment = {
	deploymentId: 'd1',
	emulated: true,
	instanceId: 'Web_IN_0',
	roleName: 'Web',
	faultDomain: 0,
	updateDomain: 0,
	settings: { Greeting: 'hello' },
	localResources: [],
	roles: [],
};
const changing: SitesAsked = { type: 'changing', changes: [{ kind: 'setting', name: 'Greeting' }] };

/** The fabric's side; the side of .NET is in webRole.test.ts. */
suite('the role environment in the process of a site', () => {
	let channel: HostChannel;
	let runtime: SiteRuntime;
	let heard: FromSites[];
	let socket: Socket | undefined;

	setup(async () => {
		channel = hostChannel();
		heard = [];
		runtime = await openSiteRuntime(
			{ channel, assembly: '/hook.dll' },
			'Web',
			() => environment,
			message => heard.push(message),
		);
	});
	teardown(async () => {
		socket?.destroy();
		socket = undefined;
		runtime.dispose();
		await channel.close();
	});

	/** A process that asks for it, and answers what it is told in this way. */
	async function listener(answer: (type: unknown) => object | undefined): Promise<readonly { type?: unknown }[]> {
		const { ROLEWRIGHT_HOST_ADDRESS: address = '', ROLEWRIGHT_HOST_TOKEN: token } = runtime.variables;
		const told: { type?: unknown }[] = [];
		const client = connect(Number(address.split(':')[1]), '127.0.0.1');
		socket = client;
		const life = new Promise<void>(resolve => {
			const lines = lineReader(line => {
				const message: { type?: unknown } = JSON.parse(line);
				told.push(message);
				const said = answer(message.type);
				if (said) {
					client.write(`${JSON.stringify(said)}\n`);
				}
				resolve();
			}, 100_000);
			client.on('data', lines.write);
		});
		client.write(`${JSON.stringify({ type: 'hello', protocol: 1, token, pid: 1, runtime: '.NET', role: 'site' })}\n`);
		await life;
		return told;
	}

	const ends = (call: string, more: object = {}) => ({ type: 'call', call, phase: 'end', ...more });

	test('nothing is asked of a process that never asked for it', () => {
		assert.equal(runtime.variables.DOTNET_STARTUP_HOOKS, '/hook.dll');
		assert.deepEqual([runtime.ask(changing), runtime.stopping()], [undefined, undefined]);
	});

	test('it gets its environment, and a change that it cancels is said', async () => {
		const told = await listener(type =>
			type === 'changing' ? ends('Changing', { result: { cancel: true } }) : undefined,
		);
		assert.equal(await runtime.ask(changing), true);
		assert.deepEqual(told, [{ type: 'life', environment }, changing]);
		assert.deepEqual(heard, [
			{ type: 'note', text: "The site 'Web' has cancelled the change, so the instance restarts with it." },
		]);
	});

	test('a handler that throws cancels nothing, and is said with its place', async () => {
		const error = { type: 'System.Exception', message: 'no', file: '/a.cs', line: 3 };
		await listener(type => (type === 'changing' ? ends('Changing', { error }) : undefined));
		assert.equal(await runtime.ask(changing), false);
		assert.deepEqual(heard, [
			{ type: 'error', text: "The Changing handler of the site 'Web' threw System.Exception: no (/a.cs:3)" },
		]);
	});

	test('a process that ends while it is asked does not hold up the change', async () => {
		await listener(() => undefined);
		const asked = runtime.ask(changing);
		socket?.destroy();
		assert.equal(await asked, false);
	});

	test('status checks, the stop, and what it says by itself', async () => {
		const told = await listener(type =>
			type === 'checkStatus' ? { type: 'status', status: 'Busy' } : type === 'stop' ? ends('Stopping') : undefined,
		);
		runtime.checkStatus();
		await runtime.stopping();
		socket?.write('{"type":"requestRecycle"}\n{"type":"fault","error":{}}\n');
		socket?.end();
		await once(socket as Socket, 'close');
		assert.deepEqual(
			told.map(({ type }) => type),
			['life', 'checkStatus', 'stop'],
		);
		assert.deepEqual(heard, [{ type: 'status', status: 'Busy' }, { type: 'requestRecycle' }]);
	});

	suite('the hook is for the runtimes that can load it', () => {
		const rows: readonly (readonly [text: string, takes: boolean])[] = [
			['{"runtimeOptions":{"framework":{"name":"Microsoft.AspNetCore.App","version":"8.0.0"}}}', true],
			['{"runtimeOptions":{"frameworks":[{"version":"10.0.0"},{"version":"10.0.0"}]}}', true],
			['{"runtimeOptions":{"frameworks":[{"version":"6.0.0"},{"version":"6.0.0"}]}}', false],
			['{"runtimeOptions":{}}', false],
			['{', false],
		];
		for (const [text, takes] of rows) {
			test(`${text}: ${takes}`, () => {
				const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-hook-'));
				const file = path.join(folder, 'Web.runtimeconfig.json');
				writeFileSync(file, text);
				assert.equal(takesHook(file, file), takes);
				assert.equal(takesHook(file, path.join(folder, 'nothing.dll')), false, 'a hook that is not there');
				rmSync(folder, { recursive: true });
			});
		}
	});
});
