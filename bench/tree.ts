// The editor has to be there before what imports it.
import '../test/support/fakeEditor';

import type { TreeNode } from '../src/extension/tree/treeNodes';
import type { InstanceSnapshot } from '../src/lifecycle/snapshot';
import { editor } from '../test/support/fakeEditor';
import { rolePlan, startService } from '../test/support/fakeService';
import { fakeTree } from '../test/support/fakeTree';
import { type Measured, percentile95, timed } from './measure';

const count = 1_000;

/**
 * What the tree of a thousand instances pays for one transition: it finds what has changed and hands it out, and the rows
 * are made anew as VS Code asks for them, with every page open. The peer draws the whole tree instead.
 */
export async function measureTree(): Promise<readonly Measured[]> {
	const { deployment } = await startService([rolePlan({ count })]);
	const { tree, show, draw } = fakeTree(['Worker']);
	const { snapshot } = deployment;
	const after = (change: Partial<InstanceSnapshot>, index: number) => ({
		...snapshot,
		instances: snapshot.instances.map(each => (each.index === index ? { ...each, ...change } : each)),
	});
	const redraw = (node: TreeNode): void => {
		const { collapsibleState } = tree.getTreeItem(node);
		if (collapsibleState !== editor.TreeItemCollapsibleState.None) {
			for (const child of tree.getChildren(node)) {
				redraw(child);
			}
		}
	};
	const drawing = tree.onDidChangeTreeData(nodes => {
		for (const node of nodes ?? []) {
			redraw(node);
		}
	});
	const timers = catchTimers();
	const transition = (change: Partial<InstanceSnapshot>) => (run: number) => {
		show(after(change, run % count));
		timers.runAll();
	};
	try {
		show(snapshot);
		timers.runAll();
		const row = percentile95(transition({ debugger: 'waiting' }));
		const group = percentile95(run => transition({ state: run % 2 ? 'BusyRole' : 'ReadyRole' })(run));
		const all = timed(() => {
			tree.groupBy('role');
			draw(undefined, '', true);
		});
		return [
			{ what: `tree of ${count} instances: a transition that one row tells`, ...row, bound: 10 },
			{ what: '  a transition that changes how many are ready, with every page open', ...group, bound: 10 },
			{ what: '  peer: the whole tree is drawn anew', ...all },
		];
	} finally {
		timers.dispose();
		drawing.dispose();
		tree.dispose();
	}
}

/** What is put off to be drawn with the next changes is done when it is asked for, so that it can be measured. */
function catchTimers(): { runAll(): void; dispose(): void } {
	const { setTimeout: own } = globalThis;
	let waiting: (() => void)[] = [];
	const caught = (work: () => void) => {
		waiting.push(work);
		return 0;
	};
	Reflect.set(globalThis, 'setTimeout', caught);
	return {
		runAll() {
			const works = waiting;
			waiting = [];
			for (const work of works) {
				work();
			}
		},
		dispose: () => Reflect.set(globalThis, 'setTimeout', own),
	};
}
