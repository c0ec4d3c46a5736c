import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../src/base/failure';
import { outputOf } from '../../src/node/hosts/programOutput';
import { childEnvironment } from '../../src/node/processes/childEnvironment';
import { openProcessRecord } from '../../src/node/processes/leftovers';
import { askThenKill, startProcess } from '../../src/node/processes/processes';
import { isRunning } from './runningProcesses';

const node = process.execPath;

suite('processes', () => {
	let folder: string;

	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-test-'));
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	function start(script: string, more: { rest?: 'leave' } = {}) {
		const lines: string[] = [];
		const running = startProcess({
			run: { command: node, args: ['-e', script] },
			cwd: folder,
			env: childEnvironment(),
			line: (stream, text) => lines.push(`${stream}: ${text}`),
			...more,
		});
		return { running, lines };
	}

	test('output comes line by line, whole characters, long lines in pieces', async () => {
		const { running, lines } = start(`
			process.stdout.write(Buffer.from([0x67, 0x72, 0xc3]));
			setTimeout(() => {
				process.stdout.write(Buffer.from([0xbc, 0x6e, 0x0d]));
				setTimeout(() => process.stdout.write('\\n\\nx'.concat('y'.repeat(70000), '\\nlast')), 20);
			}, 20);`);
		assert.deepEqual(await running.exited, { exitCode: 0 });
		assert.deepEqual(
			lines.map(line => (line.length > 100 ? line.length : line)),
			['stdout: grün', 'stdout: ', 8 + 65_536, 8 + 4_465, 'stdout: last'],
		);
	});

	test('what the system refuses at once is an exit with a sentence too', async () => {
		const file = path.join(folder, 'file');
		writeFileSync(file, '');
		const run = { command: node, args: ['-e', ''] };
		const inFile = await startProcess({ run, cwd: file, env: childEnvironment() }).exited;
		assert.deepEqual(inFile, { failure: `'${node}' could not be started: '${file}' is no folder.` });
		const nul = await startProcess({ run: { commandLine: 'node \0' }, cwd: folder, env: childEnvironment() }).exited;
		assert.match(nul.failure ?? '', /^The command interpreter could not be started: .*null bytes/);
		const long = childEnvironment({ LONG: 'x'.repeat(10_000_000) });
		const { failure } = await startProcess({ run, cwd: folder, env: long }).exited;
		assert.equal(
			failure,
			`'${node}' could not be started: its environment variables or its arguments are longer than this system takes.`,
		);
	});

	test('a program that is not there is an exit with a sentence', async () => {
		const { exited } = startProcess({ run: { command: 'no-such-program' }, cwd: folder, env: childEnvironment() });
		assert.deepEqual(await exited, {
			failure: `'no-such-program' could not be started: there is no such program on the path, or the folder '${folder}' does not exist.`,
		});
	});

	test('asks, waits, kills', async () => {
		const { running, lines } = start(
			`process.on('SIGTERM', () => console.log('no')); setInterval(() => {}, 1e6); console.log('up')`,
		);
		while (lines.length === 0) {
			await new Promise(setImmediate);
		}
		assert.deepEqual(await askThenKill(running, 200), { signal: 'SIGKILL' });
		assert.deepEqual(lines, ['stdout: up', 'stdout: no']);
	});

	/** A line for the command interpreter, once it has said that it is up. */
	async function startLine(commandLine: string) {
		const script = `trap 'echo bye; exit 5' TERM; echo up; while true; do sleep 0.05; done`;
		const lines: string[] = [];
		const running = startProcess({
			run: { commandLine },
			cwd: folder,
			env: { ...childEnvironment(), SCRIPT: script },
			line: (stream, text) => stream === 'stdout' && lines.push(text),
		});
		while (lines.length === 0) {
			await new Promise(setImmediate);
		}
		return { running, lines };
	}

	const posix = process.platform === 'win32' ? test.skip : test;

	posix(
		'a line that starts one program is that program: it hears the polite question, and its end is the end',
		async () => {
			writeFileSync(path.join(folder, 'script.sh'), 'eval "$SCRIPT"');
			const { running, lines } = await startLine('sh script.sh');
			running.ask();
			assert.deepEqual(await running.exited, { exitCode: 5 });
			assert.deepEqual(lines, ['up', 'bye']);
		},
	);

	posix('where the command interpreter stands between, what it has started is left the time to end', async () => {
		const { running, lines } = await startLine('sh -c "$SCRIPT"; exit 3');
		running.ask();
		assert.deepEqual(await running.exited, { signal: 'SIGTERM' });
		assert.deepEqual(lines, ['up', 'bye']);
	});

	const withChild = `
		const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit' });
		process.stdout.write(child.pid + '\\n', () => process.exit(0));`;

	test('the end of a process ends what it started', async () => {
		const { running, lines } = start(withChild);
		await running.exited;
		await gone(Number(lines[0]?.slice(8)));
	});

	test('what a task leaves running is kept until it is killed', async () => {
		const { running, lines } = start(withChild, { rest: 'leave' });
		assert.deepEqual(await running.exited, { exitCode: 0 });
		const child = Number(lines[0]?.slice(8));
		assert.equal(isRunning(child), true);
		running.kill();
		await gone(child);
	});

	for (const ending of [
		'process.exit(0)',
		`process.kill(process.pid, 'SIGTERM')`,
		`process.kill(process.pid, 'SIGHUP')`,
	]) {
		test(`a fabric that ends by ${ending} takes its processes along`, async () => {
			const child = await fabric(folder, ending);
			await gone(child);
		});
	}

	(process.platform === 'win32' ? test.skip : test)(
		'what a killed fabric left over is ended by its keeper',
		async () => {
			await gone(await fabric(folder, `process.kill(process.pid, 'SIGKILL')`));
		},
	);

	test('where nobody keeps watch, it is ended by the next fabric', async () => {
		const child = await fabric(folder, `process.kill(process.pid, 'SIGKILL')`, ', () => ({ dispose() {} })');
		assert.equal(isRunning(child), true);
		const record = openProcessRecord(folder);
		await gone(child);
		record.dispose();
		assert.deepEqual(readdirSync(path.join(folder, '.processes')), []);
	});

	test('a second fabric in one state folder is refused', () => {
		const record = openProcessRecord(folder);
		assert.throws(
			() => openProcessRecord(folder),
			(error: unknown) => error instanceof Failure && error.message.startsWith('The service runs already, in process '),
		);
		record.dispose();
		openProcessRecord(folder).dispose();
	});
});

