import assert from 'node:assert/strict';
import { type Command, commandText } from '../../src/lifecycle/command';
import { parseCommand } from '../../src/lifecycle/parseCommand';

suite('The words of a command', () => {
	const written: readonly (readonly [line: string, command: Command])[] = [
		['recycle Worker_IN_0', { command: 'recycle', instance: 'Worker_IN_0' }],
		['crash Worker_IN_0', { command: 'crash', instance: 'Worker_IN_0' }],
		['stop Worker_IN_0', { command: 'stop', instance: 'Worker_IN_0' }],
		['start Worker_IN_0', { command: 'start', instance: 'Worker_IN_0' }],
		['task Worker_IN_0 2', { command: 'task', instance: 'Worker_IN_0', number: 2 }],
		['attach Worker_IN_0', { command: 'attach', instance: 'Worker_IN_0' }],
		[
			'set Worker Greeting Good morning',
			{ command: 'set', role: 'Worker', setting: 'Greeting', value: 'Good morning' },
		],
		['set Worker Greeting ""', { command: 'set', role: 'Worker', setting: 'Greeting', value: '' }],
		['set Worker A.B " a"', { command: 'set', role: 'Worker', setting: 'A.B', value: ' a' }],
		['set Worker A.B " a\\nb"', { command: 'set', role: 'Worker', setting: 'A.B', value: ' a\nb' }],
		['set Worker Query a "b" c', { command: 'set', role: 'Worker', setting: 'Query', value: 'a "b" c' }],
		['set Worker Query "\\"a\\""', { command: 'set', role: 'Worker', setting: 'Query', value: '"a"' }],
		['scale Worker 3', { command: 'scale', role: 'Worker', count: 3 }],
		['configure My Service.cscfg', { command: 'configure', file: 'My Service.cscfg' }],
		...(['reboot', 'hard-reboot', 'power-cycle', 'reimage', 'rebuild', 'hang', 'heal'] as const).map(
			command => [`${command} Worker_IN_0`, { command, instance: 'Worker_IN_0' }] as const,
		),
		['fail-domain 1', { command: 'fail-domain', domain: 1 }],
		['update auto', { command: 'update', mode: 'auto' }],
		['update manual', { command: 'update', mode: 'manual' }],
		['update simultaneous', { command: 'update', mode: 'simultaneous' }],
		['walk 2', { command: 'walk', domain: 2 }],
		['rollback', { command: 'rollback' }],
		['guest-os-update', { command: 'guest-os-update' }],
		['host-os-update', { command: 'host-os-update' }],
		['stage', { command: 'stage' }],
		['swap', { command: 'swap' }],
		['unstage', { command: 'unstage' }],
		['recycle staging:Worker_IN_0', { command: 'recycle', instance: 'staging:Worker_IN_0' }],
		[
			'set staging:Worker Greeting hello',
			{ command: 'set', role: 'staging:Worker', setting: 'Greeting', value: 'hello' },
		],
		['scale staging:Worker 3', { command: 'scale', role: 'staging:Worker', count: 3 }],
		['configure staging:Service.cscfg', { command: 'configure', file: 'staging:Service.cscfg' }],
		['suspend staging', { command: 'suspend', slot: 'staging' }],
		['walk 2 staging', { command: 'walk', domain: 2, slot: 'staging' }],
		['fail-domain 1 staging', { command: 'fail-domain', domain: 1, slot: 'staging' }],
		['update manual staging', { command: 'update', mode: 'manual', slot: 'staging' }],
		['guest-os-update staging', { command: 'guest-os-update', slot: 'staging' }],
		['suspend', { command: 'suspend' }],
		['resume', { command: 'resume' }],
		['status', { command: 'status' }],
		['quit', { command: 'quit' }],
	];
	for (const [line, command] of written) {
		test(`reads and writes "${line}"`, () => {
			assert.deepEqual(parseCommand(line), command);
			assert.equal(commandText(command), line);
		});
	}

	test('does not care for blanks', () => {
		assert.deepEqual(parseCommand('  recycle \t Worker_IN_0  '), { command: 'recycle', instance: 'Worker_IN_0' });
		assert.deepEqual(parseCommand('set  A   B   c  d '), { command: 'set', role: 'A', setting: 'B', value: 'c  d' });
	});

	test('an update walks by itself where no other way is named', () => {
		assert.deepEqual(parseCommand('update'), { command: 'update', mode: 'auto' });
	});

	test('production need not be named', () => {
		assert.deepEqual(parseCommand('recycle production:Worker_IN_0'), { command: 'recycle', instance: 'Worker_IN_0' });
		assert.deepEqual(parseCommand('suspend production'), { command: 'suspend' });
		assert.deepEqual(parseCommand('update staging'), { command: 'update', mode: 'auto', slot: 'staging' });
	});

	test('takes a missing value as an empty one', () => {
		assert.deepEqual(parseCommand('set Worker Greeting'), {
			command: 'set',
			role: 'Worker',
			setting: 'Greeting',
			value: '',
		});
	});

	const names =
		'The commands are recycle, reboot, hard-reboot, power-cycle, reimage, rebuild, crash, hang, heal, stop, start, set, scale, configure, fail-domain, update, walk, rollback, guest-os-update, host-os-update, stage, swap, unstage, suspend, resume, task, attach, status, quit.';
	const refused: readonly (readonly [line: string, error: string])[] = [
		['restart Worker_IN_0', `There is no command "restart". ${names}`],
		['Recycle Worker_IN_0', `There is no command "Recycle". ${names}`],
		['', `An empty line is no command. ${names}`],
		['suspend Worker_IN_0', 'Write this command as "suspend [staging]".'],
		['swap staging', 'Write this command as "swap".'],
		['reboot', 'Write this command as "reboot INSTANCE".'],
		['fail-domain rack', 'Write this command as "fail-domain N [staging]".'],
		['walk', 'Write this command as "walk N [staging]".'],
		['update slowly', 'Write this command as "update [auto|manual|simultaneous] [staging]".'],
		['rollback now', 'Write this command as "rollback [staging]".'],
		['recycle', 'Write this command as "recycle INSTANCE".'],
		['recycle Worker_IN_0 now', 'Write this command as "recycle INSTANCE".'],
		['quit now', 'Write this command as "quit".'],
		['scale Worker', 'Write this command as "scale ROLE N".'],
		['scale Worker -1', 'Write this command as "scale ROLE N".'],
		['scale Worker two', 'Write this command as "scale ROLE N".'],
		['set Worker', 'Write this command as "set ROLE SETTING VALUE".'],
		['configure', 'Write this command as "configure FILE".'],
		[
			'set Worker Greeting "a\\q"',
			'The value begins and ends with a quotation mark but is no JSON string: write it without them.',
		],
	];
	for (const [line, error] of refused) {
		test(`refuses "${line}"`, () => {
			assert.deepEqual(parseCommand(line), { error });
		});
	}
});
