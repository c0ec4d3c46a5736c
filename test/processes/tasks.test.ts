import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InstanceFolders } from '../../src/lifecycle/roleHost';
import type { FromTask } from '../../src/lifecycle/taskHost';
import type { TaskChoice } from '../../src/node/hosts/taskChoices';
import { taskHost } from '../../src/node/hosts/tasks';
import { portableCommand } from '../../src/node/processes/commandLines';
import { findProgram } from '../../src/node/processes/programs';
import { instanceFolders } from './roleLives';
import { isRunning } from './runningProcesses';

suite('startup tasks', () => {
	let folders: InstanceFolders & { remove(): void };

	setup(() => {
		folders = instanceFolders();
		mkdirSync(path.join(folders.approot, 'bin'));
		writeFileSync(path.join(folders.approot, 'bin', 'setup.sh'), 'echo "set up $1 in $TEMP"\n');
		writeFileSync(path.join(folders.approot, 'install.cmd'), 'exit /b 0');
	});
	teardown(() => folders.remove());

	/** Runs a task to its end; everything it told, as words. */
	function run(commandLine: string, choice?: TaskChoice): { words: Promise<string[]>; kill(): void } {
		const words: string[] = [];
		let kill = (): void => {};
		const ended = new Promise<string[]>(resolve => {
			const heard = (message: FromTask): void => {
				words.push(inWords(message));
				if (message.type === 'exited') {
					resolve(words);
				}
			};
			const variables = { Greeting: 'hello', RoleRoot: folders.root };
			const life = {
				instance: 'Worker_IN_0',
				role: 'Worker',
				index: 0,
				commandLine,
				folder: folders.approot,
				variables,
			};
			kill = taskHost(undefined, (role, line) =>
				role === 'Worker' && line === commandLine ? choice : undefined,
			).start(life, heard).kill;
		});
		return { words: ended, kill: () => kill() };
	}

	const posix = process.platform === 'win32' ? test.skip : test;

	posix('run with their environment, in their folder, through the command interpreter', async () => {
		const { words } = run('echo "$Greeting from $(basename "$PWD")" > out.txt; cat out.txt >&2; exit 3');
		assert.deepEqual(await words, ['started', 'stderr: hello from approot', 'exited 3']);
	});

	posix('a script of the role is found as Windows would find it', async () => {
		assert.deepEqual(await run('bin\\setup.sh twice').words, [
			'started',
			`stdout: set up twice in ${folders.temp}`,
			'exited 0',
		]);
	});

	const needsWindows = "'install.cmd > log.txt' needs Windows.";

	posix('a batch file is not tried, and a choice is offered', async () => {
		assert.deepEqual(await run('install.cmd > log.txt').words, [`exited: ${needsWindows} (taskChoice)`]);
	});

	posix('a batch file is left out, or fails, as it was chosen', async () => {
		assert.deepEqual(await run('install.cmd > log.txt', 'skip').words, [
			`exited 0: ${needsWindows} It is left out, as rolewright.json says.`,
		]);
		assert.deepEqual(await run('install.cmd > log.txt', 'fail').words, [
			`exited: ${needsWindows} It fails, as rolewright.json says.`,
		]);
	});

	posix('another command takes its place, with its environment, in its folder', async () => {
		assert.deepEqual(await run('install.cmd', { run: 'echo "$Greeting from $(basename "$PWD")"; exit 4' }).words, [
			`note: In place of 'install.cmd' runs 'echo "$Greeting from $(basename "$PWD")"; exit 4'.`,
			'started',
			'stdout: hello from approot',
			'exited 4',
		]);
	});

	posix('the other command may not need Windows itself', async () => {
		assert.deepEqual(await run('install.cmd', { run: 'setup.exe' }).words, [
			"exited: 'setup.exe' needs Windows. It stands in rolewright.json; correct it there.",
		]);
	});

	posix('a choice counts only where the task cannot run', async () => {
		assert.deepEqual(await run('echo here', 'skip').words, ['started', 'stdout: here', 'exited 0']);
	});

	posix('a kill ends it and what it left running', async () => {
		const task = run('sleep 1003 >/dev/null 2>&1 & echo $!');
		const [, output = ''] = await task.words;
		const pid = Number(output.slice('stdout: '.length));
		assert.equal(isRunning(pid), true);
		task.kill();
		for (let turn = 0; isRunning(pid) && turn < 100; turn++) {
			await new Promise(resolve => setTimeout(resolve, 10));
		}
		assert.equal(isRunning(pid), false);
	});

	const commands: Record<string, string | RegExp> = {
		'node setup.js --fast': 'node setup.js --fast',
		'"bin\\setup.sh" a': 'sh bin/setup.sh a',
		'bin\\missing.sh': 'bin\\missing.sh',
		install: /needs Windows/,
		'cmd /c echo': /needs Windows/,
		'tools\\setup.EXE /quiet': /needs Windows/,
		'powershell -File a.ps1': findProgram('pwsh') ? 'pwsh -File a.ps1' : /needs PowerShell/,
	};
	for (const [commandLine, expected] of Object.entries(commands)) {
		test(`off Windows: ${commandLine}`, () => {
			const command = portableCommand(commandLine, folders.approot, 'linux');
			const words = 'obstacle' in command ? command.obstacle : command.run.commandLine;
			if (typeof expected === 'string') {
				assert.equal(words, expected);
			} else {
				assert.match(words, expected);
			}
		});
	}

	test('on Windows the line goes to the command interpreter as it stands', () => {
		chmodSync(path.join(folders.approot, 'install.cmd'), 0o644);
		assert.deepEqual(portableCommand('install.cmd > log.txt', folders.approot, 'win32'), {
			run: { commandLine: 'install.cmd > log.txt' },
		});
	});
});

function inWords(message: FromTask): string {
	switch (message.type) {
		case 'started':
			return 'started';
		case 'output':
			return `${message.stream}: ${message.text}`;
		case 'exited':
			return [`exited ${message.signal ?? message.exitCode ?? ''}`.trim(), message.text]
				.filter(part => part !== undefined)
				.join(': ')
				.concat(message.offer ? ` (${message.offer.kind})` : '');
		case 'note':
			return `note: ${message.text}`;
	}
}
