// The editor has to be there before what imports it.
import '../test/support/fakeEditor';

import { changesBetween } from '../src/extension/tree/snapshotChanges';
import type { TreeNode } from '../src/extension/tree/treeNodes';
import { inTurns } from '../src/extension/tree/treeTurns';
import { Deployment } from '../src/lifecycle/deployment/deployment';
import type { DeploymentSnapshot } from '../src/lifecycle/snapshot';
import { pace, wallClock } from '../src/node/clock';
import { loopbackNetwork } from '../src/node/network/network';
import { editor } from '../test/support/fakeEditor';
import { endpoint, rolePlan, servicePlan } from '../test/support/fakeService';
import { fakeTree } from '../test/support/fakeTree';
import { FakeWorld } from '../test/support/fakeWorld';
import { type Measured, median } from './measure';

const count = 1_000;

/**
 * A thousand instances whose processes and disks cost next to nothing, with the pace, the ports and the balancer of the real
 * world, and with a tree that draws them: what that needs, how long it keeps everybody else in the process waiting at the
 * most, and what one transition costs.
 */
export async function measureScale(): Promise<readonly Measured[]> {
	const { megabytes } = await wholeLife();
	// From the second time on all code is compiled and memory is there, as in an editor that has run for a while.
	const lives: Awaited<ReturnType<typeof wholeLife>>[] = [];
	for (let life = 0; life < 7; life++) {
		lives.push(await wholeLife());
	}
	const usual = (what: 'start' | 'update' | 'stretch' | 'transition') => median(lives.map(life => life[what]));
	const worst = Math.max(...lives.map(life => life.stretch));
	return [
		{ what: `${count} simulated instances: from the start to all ready`, milliseconds: usual('start') },
		{ what: '  an in-place update of them, one upgrade domain after another', milliseconds: usual('update') },
		{
			what: '  the longest stretch in which nobody else had a turn, from the start to the end',
			milliseconds: usual('stretch'),
			bound: 16,
		},
		{
			what: `  the longest of ${lives.length} lives of theirs, with what else the machine did meanwhile`,
			milliseconds: worst,
		},
		{
			what: '  one transition, its snapshot, and what a tree has to draw anew',
			milliseconds: usual('transition'),
			bound: 10,
		},
		{ what: '  memory that all of it adds to the process', milliseconds: megabytes, unit: 'MB', bound: 200 },
	];
}

async function wholeLife() {
	const before = process.memoryUsage().rss;
	const network = loopbackNetwork({ clock: wallClock });
	const world = Object.assign(new FakeWorld(), { pace, network });
	const role = rolePlan({ count, endpoints: [endpoint('Site', 'input', 18_080), endpoint('Inner', 'internal')] });
	const plan = servicePlan([role]);
	const others = watchOthers();
	const kept = { onStopLimit: 300_000, debug: new Set<string>() };
	const deployment = new Deployment(plan, world, kept);
	const tree = drawnTree(deployment);
	const start = await timeUntil(deployment, 1, () => deployment.start());
	const update = await timeUntil(deployment, 2, () => deployment.update(plan, 'auto', 'stdin'));
	const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
	const times: number[] = [];
	for (let turn = 0; turn < 15; turn++) {
		times.push(await transitionTime(deployment, turn));
	}
	void deployment.stop();
	await reached(deployment, ({ status }) => status === 'Stopped');
	const stretch = others.longest();
	tree.dispose();
	await network.close();
	return { start, update, stretch, transition: median(times), megabytes };
}

/**
 * The tree of the view, with every page open: each row is made anew as VS Code asks for it, with one question for all the
 * open pages of a group.
 */
function drawnTree(deployment: Deployment): { dispose(): void } {
	const { tree, show } = fakeTree(['Worker']);
	const provider = inTurns(tree);
	const draw = async (nodes: readonly TreeNode[]): Promise<void> => {
		for (const node of nodes) {
			if (tree.getTreeItem(node).collapsibleState !== editor.TreeItemCollapsibleState.None) {
				await draw((await provider.getChildren(node)) ?? []);
			}
		}
	};
	const drawing = tree.onDidChangeTreeData(nodes => void draw(nodes ?? []));
	const watching = deployment.onSnapshot(show);
	return {
		dispose: () => {
			watching.dispose();
			drawing.dispose();
			tree.dispose();
		},
	};
}

/** From the order to the redraw, with the whole life that begins between them: some ten transitions, so a tenth is one. */
async function transitionTime(deployment: Deployment, turn: number): Promise<number> {
	const instance = `Worker_IN_${turn * 10}`;
	const transitions = { count: 0 };
	const drawing = { drawn: deployment.snapshot };
	const listening = deployment.onSnapshot(snapshot => {
		transitions.count += changesBetween(drawing.drawn, snapshot).length;
		drawing.drawn = snapshot;
	});
	const began = performance.now();
	deployment.submit({ command: 'recycle', instance }, 'stdin');
	await reached(
		deployment,
		({ instances }) => instances[turn * 10]?.life === 3 && instances[turn * 10]?.inRotation === true,
	);
	listening.dispose();
	return (performance.now() - began) / Math.max(1, transitions.count);
}

async function timeUntil(deployment: Deployment, life: number, act: () => void): Promise<number> {
	const began = performance.now();
	act();
	const isThere = ({ status, instances }: DeploymentSnapshot) =>
		status === 'Running' && instances.every(each => each.state === 'ReadyRole' && each.life === life);
	await reached(deployment, isThere);
	return performance.now() - began;
}

function reached(deployment: Deployment, is: (snapshot: DeploymentSnapshot) => boolean): Promise<void> {
	return new Promise(resolve => {
		const listening = deployment.onSnapshot(snapshot => {
			if (is(snapshot)) {
				listening.dispose();
				resolve();
			}
		});
	});
}

/**
 * Takes every turn that it can get: the time between two of them is what it was kept waiting. No more of it counts than the
 * processor worked for this process, so that nothing else that the machine does meanwhile falls on it.
 */
function watchOthers(): { longest(): number } {
	let last = { at: performance.now(), work: process.cpuUsage() };
	let longest = 0;
	let watches = true;
	const look = (): void => {
		const { user, system } = process.cpuUsage(last.work);
		const waited = Math.min(performance.now() - last.at, (user + system) / 1_000);
		longest = Math.max(longest, waited);
		last = { at: performance.now(), work: process.cpuUsage() };
		if (watches) {
			setImmediate(look);
		}
	};
	setImmediate(look);
	return {
		longest: () => {
			watches = false;
			return longest;
		},
	};
}
