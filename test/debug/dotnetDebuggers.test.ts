import assert from 'node:assert/strict';
import { chooseDotnetDebugger, type DotnetCandidates } from '../../src/debug/dotnetDebuggers';

const microsoft = { type: 'coreclr', extension: 'ms-dotnettools.csharp' };
const free = { type: 'coreclr', extension: 'muhammad-sammy.csharp' };
const sharpdbg = { type: 'sharpdbg', extension: 'lextudio.sharpdbg' };
const mono = { type: 'mono', extension: 'ms-vscode.mono-debug' };

const choices: readonly [what: string, found: Partial<DotnetCandidates>, chosen: string | undefined][] = [
	['nothing at all', {}, undefined],
	['a type that cannot attach to .NET', { contributed: [mono] }, undefined],
	['Microsoft’s in its own build', { contributed: [microsoft], uriScheme: 'vscode-insiders' }, 'type coreclr'],
	['Microsoft’s in another build', { contributed: [microsoft], uriScheme: 'vscodium' }, undefined],
	['another provider of the same type', { contributed: [microsoft, free], uriScheme: 'vscodium' }, 'type coreclr'],
	['SharpDbg', { contributed: [sharpdbg] }, 'type sharpdbg'],
	['two extensions', { contributed: [sharpdbg, free] }, 'type coreclr'],
	['a program on the path', { onPath: '/usr/bin/netcoredbg' }, 'executable /usr/bin/netcoredbg'],
	['an extension and a program', { contributed: [free], onPath: '/usr/bin/netcoredbg' }, 'type coreclr'],
	['the variable over an extension', { contributed: [free], variable: '/opt/dbg' }, 'executable /opt/dbg'],
	['the setting over the variable', { setting: '/mine/dbg', variable: '/opt/dbg' }, 'executable /mine/dbg'],
	['a setting that is a type', { setting: 'mono', contributed: [free, mono] }, 'type mono'],
	[
		'a setting that names the refusing type all the same',
		{ setting: 'coreclr', contributed: [microsoft], uriScheme: 'vscodium' },
		'type coreclr',
	],
];

suite('choice of the .NET debugger', () => {
	for (const [what, found, chosen] of choices) {
		test(`${what}: ${chosen ?? 'none'}`, () => {
			const nothing = { setting: '', variable: undefined, contributed: [], uriScheme: 'vscode', onPath: undefined };
			const debug = chooseDotnetDebugger({ ...nothing, ...found });
			assert.equal(debug && `${debug.kind} ${debug.kind === 'type' ? debug.type : debug.path}`, chosen);
		});
	}
});
