import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main';

suite('rolewright new', () => {
	let folder = '';
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-new-'));
	});
	teardown(() => rmSync(folder, { recursive: true }));

	test('makes a service and adds roles to it, and the result validates', async () => {
		assert.deepEqual(await call('new', 'service', 'Shop'), {
			code: 0,
			stdout:
				'create Shop/ServiceDefinition.csdef\ncreate Shop/ServiceConfiguration.Local.cscfg\ncreate Shop/ServiceConfiguration.Cloud.cscfg\n',
			stderr: '',
		});
		const added = await call('new', 'worker-role', 'Work', '--language', 'csharp', '--service', 'Shop');
		assert.equal(added.code, 0);
		const inside = path.join('Shop', 'ServiceDefinition.csdef');
		assert.equal((await call('new', 'worker-role', 'Script', '--language', 'javascript', '--service', inside)).code, 0);
		assert.deepEqual(tree(), [
			'Shop/Script/package.json',
			'Shop/Script/worker.js',
			'Shop/ServiceConfiguration.Cloud.cscfg',
			'Shop/ServiceConfiguration.Local.cscfg',
			'Shop/ServiceDefinition.csdef',
			'Shop/Work/Work.csproj',
			'Shop/Work/WorkerRole.cs',
		]);
		assert.equal((await call('validate', '.')).code, 0);
	});

	test('shows without writing', async () => {
		await call('new', 'service', 'Shop', '--folder', '.');
		const before = read('ServiceDefinition.csdef');
		const { code, stdout } = await call('new', 'worker-role', 'Script', '--language', 'javascript', '--dry-run');
		assert.equal(code, 0);
		assert.match(
			stdout,
			/^create Script\/worker\.js\n {2}\+ 'use strict';\n[\s\S]*edit ServiceDefinition\.csdef\n {2}\+ {3}<WorkerRole name="Script"/,
		);
		assert.equal(read('ServiceDefinition.csdef').toString(), before.toString());
		assert.deepEqual(tree().length, 3);
	});

	test('overwrites nothing, and then leaves everything as it was', async () => {
		await call('new', 'service', 'Shop', '--folder', '.');
		const before = read('ServiceDefinition.csdef').toString();
		await call('new', 'worker-role', 'Work', '--language', 'javascript', '--dry-run');
		writeFileSync(path.join(folder, 'Work'), 'a file');
		rmSync(path.join(folder, 'Work'));
		await call('new', 'worker-role', 'Other', '--language', 'javascript');
		writeFileSync(path.join(folder, 'ServiceDefinition.csdef'), before);
		for (const name of ['Local', 'Cloud']) {
			writeFileSync(
				path.join(folder, `ServiceConfiguration.${name}.cscfg`),
				read(`ServiceConfiguration.${name}.cscfg`)
					.toString()
					.replace(/\s*<Role[\s\S]*<\/Role>/, ''),
			);
		}
		const { code, stderr } = await call('new', 'worker-role', 'Other', '--language', 'javascript');
		assert.equal(code, 2);
		assert.match(stderr, /worker\.js' exists already; [^\n]+\.\n$/);
		assert.equal(read('ServiceDefinition.csdef').toString(), before);
	});

	test('keeps encoding, byte order mark and line ends', async () => {
		const text =
			'<ServiceDefinition name="Ä" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">\r\n</ServiceDefinition>\r\n';
		writeFileSync(path.join(folder, 'ServiceDefinition.csdef'), `\uFEFF${text}`, 'utf16le');
		writeFileSync(
			path.join(folder, 'ServiceConfiguration.Local.cscfg'),
			`\uFEFF${text.replaceAll('Definition', 'Configuration').replace('name=', 'serviceName=')}`,
			'utf8',
		);
		assert.equal((await call('new', 'worker-role', 'A', '--language', 'csharp')).code, 0);
		assert.equal(
			read('ServiceDefinition.csdef').toString('utf16le'),
			`\uFEFF${text.replace('>\r\n<', '>\r\n  <WorkerRole name="A" vmsize="Standard_A1_v2" />\r\n<')}`,
		);
		assert.match(
			read('ServiceConfiguration.Local.cscfg').toString('utf8'),
			/^\uFEFF<Service[^>]+"Ä"[^>]+>\r\n {2}<Role name="A">\r\n {4}<Instances count="1" \/>\r\n {2}<\/Role>\r\n<\/ServiceConfiguration>\r\n$/,
		);
	});

	const refusals: readonly [argv: readonly string[], stderr: RegExp][] = [
		[[], /Say what to make/],
		[['service'], /Say what to make/],
		[['service', 'a/b'], /Use only letters/],
		[['service', 'A', '--language', 'csharp'], /--language does not go with service/],
		[['worker-role', 'A'], /Say in which language/],
		[['worker-role', 'A', '--language', 'cobol'], /no language 'cobol'/],
		[['worker-role', 'A', '--language', 'python'], /in 'python' cannot be made yet/],
		[['worker-role', 'A', '--language', 'csharp'], /There is no service definition in/],
		[['worker-role', 'A', '--language', 'csharp', '--framework', 'net2'], /no framework 'net2'/],
		[['worker-role', 'A', '--language', 'csharp', '--instances', '0'], /'0' is no number of instances/],
		[['worker-role', 'A', '--language', 'csharp', '--service', 'nowhere'], /There is no service definition in/],
		[['web-role', 'A'], /cannot be made yet/],
		[['thing', 'A'], /nothing called 'thing'/],
		[['service', 'A', '--nonsense'], /nonsense/],
	];
	for (const [argv, stderr] of refusals) {
		test(`refuses: new ${argv.join(' ')}`, async () => {
			const answer = await call('new', ...argv);
			assert.deepEqual([answer.code, answer.stdout], [2, '']);
			assert.match(answer.stderr, stderr);
			assert.deepEqual(tree(), []);
		});
	}

	test('has a help', async () => {
		const { code, stdout } = await call('new', '--help');
		assert.deepEqual([code, /--dry-run/.test(stdout)], [0, true]);
	});

	async function call(...argv: string[]) {
		const written = { stdout: '', stderr: '' };
		const code = await main(argv, {
			stdout: {
				write: text => {
					written.stdout += text;
				},
			},
			stderr: {
				write: text => {
					written.stderr += text;
				},
			},
			stdin: Readable.from([]),
			env: {},
			cwd: folder,
			isTerminal: false,
		});
		return { code, stdout: written.stdout.replaceAll('\\', '/'), stderr: written.stderr };
	}

	function tree(): string[] {
		return readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter(entry => entry.isFile())
			.map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
			.sort();
	}

	function read(file: string): Buffer {
		return readFileSync(path.join(folder, file));
	}
});
