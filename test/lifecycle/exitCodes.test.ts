import assert from 'node:assert/strict';
import { exitText, taskExitText } from '../../src/lifecycle/exitCodes';

suite('Exit codes in words', () => {
	const codes: Record<number, string> = {
		0: 'exit code 0',
		1: 'exit code 1',
		3: 'exit code 3',
		126: 'exit code 126 (the program was found, but it may not be executed or is for another system)',
		127: 'exit code 127 (the command interpreter found no such program)',
		3010: 'exit code 3010 (installed, and a restart is wanted; a startup task that is content with that says "exit /b 0")',
		9009: 'exit code 9009 (the command interpreter found no such program)',
		3221225781:
			'exit code 3221225781 (0xC0000135: a library was not found: the .NET or Visual C++ runtime that the program needs is not installed)',
		[-1073741515]:
			'exit code -1073741515 (0xC0000135: a library was not found: the .NET or Visual C++ runtime that the program needs is not installed)',
		2147483649: 'exit code 2147483649 (0x80000001)',
	};
	for (const [exitCode, expected] of Object.entries(codes)) {
		test(exitCode, () => assert.equal(exitText({ exitCode: Number(exitCode) }), expected));
	}

	test('a signal', () => assert.equal(exitText({ signal: 'SIGKILL' }), 'ended by signal SIGKILL'));

	test('none at all', () => assert.equal(exitText({}), 'ended without an exit code'));

	test('of a startup task, where 0 and 1 are words too', () => {
		assert.equal(taskExitText({ exitCode: 0 }), 'exit code 0 (all is well)');
		assert.match(taskExitText({ exitCode: 1 }), /^exit code 1 \(the command's own word for a failure/);
		assert.match(taskExitText({ exitCode: 9009 }), /found no such program/);
	});
});
