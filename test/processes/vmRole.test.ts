import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InstanceFolders, RoleProcess } from '../../src/lifecycle/roleHost';
import { startVirtualMachine } from '../../src/node/hosts/virtualMachineHost';
import { HeardMessages } from './heardMessages';
import { environment, instanceFolders, roleLife } from './roleLives';

const posix = process.platform === 'win32' ? suite.skip : suite;

posix('The machine of a VM role', () => {
	const incarnations = new Map<string, { last: number }>();
	let folders: InstanceFolders & { remove(): void };
	let machine: RoleProcess;
	let heard: HeardMessages;

	setup(() => {
		folders = instanceFolders();
	});
	teardown(async () => {
		machine.kill();
		await heard.until(/^exited/);
		folders.remove();
	});

	function boot(commandLine: string): RoleProcess {
		heard = new HeardMessages();
		const entry = { kind: 'machine', commandLine, images: ['base.vhd'] } as const;
		machine = startVirtualMachine({ incarnations }, roleLife(folders, entry), entry, heard.hear);
		return machine;
	}

	const adapter = 'echo "$COMPUTERNAME up"; exec sleep 1000';

	test('it is called by a random name from its set-up on, and its adapter runs as the service', async () => {
		boot(adapter);
		await heard.until('hello program');
		const name = readFileSync(path.join(folders.windows, 'ComputerName.txt'), 'utf8');
		assert.match(name, /^WIN-[0-9A-F]{12}$/);
		await heard.until(`stdout: ${name} up`);
		await heard.until(`note: The set-up of the image (sysprep) has run: the machine is now called ${name}.`);
		machine.kill();
		await heard.until('exited SIGKILL');
		boot(adapter);
		await heard.until(`note: The machine ${name} boots.`);
	});

	test('its service manager brings the adapter back', async () => {
		boot('echo up; sleep 0.1; exit 3');
		await heard.until(/^note: The adapter is gone: exit code 3; the service manager starts it again in 1 s\./);
		while (heard.words().filter(word => word === 'hello program').length < 2) {
			await heard.next();
		}
		assert.ok(!heard.words().some(word => word.startsWith('exited')));
	});

	test('a recycle starts the adapter again at once, after a crash the service manager does', async () => {
		boot(adapter);
		await heard.until('hello program');
		for (const type of ['restartService', 'crashService'] as const) {
			const before = heard.all.length;
			machine.send({ type });
			while (!heard.words().slice(before).includes('hello program')) {
				await heard.next();
			}
			assert.ok(heard.words().slice(before).includes('serviceEnded'));
		}
	});

	test('an adapter that is not in the image is told, and the machine stays', async () => {
		boot('no-such-adapter');
		await heard.until(/^note: The command interpreter found no program for 'no-such-adapter'/);
		await heard.until('serviceEnded');
		assert.ok(!heard.words().some(word => word.startsWith('exited')));
	});

	test('an adapter for Windows is not tried elsewhere', async () => {
		boot('adapter.exe');
		await heard.until(/^failed: 'adapter.exe' needs Windows/);
		await heard.until('exited');
	});

	test('a stop is the shutdown of Windows: the service is asked, and nothing comes back', async () => {
		boot(adapter);
		await heard.until('hello program');
		machine.send({ type: 'stop', raiseStopping: true });
		await heard.until('exited SIGTERM');
	});

	test('while the adapter is away nobody refuses a change, and it comes back with the new values', async () => {
		boot('cat "$ROLEWRIGHT_ENVIRONMENT"; exit 3');
		await heard.until('serviceEnded');
		const values = environment(folders, { Greeting: 'changed meanwhile' });
		const changes = [{ kind: 'setting', name: 'Greeting' }] as const;
		machine.send({ type: 'changing', changes, environment: values });
		await heard.until('Changing end {"cancel":false}');
		machine.send({ type: 'changed', changes, environment: values });
		await heard.until('Changed end');
		await heard.until(/^stdout: .*changed meanwhile/);
	});
});
