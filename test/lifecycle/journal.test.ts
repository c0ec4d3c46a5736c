import assert from 'node:assert/strict';
import { rolePlan, startService } from '../support/fakeService';
import { boom } from '../support/fakeWorld';

suite('the journal', () => {
	test('counts from 1 without gaps, dates in fabric time, names the instance', async () => {
		const { world, deployment } = await startService([rolePlan({ count: 2 })]);
		await world.pass(3_120);
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_1' }, 'editor');
		await deployment.stop();
		const { entries } = deployment.journal;
		assert.deepEqual(
			entries.map(entry => entry.n),
			entries.map((_, index) => index + 1),
		);
		const command = entries.find(entry => entry.event === 'command');
		assert.deepEqual(command, {
			n: command?.n,
			at: '2026-01-05T10:00:03.120Z',
			instance: 'Worker_IN_1',
			event: 'command',
			command: 'recycle Worker_IN_1',
			by: 'editor',
		});
		assert.deepEqual(
			[...entries].map(entry => entry.at).sort(),
			entries.map(entry => entry.at),
		);
	});

	test('secrets are hidden in every field but the output of the role', async () => {
		const { world, deployment } = await startService([rolePlan({ settings: { AdminPassword: 'first-secret' } })]);
		deployment.submit({ command: 'set', role: 'Worker', setting: 'AdminPassword', value: 'second-secret' }, 'stdin');
		deployment.submit({ command: 'set', role: 'Worker', setting: 'NoSuchPassword', value: 'third-secret' }, 'stdin');
		await world.settled();
		const error = { ...boom, message: 'login first-secret failed', stack: 'at Login(second-secret)' };
		const role = world.process('Worker_IN_0');
		role.say({ type: 'note', text: 'using second-secret' });
		role.say({ type: 'output', stream: 'stdout', text: 'my own first-secret' });
		role.end('Run', { error });
		role.fault({ ...error, message: 'other second-secret' });
		await world.settled();
		const told = deployment.journal.entries.filter(entry => JSON.stringify(entry).includes('-secret'));
		assert.deepEqual(
			told.map(entry => entry.event),
			['output'],
		);
		assert.ok(!JSON.stringify(deployment.snapshot).includes('-secret'));
		const configuration = deployment.journal.entries.find(entry => entry.event === 'configuration');
		assert.deepEqual(configuration?.event === 'configuration' && configuration.changes, [
			{ role: 'Worker', setting: 'AdminPassword', from: '•••', to: '•••' },
		]);
	});

	test('an exception that two messages tell of is one cause; one on another thread is an error entry', async () => {
		const { world, deployment, news } = await startService();
		world.process('Worker_IN_0').end('Run', { error: boom });
		world.process('Worker_IN_0').fault(boom);
		await world.settled();
		assert.deepEqual(news('error'), []);
		world.process('Worker_IN_0').fault(boom);
		await world.settled();
		assert.deepEqual(news('error'), [
			'Worker_IN_0: error: Unhandled exception System.InvalidOperationException: boom (WorkerRole.cs:12)',
		]);
		const restart = deployment.snapshot.instances[0]?.lastRestart;
		assert.equal(restart?.[0]?.n, deployment.journal.entries.find(entry => entry.event === 'error')?.n);
	});

	test('a listener that acts on an entry does so after the event is finished', async () => {
		const { world, deployment, news } = await startService([rolePlan()], { '*#1': { run: 'throws' } });
		let done = false;
		deployment.journal.onEntry(entry => {
			if (entry.event === 'state' && entry.state === 'ReadyRole' && !done) {
				done = true;
				deployment.submit({ command: 'stop', instance: 'Worker_IN_0' }, 'scenario');
			}
		});
		news();
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_0' }, 'scenario');
		await world.settled();
		const words = news('state', 'rotation', 'command');
		assert.deepEqual(words.slice(words.indexOf('Worker_IN_0: ReadyRole')), [
			'Worker_IN_0: ReadyRole',
			'Worker_IN_0: rotation in',
			'Worker_IN_0: > stop Worker_IN_0 (scenario)',
			'Worker_IN_0: rotation out',
			'Worker_IN_0: StoppingRole',
			'Worker_IN_0: StoppedVM',
		]);
	});
});
