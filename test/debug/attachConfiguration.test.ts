import assert from 'node:assert/strict';
import { attachConfiguration } from '../../src/debug/attachConfiguration';
import type { ChildSession } from '../../src/debug/childSession';
import type { DotnetDebugger } from '../../src/debug/dotnetDebuggers';

const code = { original: '/orders/Worker', copy: '/state/Worker_IN_0/approot' };
const dotnet: ChildSession = {
	...{ instance: 'Worker_IN_0', life: 2, name: 'Worker_IN_0 (life 2)', code },
	target: { kind: 'dotnet', processId: 4711 },
};
const node: ChildSession = { ...dotnet, target: { kind: 'node', address: '127.0.0.1', port: 9230 } };

const configurations: readonly [
	child: ChildSession,
	debug: DotnetDebugger | undefined,
	expected: object | undefined,
][] = [
	[dotnet, undefined, undefined],
	[
		dotnet,
		{ kind: 'type', type: 'coreclr' },
		{ type: 'coreclr', request: 'attach', name: 'Worker_IN_0 (life 2): .NET', processId: 4711 },
	],
	[
		dotnet,
		{ kind: 'executable', path: '/usr/bin/netcoredbg' },
		{ type: 'rolewright-dotnet', request: 'attach', name: 'Worker_IN_0 (life 2): .NET', processId: 4711 },
	],
	[
		node,
		undefined,
		{
			...{ type: 'node', request: 'attach', name: 'Worker_IN_0 (life 2): JavaScript' },
			...{ address: '127.0.0.1', port: 9230, timeout: 5_000 },
			...{ continueOnAttach: true, skipFiles: ['<node_internals>/**', '**/dist/role-host.js'] },
			...{ localRoot: '/orders/Worker', remoteRoot: '/state/Worker_IN_0/approot' },
		},
	],
];

suite('configuration of a child session', () => {
	for (const [child, debug, expected] of configurations) {
		test(`${child.target.kind} with ${debug ? JSON.stringify(debug) : 'no .NET debugger'}`, () => {
			assert.deepEqual(attachConfiguration(child, debug), expected);
		});
	}
});
