import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { edit, eventually, shop, withService } from './support';

const files = shop();
const configuration = 'ServiceConfiguration.Local.cscfg';
const more = files[configuration]?.replace('count="2"', 'count="3"') ?? '';

/** The lines at the top of a file that tell of changes. */
async function told(uri: vscode.Uri): Promise<readonly string[]> {
	await vscode.workspace.openTextDocument(uri);
	const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
	return lenses.flatMap(({ command }) => (command?.command === 'rolewright.showChangeImpact' ? [command.title] : []));
}

/** Saved, and told of: the answer to a save may come sooner than its event. */
async function save(document: vscode.TextDocument): Promise<void> {
	const told = new Promise<void>(resolve => {
		const listening = vscode.workspace.onDidSaveTextDocument(saved => {
			if (saved === document) {
				listening.dispose();
				resolve();
			}
		});
	});
	assert.ok(await document.save());
	await told;
}

/** The page that the command opens. */
async function shown(uri: vscode.Uri, against: string): Promise<string> {
	await vscode.commands.executeCommand('rolewright.showChangeImpact', uri.fsPath, against);
	const isPage = ({ uri }: vscode.TextDocument) => uri.scheme === 'rolewright-impact' && uri.query.includes(against);
	const document = vscode.workspace.textDocuments.find(isPage) ?? assert.fail('there is no page');
	return document.getText();
}

suite('the impact of changes', () => {
	// In a browser, where these tests run, the editor saves by itself after a second.
	const autoSave = (value: string | undefined) =>
		vscode.workspace.getConfiguration('files').update('autoSave', value, vscode.ConfigurationTarget.Global);
	suiteSetup(() => autoSave('off'));
	suiteTeardown(() => autoSave(undefined));

	test('what is not saved is compared with the disk', async () => {
		await withService(files, async at => {
			assert.deepEqual(await told(at(configuration)), []);
			const { document } = await edit(at(configuration), more);
			assert.deepEqual(await told(document.uri), ['1 unsaved change: applies in place']);
			const page = await shown(document.uri, 'disk');
			assert.match(page, /^### 1\\\. Clerk\\: instances\\: 2 become 3\n/m);
			assert.match(page, /Clerk\\_IN\\_2 \| OnStart\\, Run \|\n/);
			await save(document);
			assert.deepEqual(await told(document.uri), []);
		});
	});

	test('what is not committed is compared with HEAD', async () => {
		await withService(files, async at => {
			const folder = path.dirname(at(configuration).fsPath);
			const git = (...args: string[]) =>
				execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
			git('init', '-q');
			git('add', '.');
			git('commit', '-q', '-m', 'first');
			await withGit(at('.'), async committed => {
				const { document } = await edit(at(configuration), more);
				await save(document);
				assert.deepEqual(await told(document.uri), ['1 change since HEAD: applies in place']);
				assert.match(await shown(document.uri, 'HEAD'), /compared with the last commit/);
				const done = committed();
				git('commit', '-q', '-a', '-m', 'second');
				await done;
				assert.deepEqual(await told(document.uri), []);
			});
		});
	});
});

interface Repository {
	readonly state: { readonly HEAD: { readonly commit?: string } | undefined; readonly onDidChange: vscode.Event<void> };
	status(): Promise<void>;
}

interface GitExtension {
	readonly enabled: boolean;
	readonly onDidChangeEnablement: vscode.Event<boolean>;
	getAPI(version: 1): GitApi;
}

interface GitApi {
	openRepository(folder: vscode.Uri): Promise<Repository | null>;
}

/** VS Code's git extension, which the tests have turned off, with this repository open. */
async function withGit(folder: vscode.Uri, work: (committed: () => Promise<void>) => Promise<void>): Promise<void> {
	const settings = vscode.workspace.getConfiguration('git');
	const target = vscode.ConfigurationTarget.Global;
	try {
		await settings.update('enabled', true, target);
		const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
		assert.ok(git, 'there is no git extension');
		await eventually(git.onDidChangeEnablement, () => git.enabled, true);
		const repository = await git.getAPI(1).openRepository(folder);
		assert.ok(repository, 'git has no repository there');
		await repository.status();
		const commit = () => repository.state.HEAD?.commit;
		await work(async () => {
			const before = commit();
			await new Promise<void>(resolve => {
				const listening = repository.state.onDidChange(() => {
					if (commit() !== before) {
						listening.dispose();
						resolve();
					}
				});
			});
		});
	} finally {
		await settings.update('enabled', undefined, target);
	}
}
