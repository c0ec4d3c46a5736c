import assert from 'node:assert/strict';
import { type ChildSession, followInstances } from '../../src/debug/childSessions';
import { playDebugWorld, settled } from '../support/debugWorld';

suite('child sessions', () => {
	test('an instance that waits gets a session in each life', async () => {
		const { done, waits, attached, ended } = follow();
		waits('Worker_IN_0', 1);
		attached('Worker_IN_0');
		ended('Worker_IN_0');
		waits('Worker_IN_0', 2);
		waits('Front_IN_0', 1, 9230);
		assert.deepEqual(done, [
			'attach Worker_IN_0 to 101',
			'attach Worker_IN_0 (life 2) to 102',
			'attach Front_IN_0 to 9230',
		]);
	});

	test('a .NET host gets word when its debugger is ready; a Node host is told by the debugger itself', async () => {
		const { done, waits, pass } = follow();
		waits('Worker_IN_0', 1);
		await settled();
		pass(60_000);
		assert.deepEqual(done, ['attach Worker_IN_0 to 101', 'Worker_IN_0 goes on']);
		waits('Front_IN_0', 1, 9230);
		await settled();
		assert.deepEqual(done.slice(2), ['attach Front_IN_0 to 9230']);
	});

	test('a child knows the code that it runs a copy of', () => {
		const { run, world, waits, say } = playDebugWorld();
		const children: ChildSession[] = [];
		const attach = async (child: ChildSession) => void children.push(child);
		followInstances(run, { ...world.debuggers, attach }, world.clock, say);
		waits('Worker_IN_0', 1);
		waits('Elsewhere_IN_0', 1);
		assert.deepEqual(
			children.map(({ code }) => code),
			[{ original: '/orders/Worker', copy: '/state/Worker_IN_0/approot' }, undefined],
		);
	});

	test('whoever comes late finds those that wait', () => {
		const { done, waits, attached, ended, run, world, say } = playDebugWorld();
		waits('Gone_IN_0', 1);
		ended('Gone_IN_0');
		waits('Attached_IN_0', 1);
		attached('Attached_IN_0');
		waits('Worker_IN_0', 1);
		ended('Worker_IN_0');
		waits('Worker_IN_0', 2);
		followInstances(run, world.debuggers, world.clock, say);
		assert.deepEqual(done, ['attach Worker_IN_0 (life 2) to 102']);
	});

	test('a debugger that does not attach in time is given up, and the instance goes on', () => {
		const { done, waits, pass } = follow();
		waits('Worker_IN_0', 1);
		pass(9_999);
		assert.deepEqual(done, ['attach Worker_IN_0 to 101']);
		pass(1);
		assert.deepEqual(done.slice(1), [
			'detach Worker_IN_0',
			'Worker_IN_0 goes on',
			'say: The debugger did not attach to Worker_IN_0 within 10 seconds; it runs without.',
		]);
	});

	test('one that attached may take its time at a breakpoint', () => {
		const { done, waits, attached, pass } = follow();
		waits('Worker_IN_0', 1);
		attached('Worker_IN_0');
		pass(60_000);
		assert.deepEqual(done, ['attach Worker_IN_0 to 101']);
	});

	test('a life that ends while it waits needs no debugger any more', () => {
		const { done, waits, ended, pass } = follow();
		waits('Worker_IN_0', 1);
		ended('Worker_IN_0');
		pass(10_000);
		assert.deepEqual(done, ['attach Worker_IN_0 to 101']);
	});

	test('the end of a startup task is not the end of the life', () => {
		const { done, waits, journal, pass } = follow();
		waits('Worker_IN_0', 1);
		journal('Worker_IN_0', { event: 'process', phase: 'ended', pid: 5, role: 'task', exitCode: 0 });
		pass(10_000);
		assert.deepEqual(done.slice(1, 3), ['detach Worker_IN_0', 'Worker_IN_0 goes on']);
	});

	test('no debugger: every instance goes on, and that is said once', async () => {
		const { done, waits, refuse } = follow();
		for (const name of ['Worker_IN_0', 'Back_IN_0', 'Worker_IN_0 (life 2)']) {
			refuse(name, 'No .NET debugger was found.');
		}
		waits('Worker_IN_0', 1);
		waits('Back_IN_0', 1);
		await settled();
		waits('Worker_IN_0', 2);
		await settled();
		assert.deepEqual(
			done.filter(line => !line.startsWith('detach') && !line.startsWith('attach')),
			['Worker_IN_0 goes on', 'say: No .NET debugger was found.', 'Back_IN_0 goes on', 'Worker_IN_0 goes on'],
		);
	});

	test('a debugger that fails for a life that is over disturbs nobody', async () => {
		const { done, waits, refuse } = follow();
		refuse('Worker_IN_0', 'Too late.');
		waits('Worker_IN_0', 1);
		waits('Worker_IN_0', 2);
		await settled();
		assert.deepEqual(done.slice(2), ['Worker_IN_0 goes on'], 'only the second life is told');
	});

	test('leaving lets go of every process and hears no more', async () => {
		const { done, waits, attached, pass, children } = follow();
		waits('Worker_IN_0', 1);
		attached('Worker_IN_0');
		waits('Front_IN_0', 1, 9230);
		await children.detachAll();
		waits('Worker_IN_0', 2);
		pass(10_000);
		assert.deepEqual(done.slice(2), ['detach Worker_IN_0', 'detach Front_IN_0']);
	});
});

function follow() {
	const played = playDebugWorld();
	const { run, world, say } = played;
	return { ...played, children: followInstances(run, world.debuggers, world.clock, say) };
}
