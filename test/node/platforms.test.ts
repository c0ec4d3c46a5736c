import assert from 'node:assert/strict';
import { forbidden } from '../../src/node/network/network';
import { foundNoProgram } from '../../src/node/processes/commandLines';
import { shellObstacle } from '../../src/node/processes/processStart';
import { findProgram } from '../../src/node/processes/programs';
import { powerShell, programFile, windowsProgram } from '../../src/node/processes/systemPrograms';

/** What is decided otherwise on another system, wherever the tests run. */

suite('on Windows', () => {
	const disk = new Set([
		'C:\\Git\\cmd\\git.exe',
		'D:\\own tools\\php.bat',
		'D:\\own tools\\tool.v2.exe',
		'D:\\app\\start.cmd',
	]);
	const find: typeof findProgram = (name, environment) =>
		findProgram(name, environment, 'win32', file => [...disk].some(each => each.toLowerCase() === file.toLowerCase()));
	const env = { Path: 'relative;"D:\\own tools";C:\\Git\\cmd;C:relative', PathExt: '.COM;.EXE;.BAT' };

	const programs: readonly [name: string, found: string | undefined][] = [
		['git', 'C:\\Git\\cmd\\git.EXE'],
		['git.exe', 'C:\\Git\\cmd\\git.exe'],
		['php', 'D:\\own tools\\php.BAT'],
		['tool.v2', 'D:\\own tools\\tool.v2.EXE'],
		['start', undefined],
		['gi', undefined],
	];
	for (const [name, found] of programs) {
		test(`'${name}' is ${found ?? 'nowhere'} on the path, whatever the case of its variables`, () => {
			assert.equal(find(name, env), found);
		});
	}

	test('a name is never a file of the working folder', () => {
		assert.equal(programFile('git', env, 'win32', find), 'C:\\Git\\cmd\\git.EXE');
		// Nothing is there, so the system says that there is no such program.
		assert.equal(programFile('nothing', { SystemRoot: 'E:\\Win' }, 'win32', find), 'E:\\Win\\System32\\nothing');
		assert.equal(programFile('D:\\app\\x.exe', env, 'win32', find), 'D:\\app\\x.exe');
		// A batch file is passed over.
		assert.equal(programFile('php', env, 'win32', find), 'C:\\Windows\\System32\\php');
		assert.equal(programFile('git', env, 'linux', find), 'git');
	});

	test('its own programs are its own', () => {
		assert.equal(windowsProgram('taskkill.exe', { SystemRoot: 'C:\\WINDOWS' }), 'C:\\WINDOWS\\System32\\taskkill.exe');
		assert.equal(windowsProgram(powerShell, {}), 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
	});

	test('the command interpreter is not sent to a network share', () => {
		const obstacle = (cwd: string, run: Parameters<typeof shellObstacle>[0]['run'], platform: NodeJS.Platform) =>
			shellObstacle({ run, cwd }, platform) !== undefined;
		const line = { commandLine: 'npm run build' };
		assert.deepEqual(
			[
				obstacle('\\\\server\\share\\Shop', line, 'win32'),
				obstacle('//server/share/Shop', line, 'win32'),
				obstacle('\\\\server\\share\\Shop', { command: 'git' }, 'win32'),
				obstacle('\\\\?\\C:\\Shop', line, 'win32'),
				obstacle('C:\\Shop', line, 'win32'),
				obstacle('//server/share/Shop', line, 'linux'),
			],
			[true, true, false, false, false, false],
		);
	});

	const ends: readonly [exitCode: number, commandLine: string, isNone: boolean][] = [
		[9009, 'nothing -x', true],
		[1, 'nothing -x', true],
		[1, 'bin\\nothing.exe', true],
		[0, 'nothing', false],
		[2, 'nothing', false],
		[1, 'git status', false],
		[1, 'start.cmd', false],
		[1, 'start', false],
		[1, 'START /wait x', false],
		[1, '"C:\\a b\\x.exe" -y', false],
		[127, 'nothing', false],
	];
	for (const [exitCode, commandLine, isNone] of ends) {
		test(`code ${exitCode} of '${commandLine}': ${isNone ? 'there is no such program' : 'a reason of its own'}`, () => {
			assert.equal(foundNoProgram(exitCode, commandLine, 'D:\\app', env, 'win32', find), isNone);
		});
	}

	test('a low port is nothing for administrators', () => {
		assert.equal(forbidden(80, 'win32'), 'is kept back by this system');
		assert.match(forbidden(80, 'linux'), /^may be opened by an administrator only/);
		assert.match(forbidden(80, 'darwin'), /^may be opened by an administrator only/);
		assert.equal(forbidden(8080, 'darwin'), 'is kept back by this system');
	});
});

suite('elsewhere', () => {
	test('a name is looked for as it stands, in absolute folders', () => {
		const find = (name: string, PATH: string) =>
			findProgram(name, { PATH, Path: '/other' }, 'darwin', file => file === '/opt/homebrew/bin/node');
		assert.equal(find('node', 'bin:/usr/bin:/opt/homebrew/bin'), '/opt/homebrew/bin/node');
		assert.equal(find('Node', '/opt/homebrew/bin'), undefined);
	});

	test('the command interpreter says 127 where there is no such program', () => {
		assert.deepEqual(
			[127, 1, 9009, undefined].map(code => foundNoProgram(code, 'nothing', '/', {}, 'darwin')),
			[true, false, false, false],
		);
	});
});
