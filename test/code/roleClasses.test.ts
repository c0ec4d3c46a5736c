import assert from 'node:assert/strict';
import { roleClassesIn } from '../../src/code/roleClasses';

/** The names of the classes that a role may start with. */
function finds(path: string, text: string, expected: readonly string[]): void {
	const found = roleClassesIn(path, text);
	assert.deepEqual(
		found.map(({ name }) => name),
		expected,
	);
	for (const { name, span } of found) {
		assert.equal(text.slice(span.start, span.end), name);
	}
}

suite('the class that a role starts with', () => {
	for (const [what, path, text, expected] of [
		['C#', 'a.cs', 'namespace N { public class WorkerRole : RoleEntryPoint { } }', ['WorkerRole']],
		[
			'C#, qualified, with interfaces',
			'a.cs',
			'class A<T> : Microsoft.WindowsAzure.ServiceRuntime.RoleEntryPoint, IDisposable { }',
			['A'],
		],
		[
			'C#, in a comment or a text',
			'a.cs',
			'// class A : RoleEntryPoint\nclass B { string s = "class C : RoleEntryPoint"; }',
			[],
		],
		['C#, only named in a body', 'a.cs', 'class A { void M() { RoleEntryPoint x; } }', []],
		['Visual Basic', 'a.vb', 'Public Class WorkerRole\n    Inherits roleentrypoint\nEnd Class', ['WorkerRole']],
		['F#', 'a.fs', 'type WorkerRole() =\n    inherit RoleEntryPoint()\n', ['WorkerRole']],
		['Python', 'a.py', 'class Worker(RoleEntryPoint):\n    pass\n', ['Worker']],
		['another kind of file', 'a.txt', 'class A : RoleEntryPoint', []],
	] as const) {
		test(what, () => finds(path, text, expected));
	}
});
