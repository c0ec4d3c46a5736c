import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TreeNode } from '../../src/extension/instanceTree';
import type { Parts } from '../../src/extension/main';
import { eventually, parts, withService } from './support';

const files = {
	'ServiceDefinition.csdef': `<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
	<WorkerRole name="Clerk">
		<Runtime>
			<EntryPoint>
				<ProgramEntryPoint commandLine="node clerk.js" setReadyOnProcessStart="true" />
			</EntryPoint>
		</Runtime>
	</WorkerRole>
</ServiceDefinition>
`,
	'ServiceConfiguration.Local.cscfg': `<ServiceConfiguration serviceName="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
	<Role name="Clerk">
		<Instances count="2" />
	</Role>
</ServiceConfiguration>
`,
	'Clerk/clerk.js': `exports.onStart = () => console.log('the shop opens');
exports.run = () => new Promise(() => setInterval(() => {}, 1000));
exports.onStop = () => console.log('the shop closes');
`,
};

suite('a service that runs in the editor', () => {
	test('is shown with its roles, starts, recycles, stops an instance, and stops', async () => {
		await withService(files, async at => {
			const { tree, index, running } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const shown = () => drawn(tree, definition);
			const shows = (...lines: readonly string[]) => eventually(tree.onDidChangeTreeData, shown, lines, 30_000);
			await eventually(index.onDidChangeServices, () => index.serviceAt(definition)?.name, 'Shop');
			assert.deepEqual(shown(), ['Shop: Not running [service stopped]', '  Clerk: Worker role [role]']);

			await vscode.commands.executeCommand('rolewright.startService', definition);
			await shows(
				'Shop: Running [service running]',
				'  Clerk: 2 of 2 ready [role]',
				'    Clerk_IN_0: Ready [instance stop recycle debug]',
				'    Clerk_IN_1: Ready [instance stop recycle debug]',
			);

			await vscode.commands.executeCommand('rolewright.recycleInstance', { definition, instance: 'Clerk_IN_1' });
			const lifeOf = (name: string) =>
				running.runOf(definition)?.snapshot?.instances.find(({ instance }) => instance === name)?.life;
			await eventually(running.onDidChange, () => lifeOf('Clerk_IN_1'), 2);
			await vscode.commands.executeCommand('rolewright.stopInstance', { definition, instance: 'Clerk_IN_0' });
			await shows(
				'Shop: Running [service running]',
				'  Clerk: 1 of 2 ready [role]',
				'    Clerk_IN_0: Stopped [instance start]',
				'    Clerk_IN_1: Ready [instance stop recycle debug]',
			);

			const pids = running.runOf(definition)?.snapshot?.instances.flatMap(({ pid }) => pid ?? []) ?? [];
			await vscode.commands.executeCommand('rolewright.stopService', definition);
			assert.deepEqual(pids.filter(isAlive), []);
			await shows('Shop: Not running [service stopped]', '  Clerk: Worker role [role]');
		});
	});
});

/** The service as the view draws it: `label: description [context value]`, indented. */
function drawn(tree: Parts['tree'], definition: string): readonly string[] {
	const draw = (node: TreeNode, indent: string): readonly string[] => {
		const { label, description, contextValue } = tree.getTreeItem(node);
		const below = tree.getChildren(node).flatMap(child => draw(child, `${indent}  `));
		return [`${indent}${label}: ${description} [${contextValue}]`, ...below];
	};
	return tree
		.getChildren()
		.filter(node => node.definition === definition)
		.flatMap(node => draw(node, ''));
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
