import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { encodeMessage, messageReader } from '../../src/debug/framing';
import type { DebugTarget } from '../../src/lifecycle/hostVocabulary';
import type { InstanceFolders, RoleProcess } from '../../src/lifecycle/roleHost';
import { startProgramHost } from '../../src/node/hosts/programHost';
import { debugAdapterClient } from '../support/debugAdapterClient';
import { HeardMessages } from './heardMessages';
import { instanceFolders, roleLife } from './roleLives';

suite('a program in another language waits for its debugger', () => {
	let folders: InstanceFolders & { remove(): void };
	let role: RoleProcess | undefined;

	setup(() => {
		folders = instanceFolders('hello.py', 'Hello.java');
	});
	teardown(() => {
		role?.kill();
		folders.remove();
	});

	function run(commandLine: string) {
		const heard = new HeardMessages();
		const entry = { kind: 'program', commandLine, readyOnStart: true } as const;
		const life = roleLife(folders, entry, { waitForDebugger: true });
		role = startProgramHost({ incarnations: new Map() }, life, entry, heard.hear);
		return { heard, role };
	}

	async function target(heard: HeardMessages): Promise<Exclude<DebugTarget, { kind: 'dotnet' }>> {
		const hello = await heard.until(/^hello/);
		assert.ok(hello.type === 'hello' && hello.debug && hello.debug.kind !== 'dotnet', heard.words().join('\n'));
		return hello.debug;
	}

	suite('Java', () => {
		suiteSetup(function () {
			if (spawnSync('java', ['-version']).status !== 0) {
				this.skip();
			}
		});

		test('nothing has run when the debugger comes, and all runs when it has left', async () => {
			const { heard } = run('java Hello.java two words');
			const { address, port } = await target(heard);
			const socket = connect(port, address);
			socket.write('JDWP-Handshake');
			assert.equal(String((await once(socket, 'data'))[0]).slice(0, 14), 'JDWP-Handshake');
			await heard.until('debugger attached');
			assert.deepEqual(heard.output(), []);
			// VirtualMachine.Dispose: lets everything run.
			socket.end(Buffer.from([0, 0, 0, 11, 0, 0, 0, 1, 0, 1, 6]));
			await heard.until('debugger detached');
			await heard.until('stdout: hello from two words');
		});

		test('it goes on without a debugger', async () => {
			const { heard, role } = run('java Hello.java nobody');
			await target(heard);
			role.send({ type: 'go' });
			await heard.until('stdout: hello from nobody');
		});
	});

	suite('Python', () => {
		const python = ['python3', '/usr/bin/python3'].find(each => spawnSync(each, ['-c', 'import debugpy']).status === 0);
		suiteSetup(function () {
			if (!python) {
				this.skip();
			}
		});

		test('a breakpoint in its first line is hit', async () => {
			const { heard } = run(`${python} -u hello.py two words`);
			const { address, port } = await target(heard);
			const socket = connect(port, address);
			const client = debugAdapterClient(request => socket.write(encodeMessage(request)));
			const read = messageReader(client.receive);
			socket.on('data', read);
			await client.request('initialize', { adapterID: 'debugpy', pathFormat: 'path' });
			const attached = client.request('attach', { justMyCode: true });
			await client.event('initialized');
			const source = { path: `${folders.approot}/hello.py` };
			await client.request('setBreakpoints', { source, breakpoints: [{ line: 3 }] });
			await client.request('configurationDone');
			await attached;
			assert.equal((await client.event('stopped')).reason, 'breakpoint');
			assert.deepEqual(heard.output(), []);
			await client.request('disconnect', { terminateDebuggee: false });
			await heard.until('stdout: hello from two words');
		});

		test('it goes on without a debugger', async () => {
			const { heard, role } = run(`${python} hello.py nobody`);
			await target(heard);
			role.send({ type: 'go' });
			await heard.until('stdout: hello from nobody');
		});
	});

	test('a Python without debugpy runs at once, and that is said', async function () {
		const [bare] = ['python3', '/usr/bin/python3'].filter(each => {
			const { status } = spawnSync(each, ['-c', 'import debugpy']);
			return status !== 0 && spawnSync(each, ['--version']).status === 0;
		});
		if (!bare) {
			this.skip();
		}
		const { heard } = run(`${bare} hello.py nobody`);
		await heard.until('stdout: hello from nobody');
		await heard.until(/^note: .* has no debugpy/);
	});
});
