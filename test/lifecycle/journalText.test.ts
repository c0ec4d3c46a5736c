import assert from 'node:assert/strict';
import type { JournalEvent } from '../../src/lifecycle/journal/journal';
import { entryText } from '../../src/lifecycle/journal/journalText';

const written: readonly (readonly [event: JournalEvent, ...lines: string[]])[] = [
	[{ event: 'state', state: 'ReadyRole', text: 'Ready' }, 'Ready'],
	[{ event: 'step', step: 3, phase: 'begin', text: 'Boot it' }, '3/9 Boot it'],
	[{ event: 'step', step: 3, phase: 'end', text: 'Boot it' }],
	[{ event: 'process', phase: 'started', pid: 7, role: 'host' }, 'host process 7 started'],
	[{ event: 'process', phase: 'ended', pid: 7, role: 'host', exitCode: 0 }, 'host process 7 ended with code 0'],
	[
		{ event: 'process', phase: 'ended', pid: 7, role: 'task', exitCode: 9009, text: 'setup' },
		'task process 7 (setup) ended with code 9009 (the command interpreter found no such program)',
	],
	[
		{ event: 'process', phase: 'ended', pid: 7, role: 'task', signal: 'SIGKILL', text: 'node setup.js' },
		'task process 7 (node setup.js) ended by SIGKILL',
	],
	[{ event: 'call', call: 'OnStart', phase: 'begin' }, 'OnStart begins'],
	[{ event: 'call', call: 'OnStart', phase: 'end', result: true }, 'OnStart returned true'],
	[{ event: 'call', call: 'OnStop', phase: 'end' }, 'OnStop returned'],
	[
		{ event: 'call', call: 'Run', phase: 'end', error: { type: 'E', message: 'no', stack: 'E: no\n  at a\r\n  at b' } },
		'Run threw E: no',
		'  at a',
		'  at b',
	],
	[
		{ event: 'call', call: 'Run', phase: 'end', error: { type: 'E', message: 'no', stack: '  at a' } },
		'Run threw E: no',
		'  at a',
	],
	[{ event: 'output', stream: 'stdout', text: 'own words' }, 'own words'],
	[{ event: 'command', command: 'recycle A_IN_0', by: 'stdin' }, '> recycle A_IN_0'],
	[{ event: 'command', command: 'recycle A_IN_0', by: 'role' }, '> recycle A_IN_0 (role)'],
	[
		{
			event: 'restart',
			cause: [
				{ what: 'unhandled exception in Run', detail: 'E: no', file: '/a.cs', line: 4 },
				{ what: 'process ended', detail: '' },
			],
			delay: 2_000,
		},
		'restarts in 2 s: unhandled exception in Run (E: no) at /a.cs:4, so process ended',
	],
	[{ event: 'restart', cause: [{ what: 'command', detail: 'recycle' }], delay: 0 }, 'restarts now: command (recycle)'],
	[
		{ event: 'disk', disk: 'local', name: 'Cache', effect: 'emptied', why: 'a new instance' },
		"disk local 'Cache' emptied: a new instance",
	],
	[
		{ event: 'endpoint', endpoint: 'Web', address: '127.0.0.1', port: 80, phase: 'open', balanced: true },
		'public endpoint Web open at 127.0.0.1:80',
	],
	[
		{
			event: 'endpoint',
			endpoint: 'Web',
			address: '127.0.0.1',
			port: 81,
			phase: 'open',
			balanced: true,
			declaredPort: 80,
		},
		'public endpoint Web open at 127.0.0.1:81 in place of port 80',
	],
	[
		{ event: 'rotation', rotation: 'in', why: "the probe 'Health' is answered", endpoint: 'Web' },
		"in the load balancer's rotation of endpoint Web: the probe 'Health' is answered",
	],
	[{ event: 'rotation', rotation: 'in', why: 'Ready' }, "in the load balancer's rotation: Ready"],
	[{ event: 'rotation', rotation: 'out', why: 'stop' }, "out of the load balancer's rotation: stop"],
	[
		{
			event: 'configuration',
			changes: [
				{ role: 'A', setting: 'S', from: 'x', to: 'y' },
				{ role: 'A', from: '1', to: '2' },
			],
		},
		'setting S of A: x → y',
		'instances of A: 1 → 2',
	],
	[{ event: 'debugger', phase: 'waiting' }, 'waits for a debugger'],
	[{ event: 'debugger', phase: 'attached' }, 'debugger attached'],
	[
		{
			event: 'status',
			deployment: 'Running',
			instances: [
				{
					instance: 'A_IN_0',
					state: 'ReadyRole',
					text: 'Ready',
					life: 2,
					pid: 7,
					endpoints: [
						{ endpoint: 'Web', protocol: 'http', address: '127.0.0.1', port: 80 },
						{
							endpoint: 'Api',
							protocol: 'http',
							address: '127.64.0.4',
							port: 90,
							publicPort: 81,
							declaredPort: 80,
							inRotation: false,
						},
					],
				},
			],
		},
		'deployment Running',
		'A_IN_0  Ready  life 2  process 7  Web 127.0.0.1:80  Api 127.64.0.4:90 (public port 81 in place of 80) out of rotation',
	],
	[{ event: 'error', text: 'One\nTwo' }, 'One', 'Two'],
	[{ event: 'note', text: 'A note' }, 'A note'],
];

suite('The journal for people', () => {
	for (const [event, ...lines] of written) {
		test(`${event.event}: ${lines.join(' / ')}`, () => {
			assert.deepEqual(entryText({ n: 1, at: '2026-01-05T10:00:03.120Z', ...event }).lines, lines);
		});
	}
});
