import assert from 'node:assert/strict';
import type { Grouping } from '../src/extension/tree/instanceGroups';
import type { InstanceSnapshot } from '../src/lifecycle/snapshot';
import { type FakeRun, rolePlan, startService } from './support/fakeService';
import { definition, disposeTrees, fakeTree } from './support/fakeTree';

suite('the tree of instances', () => {
	teardown(disposeTrees);

	const groupings: Readonly<Record<Grouping, readonly string[]>> = {
		role: [
			'Shop: Running [service running deployed]',
			'  Front: 2 of 2 ready [role running]',
			'    Front_IN_0: Ready · life 1 · UD 0 · FD 0 [instance stop recycle debug]',
			'    Front_IN_1: Ready · life 1 · UD 1 · FD 1 [instance stop recycle debug]',
			'  Back: 1 of 1 ready [role running]',
			'    Back_IN_0: Ready · life 1 · UD 0 · FD 0 [instance stop recycle debug]',
		],
		upgradeDomain: [
			'Shop: Running [service running deployed]',
			'  Upgrade domain 0: 2 of 2 ready [upgradeDomain]',
			'    Front_IN_0: Ready · life 1 · FD 0 [instance stop recycle debug]',
			'    Back_IN_0: Ready · life 1 · FD 0 [instance stop recycle debug]',
			'  Upgrade domain 1: 1 of 1 ready [upgradeDomain]',
			'    Front_IN_1: Ready · life 1 · FD 1 [instance stop recycle debug]',
		],
		faultDomain: [
			'Shop: Running [service running deployed]',
			'  Fault domain 0: 2 of 2 ready [faultDomain]',
			'    Front_IN_0: Ready · life 1 · UD 0 [instance stop recycle debug]',
			'    Back_IN_0: Ready · life 1 · UD 0 [instance stop recycle debug]',
			'  Fault domain 1: 1 of 1 ready [faultDomain]',
			'    Front_IN_1: Ready · life 1 · UD 1 [instance stop recycle debug]',
		],
	};
	for (const [grouping, expected] of Object.entries(groupings)) {
		test(`groups by ${grouping}`, async () => {
			const { deployment } = await startService([rolePlan({ name: 'Front', count: 2 }), rolePlan({ name: 'Back' })]);
			const { tree, draw, show } = fakeTree(['Front', 'Back']);
			show(deployment.snapshot);
			tree.groupBy(grouping as Grouping);
			assert.deepEqual(draw(), expected);
			for (const node of tree.getChildren()) {
				for (const group of tree.getChildren(node)) {
					assert.deepEqual(
						tree.getChildren(group).map(each => tree.getParent(each)),
						tree.getChildren(group).map(() => group),
					);
				}
			}
		});
	}

	test('shows the roles of a service that does not run, however it is grouped', () => {
		const { draw } = fakeTree(['Front', 'Back'], 'faultDomain');
		assert.deepEqual(draw(), [
			'Shop: Not running [service stopped]',
			'  Front: Worker role [role]',
			'  Back: Worker role [role]',
		]);
	});

	test('a transition redraws the instance alone, and its group where that says something else', async () => {
		const run = await startService([rolePlan({ count: 3 })]);
		const { tree, redrawn, show } = fakeTree(['Worker']);
		const { deployment } = run;
		assert.deepEqual(
			redrawn(() => show(deployment.snapshot)),
			['Shop'],
		);
		assert.deepEqual(
			redrawn(() => show(changed(run, { debugger: 'waiting' }))),
			['Worker_IN_1'],
		);
		assert.deepEqual(
			redrawn(() => show(changed(run, { state: 'CyclingRole' }))),
			['Worker'],
		);
		tree.groupBy('upgradeDomain');
		assert.deepEqual(
			redrawn(() => show(changed(run, { state: 'BusyRole' }))),
			['Worker_IN_1'],
		);
		assert.deepEqual(
			redrawn(() => show(changed(run, { state: 'ReadyRole' }))),
			['Upgrade domain 1'],
		);
	});

	test('a thousand instances are shown in pages', async () => {
		const run = await startService([rolePlan({ count: 1_000 })]);
		const { tree, draw, show, redrawn } = fakeTree(['Worker']);
		redrawn(() => show(run.deployment.snapshot));
		const rows = draw();
		assert.equal(rows.length, 12);
		assert.deepEqual(rows.slice(2, 4), [
			'    Worker_IN_0 to Worker_IN_99: 100 of 100 ready [page]',
			'    Worker_IN_100 to Worker_IN_199: 100 of 100 ready [page]',
		]);
		assert.equal(draw(undefined, '', true).length, 1_012);
		const [service] = tree.getChildren();
		const [group] = tree.getChildren(service);
		const pages = tree.getChildren(group);
		const last = tree.getChildren(pages[9]).at(-1);
		assert.deepEqual([last && tree.getParent(last), pages[9] && tree.getParent(pages[9])], [pages[9], group]);
		redrawn(() => show(run.deployment.snapshot));
		assert.deepEqual(
			redrawn(() => show(changed(run, { life: 2 }))),
			['Worker_IN_1'],
		);
	});

	test('a page is drawn as a whole where many of its rows change, or its own', async () => {
		const run = await startService([rolePlan({ count: 300 })]);
		const { redrawn, show } = fakeTree(['Worker']);
		const first = 'Worker_IN_0 to Worker_IN_99';
		redrawn(() => show(run.deployment.snapshot));
		const elevenLives = Array.from({ length: 11 }, (_, index) => `Worker_IN_${index}`);
		assert.deepEqual(
			redrawn(() => show(changed(run, { life: 2 }, ...elevenLives))),
			[first],
		);
		const busy = changed(run, { state: 'BusyRole' }, 'Worker_IN_5');
		assert.deepEqual(
			redrawn(() => show(busy)),
			['Worker'],
		);
		const another = changed(run, { state: 'BusyRole' }, 'Worker_IN_105');
		assert.deepEqual(
			redrawn(() => show(another)),
			[first, 'Worker_IN_100 to Worker_IN_199'],
		);
	});

	const minute = 60_000;
	const ages: readonly (readonly [milliseconds: number, told: string])[] = [
		[0, 'Ready · life 1'],
		[minute - 1, 'Ready · life 1'],
		[minute, 'Ready · life 1 · up 1 min'],
		[4 * minute, 'Ready · life 1 · up 2 min'],
		[29 * minute, 'Ready · life 1 · up 20 min'],
		[61 * minute, 'Ready · life 1 · up 1 h'],
		[49 * 60 * minute, 'Ready · life 1 · up 2 d'],
	];
	test('says coarsely for how long an instance is up', async () => {
		const run = await startService();
		const { draw, show, setTime } = fakeTree(['Worker']);
		const since = Date.parse(run.deployment.snapshot.instances[0]?.since ?? '');
		for (const [passed, told] of ages) {
			setTime(since + passed);
			show(changed(run, {}, 'Worker_IN_0'));
			assert.equal(draw()[2], `    Worker_IN_0: ${told} · UD 0 · FD 0 [instance stop recycle debug]`);
		}
	});

	test('counts from the beginning of the life, and where none lives from when it came to rest', async () => {
		const run = await startService();
		const { draw, show, setTime } = fakeTree(['Worker']);
		const since = Date.parse(run.deployment.snapshot.instances[0]?.upSince ?? '');
		const later = (minutes: number) => new Date(since + minutes * minute).toISOString();
		setTime(since + 21 * minute);
		const row = (difference: Partial<InstanceSnapshot>) => {
			show(changed(run, difference, 'Worker_IN_0'));
			return draw()[2];
		};
		assert.match(row({ since: later(19) }) ?? '', /: Ready · life 1 · up 20 min · /);
		const { upSince: _, ...stopped } = run.deployment.snapshot.instances[0] ?? assert.fail('there is none');
		show({
			...run.deployment.snapshot,
			instances: [{ ...stopped, text: 'Stopped', state: 'StoppedVM', inRotation: false, since: later(19) }],
		});
		assert.match(draw()[2] ?? '', /: Stopped · life 1 · for 2 min · /);
	});

	test('can be listened to', async () => {
		const run = await startService();
		const { tree, show, setTime } = fakeTree(['Worker']);
		show(changed(run, { inRotation: false, debugger: 'attached' }, 'Worker_IN_0'));
		setTime(Date.parse(run.deployment.snapshot.instances[0]?.since ?? '') + 5 * minute);
		const item = tree.getTreeItem({ kind: 'instance', definition, role: 'Worker', instance: 'Worker_IN_0' });
		assert.equal(
			item.accessibilityInformation?.label,
			'Worker_IN_0, Ready, debugging, out of rotation, life 1, up 5 min, upgrade domain 0, fault domain 0',
		);
	});

	test('the tooltip has the endpoints and the reason of the last restart', async () => {
		const run = await startService();
		const { tree, show } = fakeTree(['Worker']);
		const endpoints = [{ endpoint: 'Web', protocol: 'http', address: '127.0.0.1', port: 5001, publicPort: 8080 }];
		const lastRestart = [{ what: 'Run returned', detail: 'at once', file: 'worker.js', line: 3 }];
		show(changed(run, { endpoints, lastRestart }, 'Worker_IN_0'));
		const node = { kind: 'instance' as const, definition, role: 'Worker', instance: 'Worker_IN_0' };
		const { tooltip } = tree.resolveTreeItem(tree.getTreeItem(node), node);
		const lines = typeof tooltip === 'object' ? tooltip.value.split('\n').map(line => line.trim()) : [];
		assert.ok(lines.includes('Web: http 127.0.0.1:5001 (public port 8080)'), lines.join('\n'));
		assert.ok(lines.includes('- Run returned: at once (worker.js:3)'), lines.join('\n'));
	});

	test('what was closed stays closed, and what was opened open', async () => {
		const { deployment } = await startService([rolePlan({ name: 'Front' }), rolePlan({ name: 'Back' })]);
		const { draw, show } = fakeTree(['Front', 'Back'], 'role', { [`${definition}\nFront`]: false });
		show(deployment.snapshot);
		assert.deepEqual(
			draw().map(row => row.replace(/:.*/, '')),
			['Shop', '  Front', '  Back', '    Back_IN_0'],
		);
	});
});

/** The snapshot of now with one instance changed; all others are the same objects. */
function changed({ deployment }: FakeRun, change: Partial<InstanceSnapshot>, ...of: string[]) {
	const { snapshot } = deployment;
	const names = of.length > 0 ? of : ['Worker_IN_1'];
	return {
		...snapshot,
		instances: snapshot.instances.map(each => (names.includes(each.instance) ? { ...each, ...change } : each)),
	};
}
