import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

	test('every call of interfaces.md 1.4 needs no more than it says, and the result validates', async () => {
		await call('new', 'service', 'Shop');
		const languages = ['csharp', 'fsharp', 'vb', 'javascript', 'typescript', 'python', 'program'];
		const roles = [
			...languages.map(each => ['worker-role', '--language', each]),
			['worker-role', '--language', 'csharp', '--framework', 'net48', '--instances', '2'],
			...['aspnetcore', 'node', 'static'].map(each => ['web-role', '--kind', each]),
			['vm-role'],
		];
		for (const [index, [what = '', ...options]] of roles.entries()) {
			const added = await call('new', what, `Role${index}`, ...options, '--service', 'Shop');
			assert.equal(added.code, 0, `${what} ${options.join(' ')}: ${added.stderr}`);
		}
		assert.equal((await call('validate', 'Shop')).code, 0);
		assert.match(String(read('Shop/ServiceDefinition.csdef')), /commandLine="Role6\.exe"/);
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
		[['worker-role', 'A'], /Say --language csharp, fsharp, vb, javascript, typescript, python or program/],
		[['worker-role', 'A', '--language', 'cobol'], /no language 'cobol'/],
		[
			['worker-role', 'A', '--language', 'python', '--framework', 'net48'],
			/--framework does not go with worker-role in python/,
		],
		[['worker-role', 'A', '--language', 'program', '--command', ''], /Give the command line that starts the program/],
		[['worker-role', 'A', '--language', 'program', '--command', 'x'.repeat(257)], /at most 256 characters/],
		[['worker-role', 'A', '--language', 'vb', '--command', 'x'], /--command does not go with worker-role in vb/],
		[['worker-role', 'A', '--language', 'csharp'], /There is no service definition in/],
		[['worker-role', 'A', '--language', 'csharp', '--framework', 'net2'], /no framework 'net2'/],
		[['worker-role', 'A', '--language', 'csharp', '--instances', '0'], /'0' is no number of instances/],
		[['worker-role', 'A', '--language', 'csharp', '--service', 'nowhere'], /There is no service definition in/],
		[['web-role', 'A'], /Say --kind aspnetcore, node or static/],
		[['web-role', 'A', '--kind', 'php'], /There is no kind 'php'; use --kind aspnetcore, node or static/],
		[['web-role', 'A', '--kind', 'node', '--language', 'vb'], /--language does not go with web-role/],
		[['vm-role', 'A', '--size', '3'], /--size does not go with vm-role/],
		[['endpoint', 'A'], /Say which role gets it: --role ROLE/],
		[['endpoint', 'A', '--role', 'B', '--launch'], /--launch does not go with endpoint/],
		[['endpoint', 'A', '--role', 'B', '--value', 'x'], /--value does not go with endpoint/],
		[['endpoint', 'A', '--role', 'B'], /There is no service definition in/],
		[['thing', 'A'], /nothing called 'thing'/],
		[['service', 'A', '--nonsense'], /nonsense/],
	];
	for (const [argv, stderr] of refusals) {
		test(`refuses: new ${argv.join(' ').slice(0, 80)}`, async () => {
			const answer = await call('new', ...argv);
			assert.deepEqual([answer.code, answer.stdout], [2, '']);
			assert.match(answer.stderr, stderr);
			assert.deepEqual(tree(), []);
		});
	}

	test('adds every part of a role, and the result validates', async () => {
		await call('new', 'service', 'Shop', '--folder', '.');
		await call('new', 'web-role', 'Front', '--kind', 'node');
		await call('new', 'worker-role', 'Work', '--language', 'javascript');
		const parts: readonly (readonly string[])[] = [
			['certificate', 'Ssl', '--role', 'Front'],
			['endpoint', 'Secure', '--role', 'Front', '--protocol', 'https'],
			['endpoint', 'Peer', '--role', 'Work', '--kind', 'internal'],
			['setting', 'Greeting', '--role', 'Work', '--value', 'Hello'],
			['local-storage', 'Cache', '--role', 'Work', '--clean-on-recycle', 'false'],
			['startup-task', 'install', '--role', 'Work'],
			['probe', 'Health', '--role', 'Front'],
			['site', 'Admin', '--role', 'Front'],
			['virtual-application', 'docs', '--role', 'Front'],
			['internal-traffic-rule', 'Peer', '--role', 'Work', '--from', 'Front'],
			['import', 'RemoteAccess', '--role', 'Work'],
		];
		for (const part of parts) {
			const { code, stderr } = await call('new', ...part);
			assert.equal(code, 0, `${part.join(' ')}: ${stderr}`);
		}
		const validated = await call('validate', '.');
		assert.equal(validated.code, 0, validated.stdout);
		assert.deepEqual(
			tree().filter(file => /install|index/.test(file)),
			['Admin/index.html', 'Work/install.cmd', 'Work/install.sh', 'docs/index.html'],
		);
	});

	test('duplicates and removes a role, and then all is as it was', async () => {
		await call('new', 'service', 'Shop', '--folder', '.');
		await call('new', 'web-role', 'Front', '--kind', 'static');
		const before = texts();
		const duplicated = await call('duplicate', 'role', 'Front', 'Second');
		assert.deepEqual(
			[duplicated.code, duplicated.stderr],
			[0, "note: Both roles run the same code, that of 'Front'.\n"],
		);
		assert.equal((await call('validate', '.')).code, 0);
		const shown = await call('remove', 'role', 'Second', '--dry-run');
		assert.match(shown.stdout, /^edit ServiceDefinition\.csdef\n {2}- {3}<WebRole name="Second"[\s\S]*port="8080"/);
		assert.equal((await call('remove', 'role', 'Second')).code, 0);
		rmSync(path.join(folder, 'rolewright.json'));
		assert.deepEqual(texts(), before);
	});

	test('refuses to remove and duplicate what is not there', async () => {
		await call('new', 'service', 'Shop', '--folder', '.');
		for (const [argv, sentence] of [
			[['remove', 'role', 'A'], /There is no role 'A': the service has no roles; add one first/],
			[['remove', 'A'], /Write it as: rolewright remove role NAME/],
			[['duplicate', 'role', 'A'], /Write it as: rolewright duplicate role NAME NEWNAME/],
			[['duplicate', 'role', 'A', 'B', '--service', 'nowhere'], /There is no service definition in/],
		] as const) {
			const { code, stdout, stderr } = await call(...argv);
			assert.deepEqual([code, stdout], [2, '']);
			assert.match(stderr, sentence);
		}
	});

	test('writes the files of the editor where the editor would open the folder', async () => {
		mkdirSync(path.join(folder, '.vscode'));
		await call('new', 'service', 'Shop', '--launch');
		await call('new', 'worker-role', 'Script', '--language', 'typescript', '--service', 'Shop', '--launch');
		const launch = JSON.parse(read('.vscode/launch.json').toString());
		assert.equal(launch.configurations[0].service, 'Shop/ServiceDefinition.csdef');
		assert.equal(JSON.parse(read('.vscode/tasks.json').toString()).tasks[0].options.cwd, '${workspaceFolder}/Shop');
	});

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

	function texts(): readonly string[] {
		return tree().map(file => `${file}\n${read(file)}`);
	}

	function read(file: string): Buffer {
		return readFileSync(path.join(folder, file));
	}
});
