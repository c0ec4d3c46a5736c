import assert from 'node:assert/strict';
import type { InstanceFolders, RoleProcess } from '../../src/lifecycle/roleHost';
import { startChannelHost } from '../../src/node/hosts/channelHost';
import { hostChannel } from '../../src/node/hosts/hostChannel';
import { HeardMessages } from './heardMessages';
import { instanceFolders, roleLife } from './roleLives';

suite('the host channel', () => {
	const channel = hostChannel();
	let folders: InstanceFolders & { remove(): void };
	let host: RoleProcess | undefined;

	suiteTeardown(() => channel.close());
	teardown(() => {
		host?.kill();
		folders.remove();
	});

	/** Starts a host that does what the script says with its connection: `say(object or text)`, `socket`, `hello()`. */
	function run(script: string, helloLimit = 10_000): HeardMessages {
		folders = instanceFolders();
		const heard = new HeardMessages();
		const prelude = `
			const [host, port] = process.env.ROLEWRIGHT_HOST_ADDRESS.split(':');
			const token = process.env.ROLEWRIGHT_HOST_TOKEN;
			const socket = require('net').connect(port, host);
			const say = what => socket.write(typeof what === 'string' ? what : JSON.stringify(what) + '\\n');
			const hello = more => say({ type: 'hello', protocol: 1, token, pid: process.pid, runtime: 'test', ...more });
			socket.on('error', () => {});
		`;
		host = startChannelHost(
			{
				channel,
				name: 'The test host',
				command: process.execPath,
				args: ['-e', prelude + script],
				cwd: folders.approot,
				life: roleLife(folders, { kind: 'module', module: 'role.js' }),
				helloLimit,
			},
			heard.hear,
		);
		return heard;
	}

	async function ends(script: string, expected: readonly string[], helloLimit?: number): Promise<void> {
		const heard = run(script, helloLimit);
		await heard.until(/^exited/);
		assert.deepEqual(heard.words(), expected);
	}

	test('a message may come in pieces, also within a character', () =>
		ends(
			`hello();
			const bytes = Buffer.from(JSON.stringify({ type: 'note', text: 'grüße' }) + '\\n');
			const cut = bytes.indexOf(0xc3) + 1;
			socket.setNoDelay(true);
			socket.write(bytes.subarray(0, cut), () => setTimeout(() => socket.end(bytes.subarray(cut), () => process.exit(0)), 30));`,
			['hello host', 'note: grüße', 'exited 0'],
		));

	test('the life follows the hello, without the variables', () =>
		ends(
			`hello();
			socket.once('data', text => {
				const { type, instance, variables, entry } = JSON.parse(text);
				say({ type: 'note', text: [type, instance, variables, entry.module].join() });
				socket.end(() => process.exit(0));
			});`,
			['hello host', 'note: life,Worker_IN_0,,role.js', 'exited 0'],
		));

	test('what is no message is told and passed over', () =>
		ends(
			`hello();
			say('}{ garbage\\n');
			say({ type: 'sing' });
			say({ type: 'exited', exitCode: 0 });
			say({ type: 'call', call: 'OnStart', phase: 'begin' });
			socket.end(() => process.exit(0));`,
			[
				'hello host',
				'note: The test host sent a line that is no message: "}{ garbage".',
				"note: The test host sent a message that is not understood: 'sing'.",
				"note: The test host sent a message that is not understood: 'exited'.",
				'OnStart begin',
				'exited 0',
			],
		));

	test('a host dies in the middle of a message', () =>
		ends(`hello(); socket.write('{"type":"call","call":"OnSt', () => process.kill(process.pid, 'SIGKILL'));`, [
			'hello host',
			'note: The test host sent a line that is no message: "{\\"type\\":\\"call\\",\\"call\\":\\"OnSt".',
			'exited SIGKILL',
		]));

	test('a stranger without the token is turned away', () =>
		ends(`hello({ token: '0'.repeat(48) }); socket.on('close', () => process.exit(9));`, [
			'failed: The test host ended with code 9 before it reported; it wrote nothing about why.',
			'exited 9',
		]));

	test('a token is good for one connection', () =>
		ends(
			`hello();
			socket.once('data', () => {
				const second = require('net').connect(port, host);
				second.on('error', () => {});
				second.write(JSON.stringify({ type: 'hello', protocol: 1, token, pid: 1, runtime: 'again' }) + '\\n');
				second.on('close', () => process.exit(0));
			});`,
			['hello host', 'exited 0'],
		));

	test('another protocol is refused', () =>
		ends(`hello({ protocol: 2 }); setInterval(() => {}, 1e6);`, [
			'failed: The test host speaks version 2 of the host channel, which this version of Rolewright does not; install both anew.',
			'exited SIGKILL',
		]));

	test('a host that never says hello is ended', () =>
		ends(
			`setInterval(() => {}, 1e6);`,
			[
				'failed: The test host was started but did not report within 0.3 s, so it was ended; see its output, then recycle the instance.',
				'exited SIGKILL',
			],
			300,
		));

	test('a host that ends before its hello is quoted', () =>
		ends(`console.error('Error: no runtime'); process.exitCode = 3; socket.destroy();`, [
			'stderr: Error: no runtime',
			'failed: The test host ended with code 3 before it reported: Error: no runtime.',
			'exited 3',
		]));

	test('the heading of an exception is no reason', () =>
		ends(
			`console.error('Unhandled Exception:\\nSystem.DllNotFoundException: System.Native'); process.exitCode = 1; socket.destroy();`,
			[
				'stderr: Unhandled Exception:',
				'stderr: System.DllNotFoundException: System.Native',
				'failed: The test host ended with code 1 before it reported: System.DllNotFoundException: System.Native.',
				'exited 1',
			],
		));

	test('a host that lives on without its connection is ended', () =>
		ends(`hello(); socket.end(); setInterval(() => {}, 1e6);`, ['hello host', 'exited SIGKILL']));
});
