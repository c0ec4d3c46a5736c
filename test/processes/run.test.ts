import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import path from 'node:path';
import { commandUsage } from '../../src/lifecycle/command';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import { filesBelow, readText } from '../../src/node/serviceFiles';
import { bundleCommandLine, type Call, call, calls, leavesNothing, states, texts } from './commandLine';
import { configurationText, definitionText, patient, program, type WrittenService, writeService } from './runFixture';

const starts = ['CreatingVM', 'StartingVM', 'StartingRole', 'BusyRole', 'ReadyRole'];
const recycles = ['StoppingRole', 'RestartingRole', 'StartingRole', 'BusyRole', 'ReadyRole'];
const stops = ['StoppingRole', 'StoppedVM'];

suite('rolewright run', () => {
	let product: Awaited<ReturnType<typeof bundleCommandLine>>;
	const services: WrittenService[] = [];

	suiteSetup(async () => {
		product = await bundleCommandLine();
	});
	suiteTeardown(() => product.remove());
	teardown(() => {
		for (const service of services.splice(0)) {
			service.remove();
		}
	});

	function service(...args: Parameters<typeof writeService>): WrittenService {
		const written = writeService(...args);
		services.push(written);
		return written;
	}

	/** Runs a service with its state beside it, its journal as JSON. */
	function runs({ folder }: WrittenService, input?: string, ...options: readonly string[]): Call {
		const argv = ['run', folder, '--format', 'jsonl', '--state', path.join(folder, '.state'), ...options];
		return call(product.cli, argv, input === undefined ? {} : { input });
	}

	/** A call that prints nothing but a sentence on stderr. */
	async function refuses(run: Call, code: number, sentence: RegExp): Promise<void> {
		assert.equal(await run.ended, code, run.output.stderr);
		assert.match(run.output.stderr, sentence);
		assert.equal(run.output.stdout, '');
	}

	suite('commands on standard input', () => {
		test('are carried out in order; quit stops in order and leaves nothing', async () => {
			// PowerShell begins with a byte order mark, and ends lines as Windows does.
			const run = runs(
				service(),
				'\uFEFFwait Worker Ready\r\nrecycle Worker_IN_0\nwait Worker_IN_0 ReadyRole 30s\nquit\n',
			);
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.deepEqual(states(run.entries, 'Worker_IN_0'), [...starts, ...recycles, ...stops]);
			const life = ['OnStart', 'Stopping', 'OnStop'];
			assert.deepEqual(calls(run.entries, 'Worker_IN_0'), [...life, ...life]);
			assert.deepEqual(
				run.entries.flatMap(entry => (entry.event === 'command' ? [`${entry.command} ${entry.by}`] : [])),
				['recycle Worker_IN_0 stdin', 'quit stdin'],
			);
			assert.deepEqual(
				run.entries.map(entry => entry.n),
				run.entries.map((_, index) => index + 1),
			);
			leavesNothing(run.entries);
		});

		test('the end of the input stops the service too', async () => {
			const run = runs(service(), 'wait all Ready\n');
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.deepEqual(states(run.entries, 'Worker_IN_0'), [...starts, ...stops]);
		});

		test('an unknown one is answered by an error entry, and nothing else happens', async () => {
			const run = runs(
				service(),
				'wait all Ready\nrestart Worker_IN_0\nreboot\nrecycle Nobody_IN_0\n# a comment\n\nquit\n',
			);
			assert.equal(await run.ended, 0, run.output.stderr);
			const names = `The commands are ${Object.keys(commandUsage).join(', ')}.`;
			assert.deepEqual(texts(run.entries, 'error'), [
				`There is no command "restart". ${names}`,
				'Write this command as "reboot INSTANCE".',
				"There is no instance 'Nobody_IN_0'; the instances are Worker_IN_0.",
			]);
			assert.deepEqual(states(run.entries, 'Worker_IN_0'), [...starts, ...stops]);
		});

		test('status tells every instance', async () => {
			const run = runs(service(), 'wait all Ready\nstatus\nquit\n', '--count', 'Worker=2');
			assert.equal(await run.ended, 0, run.output.stderr);
			const [status] = run.entries.flatMap(entry => (entry.event === 'status' ? [entry] : []));
			assert.deepEqual(
				status?.instances.map(({ instance, state, life }) => [instance, state, life]),
				[
					['Worker_IN_0', 'ReadyRole', 1],
					['Worker_IN_1', 'ReadyRole', 1],
				],
			);
		});

		test('a wait in vain says what is instead, and the exit code is 1', async () => {
			const worker = 'exports.onStart = () => new Promise(() => setInterval(() => {}, 1000));';
			const run = runs(
				service({ worker }),
				'wait Worker Busy\nwait Worker Ready 200ms\nwait Nobody Ready\ncrash Worker_IN_0\n',
			);
			assert.equal(await run.ended, 1, run.output.stderr);
			assert.deepEqual(texts(run.entries, 'error'), [
				'Worker was not Ready within 0.2 s: Worker_IN_0 is BusyRole (Busy: OnStart is running).',
				"There is no instance or role 'Nobody' to wait for; the instances are Worker_IN_0.",
			]);
			leavesNothing(run.entries);
		});

		test('a role that never gets ready makes the exit code 1', async () => {
			const run = runs(service({ worker: 'exports.onStart = () => false;' }));
			await run.entry(entry => entry.event === 'restart');
			run.write('quit');
			assert.equal(await run.ended, 1, run.output.stderr);
			leavesNothing(run.entries);
		});
	});

	suite('a configuration on disk', () => {
		const says = (text: string) => (entry: JournalEntry) => entry.event === 'output' && entry.text === text;

		test('takes effect when it is written: settings and counts', async () => {
			const small = service();
			const run = runs(small);
			await run.entry(says('greeting Hello'));
			await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			small.configure({ greeting: 'Good day' });
			await run.entry(says('greeting Good day'));
			small.configure({ greeting: 'Good day', count: 2 });
			await run.entry(
				entry => entry.instance === 'Worker_IN_1' && entry.event === 'state' && entry.state === 'ReadyRole',
			);
			run.write('quit');
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.deepEqual(
				run.entries.flatMap(entry => (entry.event === 'configuration' ? entry.changes : [])),
				[
					{ role: 'Worker', setting: 'Greeting', from: 'Hello', to: 'Good day' },
					{ role: 'Worker', from: '1', to: '2' },
				],
			);
			leavesNothing(run.entries);
		});

		test('half-typed, it is answered by an error entry and changes nothing', async () => {
			const small = service();
			const file = path.join(small.folder, 'ServiceConfiguration.Local.cscfg');
			const run = runs(small);
			await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			small.write('ServiceConfiguration.Local.cscfg', '<ServiceConfiguration serviceName="Small"><Role name="Wor');
			const error = await run.entry(entry => entry.event === 'error');
			assert.ok(error.event === 'error');
			assert.ok(
				error.text.startsWith(`The configuration was not taken, and the former one stays in force. ${file}:1:`),
				error.text,
			);
			small.configure({ greeting: 'Again' });
			await run.entry(says('greeting Again'));
			run.write('quit');
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.deepEqual(states(run.entries, 'Worker_IN_0'), [...starts, ...stops]);
		});

		test('another one can be submitted by name, and is then the one that is followed', async () => {
			const small = service();
			const file = 'ServiceConfiguration.Cloud.cscfg';
			const cloud = (greeting: string) => small.write(file, configurationText({ greeting }));
			cloud('Clouds');
			const run = runs(small, undefined, '--configuration', 'Local');
			await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			run.write('configure Cloud');
			await run.entry(says('greeting Clouds'));
			cloud('More clouds');
			await run.entry(says('greeting More clouds'));
			run.write('configure Nowhere');
			const error = await run.entry(entry => entry.event === 'error');
			assert.ok(error.event === 'error' && error.text.includes("There is no configuration 'Nowhere'"));
			run.write('quit');
			assert.equal(await run.ended, 0, run.output.stderr);
		});
	});

	suite('the end', () => {
		for (const [signal, code] of [
			['SIGINT', 130],
			['SIGTERM', 143],
		] as const) {
			test(`${signal} stops in order and ends with ${code}`, async () => {
				const run = runs(service(), '');
				await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
				run.signal(signal);
				assert.equal(await run.ended, code, run.output.stderr);
				assert.deepEqual(calls(run.entries, 'Worker_IN_0'), ['OnStart', 'Stopping', 'OnStop']);
				leavesNothing(run.entries);
			});
		}

		test('an output that nobody reads any more stops in order', async () => {
			const small = service();
			const run = runs(small, '');
			await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			run.stopReading();
			// Something is written, so that the end of the reader is noticed.
			small.configure({ greeting: 'again' });
			assert.equal(await run.ended, 0, run.output.stderr);
			assert.equal(run.output.stderr, '');
			const [kept = ''] = filesBelow(path.join(small.folder, '.state'), /^journal\.jsonl$/);
			const entries: JournalEntry[] = readText(kept)
				.trimEnd()
				.split('\n')
				.map(line => JSON.parse(line));
			assert.deepEqual(calls(entries, 'Worker_IN_0').slice(-2), ['Stopping', 'OnStop']);
			leavesNothing(entries);
		});

		test('a second signal ends everything at once', async () => {
			const worker = `${patient}exports.onStop = () => new Promise(() => console.log('never'));`;
			const run = runs(service({ worker }), '');
			await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
			run.signal('SIGINT');
			await run.entry(entry => entry.event === 'output' && entry.text === 'never');
			run.signal('SIGINT');
			assert.equal(await run.ended, 130, run.output.stderr);
			leavesNothing(run.entries);
		});
	});

	suite('what cannot be run', () => {
		test('bad usage', async () => {
			const small = service();
			await refuses(call(product.cli, ['run']), 2, /^rolewright: Name one service to run/);
			await refuses(
				runs(small, '', '--build', 'soon'),
				2,
				/^rolewright: There is no build 'soon': use auto, always or never\.$/m,
			);
			await refuses(runs(small, '', '--count', 'Worker'), 2, /^rolewright: 'Worker' is no value of --count/);
			await refuses(runs(small, '', '--count', 'Nobody=1'), 2, /There is no role 'Nobody'/);
			await refuses(runs(small, '', '--configuration', 'Cloud'), 2, /There is no configuration 'Cloud'/);
			await refuses(call(product.cli, ['run', path.join(small.folder, 'gone')]), 2, /There is no file or folder/);
			await refuses(call(product.cli, ['run', path.join(small.folder, 'Worker')]), 2, /There is no service definition/);
		});

		test('a service whose files are wrong: every error, with its place', async () => {
			const small = service();
			small.write('ServiceConfiguration.Local.cscfg', configurationText({}).replace('Greeting', 'Greting'));
			const run = runs(small, '');
			assert.equal(await run.ended, 1, run.output.stderr);
			const lines = run.output.stderr.trim().split('\n');
			assert.deepEqual(lines.map(line => /\[(\w+)\]$/.exec(line)?.[1]).sort(), ['missingSetting', 'unknownSetting']);
			assert.ok(
				lines.every(line => line.startsWith(`${path.join(small.folder, 'ServiceConfiguration.Local.cscfg')}:`)),
			);
		});

		test('a missing entry point', async () => {
			const small = service();
			small.write('ServiceDefinition.csdef', definitionText(program.replace('worker.js', 'main.js')));
			await refuses(
				runs(small, ''),
				2,
				/^rolewright: The entry point 'main\.js' of the role 'Worker' is not in '.*Worker': build the role, or correct the name in the service definition\.$/m,
			);
		});

		test('code that is nowhere', async () => {
			const small = service();
			small.write('ServiceDefinition.csdef', definitionText(program).replace('"Worker"', '"Gone"'));
			small.write('ServiceConfiguration.Local.cscfg', configurationText({}).replace('"Worker"', '"Gone"'));
			await refuses(runs(small, ''), 2, /^rolewright: .*'Gone'.*rolewright\.json.*\.ccproj.*folder/m);
		});

		test('a build that fails', async () => {
			const small = service();
			small.write(
				'rolewright.json',
				'{ "roles": { "Worker": { "build": "node -e \\"console.log(\'no good\');process.exit(3)\\"" } } }',
			);
			await refuses(
				runs(small, ''),
				2,
				/^ {2}no good\nrolewright: The build of the role 'Worker' \(.*\) ended with code 3: correct what it says, and start again\.$/m,
			);
		});
	});

	test('a role whose code is nowhere is left out, and the others run', async () => {
		const small = service();
		const gone = `<WorkerRole name="Gone" vmsize="Small">${program}</WorkerRole></ServiceDefinition>`;
		small.write('ServiceDefinition.csdef', definitionText(program).replace('</ServiceDefinition>', gone));
		const role = `<Role name="Gone"><Instances count="1" /><ConfigurationSettings><Setting name="Greeting" value="" /></ConfigurationSettings></Role>`;
		small.write(
			'ServiceConfiguration.Local.cscfg',
			configurationText({}).replace('</ServiceConfiguration>', `${role}</ServiceConfiguration>`),
		);
		const run = runs(small, 'wait all Ready\nquit\n');
		assert.equal(await run.ended, 0, run.output.stderr);
		assert.match(run.output.stderr, /The code of the role 'Gone' was not found: .* The other roles run without it\./);
		assert.deepEqual(texts(run.entries, 'note'), ["The role 'Gone' is not run: its code was not found."]);
		assert.deepEqual(states(run.entries, 'Worker_IN_0').at(-1), 'StoppedVM');
	});

	test('a public port in use is replaced by another, and that is said', async () => {
		const taken = createServer().listen(0, '127.0.0.1');
		await new Promise(resolve => taken.once('listening', resolve));
		const address = taken.address();
		const port = typeof address === 'object' ? address?.port : undefined;
		try {
			const small = service({
				role: `${program}<Endpoints><InputEndpoint name="Web" protocol="http" port="${port}" /></Endpoints>`,
			});
			const run = runs(small, 'wait all Ready\nquit\n');
			assert.equal(await run.ended, 0, run.output.stderr);
			const [note] = texts(run.entries, 'note');
			assert.match(
				note ?? '',
				new RegExp(
					`^Port ${port} of endpoint 'Web' is taken(?: by process ${process.pid} \\(.+\\))?; the endpoint is at 127\\.0\\.0\\.1:\\d+ instead\\.$`,
				),
			);
			leavesNothing(run.entries);
		} finally {
			taken.close();
		}
	});

	test('two runs of one service at the same time have folders of their own', async () => {
		const small = service();
		const first = runs(small);
		const second = runs(small);
		for (const run of [first, second]) {
			await run.entry(entry => entry.event === 'state' && entry.state === 'ReadyRole');
		}
		for (const run of [first, second]) {
			run.write('quit');
			assert.equal(await run.ended, 0, run.output.stderr);
			leavesNothing(run.entries);
		}
	});

	test('rolewright.json says how a role is run', async () => {
		const small = service({ role: '<ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>' });
		small.write(
			'rolewright.json',
			`{ // what the definition does not say
				"roles": { "Worker": { "code": "out", "build": "node make.js", "run": "node made.js", "environment": { "WHO": "me" } } },
			}`,
		);
		small.write(
			'make.js',
			`const fs = require('fs'); fs.mkdirSync('out'); fs.writeFileSync('out/made.js', "console.log('made for ' + process.env.WHO); setInterval(() => {}, 1000);");`,
		);
		const run = runs(small);
		await run.entry(entry => entry.event === 'output' && entry.text === 'made for me');
		run.write('quit');
		assert.equal(await run.ended, 0, run.output.stderr);
		leavesNothing(run.entries);
	});

	test('text is for people: each line with the time and the instance', async () => {
		const { folder } = service();
		const run = call(product.cli, ['run', folder, '--state', path.join(folder, '.state')], {
			input: 'wait all Ready\nquit\n',
		});
		assert.equal(await run.ended, 0, run.output.stderr);
		const lines = run.output.stdout.trim().split('\n');
		assert.deepEqual(
			lines.filter(line => !/^\d\d:\d\d:\d\d\.\d{3} (Worker_IN_0| *) \S/.test(line)),
			[],
		);
		assert.ok(lines.some(line => line.endsWith(' Worker_IN_0 greeting Hello')));
	});
});
