// node scripts/story.mjs [CLI]
// Plays the main job on the command line, with the sample service and real processes: check the files, add a role in
// each language, run, see the instances, use the service, change a setting, recycle, stop. Ends with 0 when all of it
// happened, and with 1 and the reason where it did not. CLI: the command line to play it with, by default dist/cli.js.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './command.mjs';
import { sampleFolder } from './sample.mjs';

const cli = path.resolve(process.argv[2] ?? path.join(root, 'dist', 'cli.js'));
const limit = 180_000;
const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-story-'));
const service = path.join(folder, 'Greetings');

try {
	cpSync(sampleFolder(), service, { recursive: true, filter: source => !/[\\/](bin|obj)$/.test(source) });
	await files();
	await roles();
	await life();
	console.log('The story is told.');
} catch (error) {
	console.error(error instanceof assert.AssertionError ? `The story broke off: ${error.message}` : error);
	process.exitCode = 1;
} finally {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function files() {
	console.log('The files of the service are right; a forgotten setting is found.');
	await ends(0, 'validate', service);
	const file = path.join(service, 'ServiceConfiguration.Cloud.cscfg');
	const text = readFileSync(file, 'utf8');
	writeFileSync(file, text.replace(/ *<Setting name="Greeting".*\n/, ''));
	const { problems } = JSON.parse(await ends(1, 'validate', '--format', 'json', service));
	assert.deepEqual(
		problems
			.filter(problem => problem.severity === 'error')
			.map(problem => [path.basename(problem.file), problem.code]),
		[['ServiceConfiguration.Cloud.cscfg', 'missingSetting']],
	);
	writeFileSync(file, text);
}

async function roles() {
	console.log('A role is added in each language, and everything is still right.');
	await ends(0, 'new', 'worker-role', 'Archive', '--language', 'csharp', '--service', service);
	await ends(0, 'new', 'worker-role', 'Mailer', '--language', 'javascript', '--instances', '2', '--service', service);
	await ends(0, 'validate', service);
}

async function life() {
	console.log('The service is built and started; every instance gets ready.');
	const run = start('run', service, '--format', 'jsonl', '--state', path.join(folder, 'state'));
	run.write('wait all Ready 150s');
	run.write('status');
	const status = await run.entry(entry => entry.event === 'status');
	assert.deepEqual(
		status.instances.map(({ instance, state }) => `${instance} ${state}`),
		['FrontDesk_IN_0', 'FrontDesk_IN_1', 'Ledger_IN_0', 'Archive_IN_0', 'Mailer_IN_0', 'Mailer_IN_1'].map(
			name => `${name} ReadyRole`,
		),
	);

	console.log('It answers at its public port, and the two roles talk with each other.');
	const web = await run.entry(entry => entry.event === 'endpoint' && entry.endpoint === 'Web' && entry.balanced);
	const ask = async () => (await fetch(`http://${web.address}:${web.port}/`)).text();
	assert.match(await ask(), /^Hello from your own machine! You are visitor number 1\. \(FrontDesk_IN_[01]\)$/m);

	console.log('A changed setting arrives without a restart; one that the role refuses to take live recycles it.');
	run.write('set FrontDesk Greeting Good evening');
	await run.entry(entry => entry.event === 'output' && entry.text === 'From now on the greeting is "Good evening"');
	run.write('set Ledger FirstNumber 100');
	await run.entry(entry => entry.instance === 'Ledger_IN_0' && entry.event === 'restart');
	run.write('wait all Ready');
	await run.entry(says('Ledger has been started; the next visitor is number 100'));

	console.log('An instance of each language is recycled, and comes back.');
	for (const instance of ['Archive_IN_0', 'Mailer_IN_0']) {
		run.write(`recycle ${instance}`);
		run.write(`wait ${instance} Ready`);
	}
	run.write('quit');
	assert.equal(await run.exitCode, 0, run.errors());
	for (const instance of ['Archive_IN_0', 'Mailer_IN_0']) {
		const calls = run.entries.filter(entry => entry.instance === instance && entry.event === 'call');
		const ended = calls.filter(({ phase, call }) => phase === 'end' && call !== 'Run').map(({ call }) => call);
		assert.deepEqual(ended, ['OnStart', 'Stopping', 'OnStop', 'OnStart', 'Stopping', 'OnStop'], instance);
	}

	console.log('Nothing is left of it.');
	assert.deepEqual(
		run.entries.map(entry => entry.n),
		run.entries.map((_, index) => index + 1),
	);
	assert.deepEqual(
		run.entries.filter(({ event }) => event === 'error').map(({ text }) => text),
		[],
	);
	assert.deepEqual(
		run.entries
			.filter(({ event, phase }) => event === 'process' && phase === 'started')
			.map(({ pid }) => pid)
			.filter(lives),
		[],
	);
	await assert.rejects(ask(), 'the public port is still open');
}

function says(text) {
	return entry => entry.event === 'output' && entry.text === text;
}

/** Runs the command line to its end, which must have this exit code; gives what it printed. */
async function ends(code, ...args) {
	const run = start(...args);
	assert.equal(await run.exitCode, code, `rolewright ${args.join(' ')}\n${run.output()}${run.errors()}`);
	return run.output();
}

function start(...args) {
	const child = spawn(process.execPath, [cli, ...args], { stdio: 'pipe' });
	const entries = [];
	const waiting = new Set();
	let output = '';
	let errors = '';
	createInterface({ input: child.stdout }).on('line', line => {
		output += `${line}\n`;
		if (line.startsWith('{"n":')) {
			entries.push(JSON.parse(line));
			for (const look of waiting) {
				look();
			}
		}
	});
	child.stderr.setEncoding('utf8').on('data', text => {
		errors += text;
	});
	// An interrupt ends the service in order, so that a story that breaks off leaves nothing behind either.
	const end = () => child.kill();
	process.once('exit', end);
	const timer = setTimeout(end, limit);
	const exitCode = new Promise(resolve =>
		child.once('close', (code, signal) => {
			clearTimeout(timer);
			process.off('exit', end);
			resolve(code ?? signal);
		}),
	);
	return {
		entries,
		exitCode,
		output: () => output,
		errors: () => errors,
		write: line => child.stdin.write(`${line}\n`),
		/** The first entry, so far or to come, of which this is true. */
		entry: is =>
			new Promise((resolve, reject) => {
				const look = () => {
					const found = entries.find(is);
					if (found) {
						waiting.delete(look);
						resolve(found);
					}
				};
				waiting.add(look);
				look();
				exitCode.then(code =>
					reject(new assert.AssertionError({ message: `it ended with ${code}\n${output}${errors}` })),
				);
			}),
	};
}

function lives(pid) {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