/** A fabric of its own process that starts one child and then ends in this way; gives the id of the child. */
async function fabric(stateFolder: string, ending: string, keeper = ''): Promise<number> {
	const source = path.resolve(__dirname, '../../src/node/processes');
	const script = `
		const { openProcessRecord } = require(${JSON.stringify(path.join(source, 'leftovers'))});
		const { startProcess } = require(${JSON.stringify(path.join(source, 'processes'))});
		const { childEnvironment } = require(${JSON.stringify(path.join(source, 'childEnvironment'))});
		const record = openProcessRecord(${JSON.stringify(stateFolder)}${keeper});
		const child = startProcess({
			run: { command: process.execPath, args: ['-e', "console.log('up'); setInterval(() => {}, 1e6)"] },
			cwd: ${JSON.stringify(stateFolder)}, env: childEnvironment(), record,
			line: () => process.stdout.write(child.pid + '\\n', () => ${ending}),
		});`;
	const { stdout, stderr } = await outputOf(node, ['--import', 'tsx', '-e', script], {
		cwd: path.resolve(__dirname, '../..'),
	});
	assert.match(stdout, /^\d+\n$/, stderr);
	return Number(stdout);
}

async function gone(pid: number): Promise<void> {
	for (let turn = 0; isRunning(pid) && turn < 200; turn++) {
		await new Promise(resolve => setTimeout(resolve, 10));
	}
	assert.equal(isRunning(pid), false);
}
