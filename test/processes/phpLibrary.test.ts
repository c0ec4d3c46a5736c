import assert from 'node:assert/strict';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type { RoleProcess } from '../../src/lifecycle/roleHost';
import { startProgramHost } from '../../src/node/hosts/programHost';
import { findProgram } from '../../src/node/processes/programs';
import { HeardMessages } from './heardMessages';
import { environment, instanceFolders, roleLife } from './roleLives';

/** The `src` folder of the unmodified library `microsoft/windowsazure`; no registry of this machine may have it. */
const library = process.env.ROLEWRIGHT_PHP_LIBRARY;

suite('A program that uses the PHP library microsoft/windowsazure', () => {
	test('reads its environment, says its status, follows a change, and is told to stop', async function () {
		if (!library || !findProgram('php')) {
			console.log(
				'      Left out: name the src folder of the library as ROLEWRIGHT_PHP_LIBRARY, and have php on the path.',
			);
			this.skip();
		}
		const folders = instanceFolders('php-worker.php');
		const heard = new HeardMessages();
		const entry = { kind: 'program', commandLine: 'php php-worker.php', readyOnStart: true } as const;
		const life = roleLife(folders, entry, { settings: { Greeting: 'grüße' } });
		const variables = { ...life.variables, PHP_LIBRARY: library };
		const program = startProgramHost({ incarnations: new Map() }, { ...life, variables }, entry, heard.hear);
		try {
			await heard.until('status Ready');
			await follow(program, heard, greeting => environment(folders, { Greeting: greeting }));
			program.send({ type: 'stop', raiseStopping: true });
			await heard.until('exited SIGTERM');
			assert.deepEqual(heard.output().slice(0, 2), ['settings {"Greeting":"grüße"}', 'deployment deployment1(3)']);
			assert.ok(heard.output().includes('stopping'));
			assert.deepEqual(heard.calls().slice(0, 3), ['hello program', 'status Busy', 'status Ready']);
			assert.deepEqual(heard.calls().slice(-3), ['Stopping begin', 'Stopping end', 'exited SIGTERM']);
		} finally {
			program.kill();
			await heard.until(/^exited/);
			folders.remove();
		}
	});
});

/** The library follows changes from some moment after its last status on, which it does not tell: one after the other, until it does. */
async function follow(program: RoleProcess, heard: HeardMessages, values: (greeting: string) => RoleEnvironment) {
	const changes = [{ kind: 'setting', name: 'Greeting' }] as const;
	for (let turn = 1; !heard.output().some(line => line.startsWith('changed to')); turn++) {
		assert.ok(turn < 20, heard.words().join('\n'));
		const next = values(`number ${turn}`);
		const ends = () => heard.calls().filter(word => word === 'Changing end {"cancel":false}').length;
		program.send({ type: 'changing', changes, environment: next });
		while (ends() < turn) {
			await heard.next();
		}
		program.send({ type: 'changed', changes, environment: next });
	}
}
