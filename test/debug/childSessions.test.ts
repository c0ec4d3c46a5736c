import assert from 'node:assert/strict';
import type { ChildSession } from '../../src/debug/childSession';
import { followInstances } from '../../src/debug/childSessions';
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
		assert.deepEqual(done, ['attach Worker_IN_0 to 101', 'call off Worker_IN_0']);
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

	test('fabric time stands while a debugger is on its way, for ten seconds at most', async () => {
		const { standing, waits, attached, refuse, ended, pass } = follow();
		waits('Worker_IN_0', 1);
		assert.equal(standing.count, 1);
		await settled();
		assert.equal(standing.count, 0, 'it is there');
		refuse('Back_IN_0', 'No .NET debugger was found.');
		waits('Back_IN_0', 1);
		await settled();
		assert.equal(standing.count, 0, 'there is none');
		waits('Worker_IN_0', 2);
		ended('Worker_IN_0');
		assert.equal(standing.count, 0, 'nobody waits');
		waits('Worker_IN_0', 3);
		attached('Worker_IN_0');
		pass(10_000);
		assert.equal(standing.count, 0, 'it has attached and says no more');
	});

	test('the session of a life that is over ends by itself; one that does not is sent away', async () => {
		const { done, waits, attached, ended, hangs, pass } = follow();
		waits('Worker_IN_0', 1);
		attached('Worker_IN_0');
		ended('Worker_IN_0');
		await settled();
		assert.deepEqual(done, ['attach Worker_IN_0 to 101']);
		hangs();
		waits('Worker_IN_0', 2);
		attached('Worker_IN_0');
		await settled();
		ended('Worker_IN_0');
		pass(5_000);
		await settled();
		assert.deepEqual(done.slice(3), ['call off Worker_IN_0 (life 2)']);
	});

	for (const [button, then] of [
		['stop', ['stop Worker_IN_0']],
		['restart', ['recycle Worker_IN_0']],
		['leave', ['Worker_IN_0 goes on']],
	] as const) {
		test(`the button "${button}" of an instance lets go of its process, then does what it says`, async () => {
			const { done, waits, attached, press } = follow();
			waits('Worker_IN_0', 1, 9230);
			attached('Worker_IN_0');
			waits('Front_IN_0', 1, 9231);
			await settled();
			press('Worker_IN_0', button);
			await settled();
			const leaves = button === 'leave' ? ['debug Worker_IN_0: false'] : [];
			assert.deepEqual(done.slice(2), [...leaves, 'detach Worker_IN_0', ...then]);
			press('Worker_IN_0', button);
			await settled();
			assert.deepEqual(
				done.slice(2 + leaves.length),
				['detach Worker_IN_0', ...then],
				'the second word says nothing new',
			);
		});
	}

	test('an instance whose debugger does not answer is stopped after five seconds all the same', async () => {
		const { done, waits, hangs, press, pass } = follow();
		waits('Worker_IN_0', 1, 9230);
		hangs();
		press('Worker_IN_0', 'stop');
		await settled();
		assert.deepEqual(done.slice(1), ['detach Worker_IN_0']);
		pass(5_000);
		await settled();
		assert.deepEqual(done.slice(1), ['detach Worker_IN_0', 'stop Worker_IN_0']);
	});

	test('leaving waits for sessions that are on their way out, and for none longer than five seconds', async () => {
		const { waits, attached, hangs, pass, children } = follow();
		waits('Worker_IN_0', 1, 9230);
		attached('Worker_IN_0');
		hangs();
		let isLeft = false;
		const left = children.detachAll().then(() => {
			isLeft = true;
		});
		pass(4_999);
		await settled();
		assert.equal(isLeft, false);
		pass(1);
		await left;
	});

	test('an order that comes while the service is left is no order any more', async () => {
		const { done, waits, press, children } = follow();
		waits('Worker_IN_0', 1, 9230);
		press('Worker_IN_0', 'stop');
		await children.detachAll();
		await settled();
		assert.deepEqual(done.slice(1), ['detach Worker_IN_0']);
	});

	test('instances of both deployments are told apart, and each has its own code', async () => {
		const { run, world, waits, attached, say, done, press } = playDebugWorld();
		const seen: ChildSession[] = [];
		const { attach } = world.debuggers;
		const debuggers = {
			...world.debuggers,
			attach: (...given: Parameters<typeof attach>) => {
				seen.push(given[0]);
				return attach(...given);
			},
		};
		const children = followInstances(run, debuggers, world.clock, say);
		waits('Worker_IN_0', 1, 9230);
		attached('Worker_IN_0');
		waits('staging:Worker_IN_0', 2, 9231);
		attached('staging:Worker_IN_0');
		await settled();
		assert.deepEqual(
			seen.map(({ name, code }) => [name, code?.copy]),
			[
				['Worker_IN_0', '/state/Worker_IN_0/approot'],
				['staging:Worker_IN_0 (life 2)', '/state/second/Worker_IN_0/approot'],
			],
		);
		await children.detach('staging:Worker_IN_0');
		assert.deepEqual(done.slice(2), [
			...['debug staging:Worker_IN_0: false', 'detach staging:Worker_IN_0 (life 2)', 'staging:Worker_IN_0 goes on'],
		]);
		press('Worker_IN_0', 'restart');
		await settled();
		assert.deepEqual(done.slice(5), ['detach Worker_IN_0', 'recycle Worker_IN_0']);
	});

	test('an instance that is left while it stands goes on, and fabric time with it; the next life is not meant', async () => {
		const { done, waits, press, stands, children } = follow();
		waits('Worker_IN_0', 1);
		await settled();
		stands('Worker_IN_0', true);
		press('Worker_IN_0', 'leave');
		stands('Worker_IN_0', true);
		stands('Worker_IN_0', false);
		await settled();
		assert.deepEqual(
			done.filter(line => /stands|moves/.test(line)),
			['Worker_IN_0 stands', 'Worker_IN_0 moves'],
		);
		waits('Worker_IN_0', 2);
		stands('Worker_IN_0', false);
		assert.equal(done.at(-1), 'attach Worker_IN_0 (life 2) to 102');
		stands('Worker_IN_0 (life 2)', true);
		await children.detachAll();
		stands('Worker_IN_0 (life 2)', false);
		assert.equal(done.at(-1), 'Worker_IN_0 moves');
	});

	for (const how of ['attached', 'stands'] as const) {
		test(`a .NET process whose debugger died (${how}) can never go on: it is ended, and that is said`, async () => {
			const { done, waits, attached, stands, lost, pass } = follow();
			waits('Worker_IN_0', 1);
			if (how === 'attached') {
				attached('Worker_IN_0');
			} else {
				stands('Worker_IN_0', true);
			}
			await settled();
			done.length = 0;
			lost('Worker_IN_0');
			pass(4_999);
			assert.deepEqual(done, []);
			pass(1);
			assert.deepEqual(done, [
				'say: The debugger of Worker_IN_0 died, and a process cannot go on without it; the instance starts anew.',
				'crash Worker_IN_0',
			]);
		});
	}

	test('a process that goes on without its debugger, or has ended with it, is let be', async () => {
		const { done, waits, attached, detached, ended, lost, press, pass } = follow();
		waits('Worker_IN_0', 1);
		attached('Worker_IN_0');
		await settled();
		lost('Worker_IN_0');
		detached('Worker_IN_0');
		pass(5_000);
		waits('Worker_IN_0', 2);
		attached('Worker_IN_0');
		await settled();
		lost('Worker_IN_0 (life 2)');
		ended('Worker_IN_0');
		waits('Worker_IN_0', 3);
		attached('Worker_IN_0');
		pass(5_000);
		await settled();
		lost('Worker_IN_0 (life 3)');
		press('Worker_IN_0 (life 3)', 'leave');
		waits('Front_IN_0', 1, 9230);
		attached('Front_IN_0');
		lost('Front_IN_0');
		pass(5_000);
		assert.deepEqual(
			done.filter(line => /crash|say/.test(line)),
			[],
		);
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
