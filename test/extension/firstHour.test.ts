import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { rolewright } from './ownDebugger';
import { runOf } from './runs';
import { closeEditors, edit, eventually, parts, shop, withService } from './support';

/** As the sample's Ledger, in a language that needs no build: it keeps a book, and cancels what concerns its first number. */
const ledger = `exports.onStart = role => {
	role.on('changing', ({ changes, cancel }) => changes.some(({ name }) => name === 'FirstNumber') && cancel());
};
exports.run = () => new Promise(() => setInterval(() => {}, 1000));
`;

function ledgerService(): Readonly<Record<string, string>> {
	const files = Object.entries(shop(ledger)).map(([file, text]) => [
		file.replace('Clerk', 'Ledger'),
		text
			.replaceAll('"Clerk"', '"Ledger"')
			.replace(
				'</Runtime>',
				'</Runtime><ConfigurationSettings><Setting name="FirstNumber"/></ConfigurationSettings><LocalResources><LocalStorage name="Book" cleanOnRoleRecycle="false"/><LocalStorage name="Pages"/></LocalResources>',
			)
			.replace(
				'<Instances count="2" />',
				'<Instances count="1" /><ConfigurationSettings><Setting name="FirstNumber" value="1" /></ConfigurationSettings>',
			),
	]);
	return Object.fromEntries(files);
}

/** Buttons of the messages that come while `work` goes on; nobody presses one. */
async function messagesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
	const names = ['showErrorMessage', 'showWarningMessage', 'showInformationMessage'] as const;
	const kept = names.map(name => [name, vscode.window[name]] as const);
	const said: string[] = [];
	const hear = (text: string, ...buttons: readonly string[]): Promise<undefined> => {
		said.push([text, ...buttons].join(' | '));
		return Promise.resolve(undefined);
	};
	Object.assign(vscode.window, Object.fromEntries(names.map(name => [name, hear])));
	try {
		await work();
	} finally {
		Object.assign(vscode.window, Object.fromEntries(kept));
	}
	return said;
}

interface Step {
	readonly id: string;
	readonly description: string;
	readonly media: { readonly svg: string };
	readonly completionEvents: readonly string[];
}

suite('the first hour', () => {
	teardown(closeEditors);

	test('every step of the walkthrough does something that there is, and has its picture', async () => {
		const { extensionPath, packageJSON } = rolewright();
		const [walkthrough]: readonly { readonly id: string; readonly steps: readonly Step[] }[] =
			packageJSON.contributes.walkthroughs;
		assert.ok(walkthrough && walkthrough.steps.length >= 6);
		const known = new Set(await vscode.commands.getCommands(true));
		for (const { id, description, media, completionEvents } of walkthrough.steps) {
			const commands = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command ?? '');
			assert.ok(commands.length > 0, `${id} does nothing`);
			const done = completionEvents.flatMap(event => /^onCommand:(.*)$/.exec(event)?.[1] ?? []);
			assert.deepEqual(
				[...commands, ...done].filter(command => !known.has(command)),
				[],
				id,
			);
			assert.ok(existsSync(`${extensionPath}/${media.svg}`), media.svg);
		}
		await vscode.commands.executeCommand('rolewright.openWalkthrough');
		const tab = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
		// The name of the tab differs from version to version.
		const isShown = () => /^(Welcome|Walkthrough: .*)$/.test(tab());
		await eventually(vscode.window.tabGroups.onDidChangeTabs, isShown, true);
	});

	test('the tour: a recycle, a cancelled change and a reimage, each with what it meant for the code', async () => {
		await withService(ledgerService(), async at => {
			const { running } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const said = await messagesOf(async () => {
				for (const chapter of ['takeTour', 'tourCancelledChange', 'tourReimage']) {
					await vscode.commands.executeCommand(`rolewright.${chapter}`, definition);
				}
			});
			assert.deepEqual(said, [
				"Ledger_IN_0 was recycled: its process ended and another one began. Its code was told: Stopping, OnStop, OnStart. Kept: the system disk, the application files, local storage 'Book'. Emptied or made anew: local storage 'Pages'. | Next: a Cancelled Change | Show Timeline | Read More",
				"A setting of Ledger_IN_0 got another value. Its code was told: Changing (and it cancelled), Stopping, OnStop, OnStart. Kept: the system disk, the application files, local storage 'Book'. Emptied or made anew: local storage 'Pages'. | Next: a Reimage | Show Timeline | Read More",
				"Ledger_IN_0 was reimaged: it has a fresh machine under it. Its code was told: Stopping, OnStop, OnStart. Kept: local storage 'Book'. Emptied or made anew: the system disk, the application files, local storage 'Pages'. | Show Timeline | Read More",
			]);
			const changed = runOf(running, definition)
				.journal()
				.flatMap(entry => (entry.event === 'configuration' ? entry.changes : []));
			assert.deepEqual(changed, [{ role: 'Ledger', setting: 'FirstNumber', from: '1', to: '101' }]);
			await vscode.commands.executeCommand('rolewright.stopService', definition);
			await runOf(running, definition).until(() => running.runOf(definition) === undefined);
		});
	});

	test('the pages of the documentation open as pages', async () => {
		for (const page of ['lifecycle', 'events', 'disks', 'keyboard']) {
			await vscode.commands.executeCommand('rolewright.openDocumentation', page);
			const tabs = () => vscode.window.tabGroups.all.flatMap(group => group.tabs.map(({ label }) => label));
			await eventually(vscode.window.tabGroups.onDidChangeTabs, () => tabs().includes(`Preview ${page}.md`), true);
		}
	});

	test('what has a page links to it from its hover, by a link that can do nothing else', async () => {
		await withService(ledgerService(), async at => {
			const { document } = await edit(at('ServiceDefinition.csdef'));
			const over = async (text: string) => {
				const position = document.positionAt(document.getText().indexOf(text) + 2);
				const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
					'vscode.executeHoverProvider',
					document.uri,
					position,
				);
				const [markdown] = hovers.flatMap(({ contents }) => contents);
				assert.ok(markdown instanceof vscode.MarkdownString);
				return markdown;
			};
			const { value, isTrusted } = await over('<LocalStorage name="Book"');
			assert.match(
				value,
				/\[What survives on which disk\]\(command:rolewright\.openDocumentation\?%5B%22disks%22%5D\)$/,
			);
			assert.deepEqual(isTrusted, { enabledCommands: ['rolewright.openDocumentation'] });
			assert.equal((await over('<ServiceDefinition')).isTrusted, undefined);
		});
	});

	test('a message says what to do next', async () => {
		const said = await messagesOf(async () => {
			await vscode.commands.executeCommand('rolewright.suspendService');
			await vscode.commands.executeCommand('rolewright.recycleInstance');
			await vscode.commands.executeCommand('rolewright.explainProblem', '../../package');
			await vscode.commands.executeCommand('rolewright.openDocumentation', '../README');
			await vscode.commands.executeCommand('rolewright.startService', '/nowhere/at/all');
		});
		assert.deepEqual(
			said.map(text => text.split(' | ').slice(1).join()),
			['Start Service', 'Start Service', 'Open Documentation', 'Open Documentation', 'Show Services'],
		);
	});
});
