import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleCommandLine, type Call, call, leavesNothing } from './commandLine';

/** What is made by `rolewright new` runs as it is. */
suite('what the scaffolds make', function () {
	this.timeout(240_000);
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	let folder: string;

	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	setup(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-scaffold-'));
		await make('service', 'Shop', '--folder', '.');
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	async function make(...argv: readonly string[]): Promise<string> {
		const made = call(product.cli, ['new', ...argv], { cwd: folder });
		assert.equal(await made.ended, 0, made.output.stderr);
		return made.output.stderr;
	}

	function run(): Call {
		return call(product.cli, ['run', folder, '--format', 'jsonl', '--state', path.join(folder, '.state')], {
			limit: 230_000,
		});
	}

	/** Waits until a role has said something. */
	const says = (started: Call, role: string, text: string) =>
		started.entry(entry => entry.event === 'output' && entry.instance === `${role}_IN_0` && entry.text === text);

	async function stopped(started: Call): Promise<void> {
		started.write('quit');
		assert.equal(await started.ended, 0, started.output.stderr);
		leavesNothing(started.entries);
	}

	test('workers in JavaScript, TypeScript and Python, a program, a Node site, a static one and a VM role, with startup tasks', async () => {
		// The compiler that `npm install` would bring.
		symlinkSync(path.resolve(__dirname, '../../node_modules'), path.join(folder, 'node_modules'), 'junction');
		for (const language of ['javascript', 'typescript', 'python']) {
			await make('worker-role', `my ${language}`, '--language', language);
		}
		await make('worker-role', 'Program', '--language', 'program', '--command', 'node loop.js');
		writeFileSync(path.join(folder, 'Program', 'loop.js'), "console.log('looping'); setInterval(() => {}, 1000);");
		await make('web-role', 'NodeSite', '--kind', 'node');
		await make('web-role', 'Pages', '--kind', 'static');
		await make('virtual-application', 'docs', '--role', 'Pages');
		await make('vm-role', 'Golden');
		await make('startup-task', 'install', '--role', 'my typescript');
		await make('startup-task', 'install', '--role', 'NodeSite');

		const started = run();
		const ready = new Set<string>();
		await started.entry(entry => {
			if (entry.event === 'state' && entry.state === 'ReadyRole') {
				ready.add(entry.instance ?? '');
			}
			return ready.size === 7;
		});
		for (const language of ['javascript', 'typescript', 'python']) {
			await says(started, `my ${language}`, `my ${language} is running`);
		}
		await says(started, 'Program', 'looping');
		await says(started, 'Golden', 'Golden is up');
		assert.match(await page(started, 80, '/a?b'), /^NodeSite answers \/a\?b$/m);
		assert.match(await page(started, 8080, '/'), /<h1>Pages<\/h1>/);
		assert.match(await page(started, 8080, '/docs/'), /<h1>docs<\/h1>/);
		// The script is run again, and is right a second time.
		started.write('recycle NodeSite_IN_0');
		const tasks = () =>
			started.entries.flatMap(entry =>
				entry.event === 'process' && entry.role === 'task' && entry.phase === 'ended'
					? [`${entry.instance} ${entry.exitCode}`]
					: [],
			);
		await started.entry(() => tasks().length === 3);
		assert.deepEqual(tasks().sort(), ['NodeSite_IN_0 0', 'NodeSite_IN_0 0', 'my typescript_IN_0 0']);
		await stopped(started);
		for (const language of ['javascript', 'typescript', 'python']) {
			assert.ok(
				started.entries.some(entry => entry.event === 'output' && entry.text === `my ${language} is stopping`),
				`${language} was not stopped in good order`,
			);
		}
	});

	test('workers in C#, F# and Visual Basic, and an ASP.NET Core site', async () => {
		for (const language of ['csharp', 'fsharp', 'vb']) {
			await make('worker-role', `My.${language}-1`, '--language', language);
		}
		await make('web-role', 'Api', '--kind', 'aspnetcore');
		await make('startup-task', 'install', '--role', 'My.csharp-1');

		const started = run();
		for (const language of ['csharp', 'fsharp', 'vb']) {
			await says(started, `My.${language}-1`, `My.${language}-1 is running`);
		}
		await started.entry(
			entry => entry.event === 'state' && entry.state === 'ReadyRole' && entry.instance === 'Api_IN_0',
		);
		assert.equal(await page(started, 80, '/'), 'Api answers');
		await stopped(started);
		const { entries } = started;
		const task = entries.find(entry => entry.event === 'process' && entry.role === 'task' && entry.phase === 'ended');
		assert.equal(task?.event === 'process' && task.exitCode, 0);
		const outputs = entries.flatMap(entry => (entry.event === 'output' ? [entry.text] : []));
		for (const language of ['csharp', 'fsharp', 'vb']) {
			assert.ok(outputs.includes(`My.${language}-1 is stopping`), `${language} was not stopped in good order`);
		}
	});
});

/** What answers on the public endpoint that the definition gives this port, whatever port it got here. */
async function page({ entries }: Call, declared: number, address: string): Promise<string> {
	const open = entries.find(entry => {
		return entry.event === 'endpoint' && entry.balanced === true && (entry.declaredPort ?? entry.port) === declared;
	});
	assert.ok(open?.event === 'endpoint', `no public endpoint ${declared}`);
	return new Promise((resolve, reject) => {
		get({ host: open.address, port: open.port, path: address }, response => {
			let text = '';
			response.setEncoding('utf8').on('data', part => {
				text += part;
			});
			response.on('end', () => resolve(text));
		}).on('error', reject);
	});
}
