import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lives, runOf } from './runs';
import { drawn, eventually, parts, shop, withService } from './support';

suite('a service that runs in the editor', () => {
	test('is shown with its roles, starts, recycles, stops an instance, and stops', async () => {
		await withService(named('Stall'), async at => {
			const { tree, index, running } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const shown = () => drawn(tree, definition);
			const shows = (...lines: readonly string[]) => eventually(tree.onDidChangeTreeData, shown, lines, 30_000);
			await eventually(index.onDidChangeServices, () => index.serviceAt(definition)?.name, 'Stall');
			assert.deepEqual(shown(), ['Stall: Not running [service stopped]', '  Clerk: Worker role [role]']);

			await vscode.commands.executeCommand('rolewright.startService', definition);
			await shows(
				'Stall: Running [service running deployed]',
				'  Clerk: 2 of 2 ready [role running]',
				'    Clerk_IN_0: Ready [instance stop recycle debug]',
				'    Clerk_IN_1: Ready [instance stop recycle debug]',
			);

			await vscode.commands.executeCommand('rolewright.recycleInstance', { definition, instance: 'Clerk_IN_1' });
			const lifeOf = (name: string) =>
				running.runOf(definition)?.snapshot?.instances.find(({ instance }) => instance === name)?.life;
			await eventually(running.onDidChange, () => lifeOf('Clerk_IN_1'), 2);
			await vscode.commands.executeCommand('rolewright.stopInstance', { definition, instance: 'Clerk_IN_0' });
			await shows(
				'Stall: Running [service running deployed]',
				'  Clerk: 1 of 2 ready [role running]',
				'    Clerk_IN_0: Stopped [instance start]',
				'    Clerk_IN_1: Ready [instance stop recycle debug]',
			);

			const pids = running.runOf(definition)?.snapshot?.instances.flatMap(({ pid }) => pid ?? []) ?? [];
			await vscode.commands.executeCommand('rolewright.stopService', definition);
			assert.deepEqual(pids.filter(lives), []);
			await shows('Stall: Not running [service stopped]', '  Clerk: Worker role [role]');
		});
	});

	test('an instance is rebooted, reimaged and broken from the tree, and the service suspended and resumed', async () => {
		await withService(shop(), async at => {
			const { running } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const run = runOf(running, definition);
			await vscode.commands.executeCommand('rolewright.startService', definition);
			await run.becomes('Clerk_IN_0', 'ReadyRole');
			await run.becomes('Clerk_IN_1', 'ReadyRole');
			for (const [place, word] of ['reboot', 'reimage', 'crash'].entries()) {
				await vscode.commands.executeCommand(`rolewright.${word}Instance`, run.nodeOf('Clerk_IN_0'));
				await run.until(() => run.snapshotOf('Clerk_IN_0')?.life === place + 2);
				await run.becomes('Clerk_IN_0', 'ReadyRole');
			}
			await vscode.commands.executeCommand('rolewright.suspendService', { definition });
			await run.becomes('Clerk_IN_1', 'StoppedVM');
			await vscode.commands.executeCommand('rolewright.resumeService', { definition });
			await run.becomes('Clerk_IN_1', 'ReadyRole');
			const commands = run.journal().flatMap(entry => (entry.event === 'command' ? [entry.command] : []));
			assert.deepEqual(commands, [
				...['reboot Clerk_IN_0', 'reimage Clerk_IN_0', 'crash Clerk_IN_0'],
				...['suspend', 'resume'],
			]);
			await vscode.commands.executeCommand('rolewright.stopService', definition);
		});
	});

	test('the definition opens at the role of a node', async () => {
		await withService(shop(), async at => {
			const definition = at('ServiceDefinition.csdef').fsPath;
			await vscode.commands.executeCommand('rolewright.openDefinition', { kind: 'role', definition, role: 'Clerk' });
			const editor = vscode.window.activeTextEditor;
			assert.equal(editor?.document.uri.fsPath, definition);
			// The editor tells of a selection a moment after it has shown it.
			const selected = () => editor.document.getText(editor.selection);
			await eventually(vscode.window.onDidChangeTextEditorSelection, selected, 'Clerk');
		});
	});

	test('a role that never answers is ended by the second word', async () => {
		const deaf = 'exports.onStart = () => { for (;;) {} };\n';
		await withService(shop(deaf), async at => {
			const { running } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const run = runOf(running, definition);
			await vscode.commands.executeCommand('rolewright.startService', definition);
			await run.until(
				() => run.journal().filter(entry => entry.event === 'call' && entry.call === 'OnStart').length === 2,
			);
			const pids = [run.pidOf('Clerk_IN_0'), run.pidOf('Clerk_IN_1')];
			const first = vscode.commands.executeCommand('rolewright.stopService', definition);
			await run.until(() => running.runOf(definition)?.state === 'stopping');
			await vscode.commands.executeCommand('rolewright.stopService', definition);
			await first;
			assert.deepEqual(pids.filter(lives), []);
			assert.equal(running.runOf(definition)?.state, undefined);
		});
	});
});

/** The shop under a name of its own: VS Code may go on holding a text of an earlier test, and its service with it. */
function named(name: string): ReturnType<typeof shop> {
	return Object.fromEntries(
		Object.entries(shop()).map(([file, text]) => [file, text.replaceAll('"Shop"', `"${name}"`)]),
	);
}
