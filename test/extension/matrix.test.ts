import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { MatrixPage } from '../../src/extension/forms/matrixPanel';
import type { ToMatrix } from '../../src/views/matrix/protocol';
import { closeEditors, eventually, parts, shop, withService } from './support';

type Told<T extends ToMatrix['type']> = ToMatrix & { readonly type: T };

/** What the page is told next; `work` is what brings it about. */
async function tells<T extends ToMatrix['type']>(
	page: MatrixPage,
	type: T,
	suits: (message: Told<T>) => boolean,
	work: () => unknown,
): Promise<Told<T>> {
	const told = new Promise<Told<T>>(resolve => {
		const listening = page.onDidTell(message => {
			if (message.type === type && suits(message as Told<T>)) {
				listening.dispose();
				resolve(message as Told<T>);
			}
		});
	});
	await work();
	return told;
}

const configuration = (greeting: string, key: string) => `<ServiceConfiguration serviceName="Shop" osFamily="7"\r
	xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">\r
	<Role name="Clerk"> <!-- the clerk -->\r
		<Instances count='2' />\r
		<ConfigurationSettings>\r
			<Setting name="Greeting" value="${greeting}" />${key === '' ? '' : `\r\n\t\t\t<Setting name="ApiKey" value="${key}" />`}\r
		</ConfigurationSettings>\r
	</Role>\r
</ServiceConfiguration>\r
`;

function files(): Readonly<Record<string, string>> {
	const { 'ServiceDefinition.csdef': definition = '' } = shop();
	return {
		'ServiceDefinition.csdef': definition.replace(
			'<Runtime>',
			'<ConfigurationSettings><Setting name="Greeting" /><Setting name="ApiKey" /></ConfigurationSettings>\n\t\t<Runtime>',
		),
		'ServiceConfiguration.Local.cscfg': configuration('hello', ''),
		'ServiceConfiguration.Cloud.cscfg': configuration('hello', 's3cret-value'),
	};
}

const greeting = { kind: 'setting', role: 'Clerk', name: 'Greeting' } as const;
const apiKey = { ...greeting, name: 'ApiKey' };

async function open(path: string): Promise<MatrixPage> {
	await vscode.commands.executeCommand('rolewright.showConfigurations', path);
	return (await parts()).matrices.of({ path, only: undefined }) ?? assert.fail('no page was opened');
}

/** The rows of a matrix as `name: mark: cells`. */
function rowsOf({ columns, rows }: Told<'matrix'>): readonly string[] {
	const names = columns.map(({ name }) => name);
	return [
		names.join(' | '),
		...rows.map(
			row => `${row.kind} ${row.name}: ${row.mark}: ${row.cells.map(({ shown }) => shown ?? '-').join(' | ')}`,
		),
	];
}

suite('configurations side by side in the editor', () => {
	test('shows every value, masks secrets, edits in place; the text is edited, and one undo takes it back', async () => {
		await withService(files(), async at => {
			const page = await open(at('ServiceDefinition.csdef').fsPath);
			const first = await tells(
				page,
				'matrix',
				() => true,
				() => {},
			);
			assert.deepEqual(rowsOf(first), [
				'Cloud | Local',
				'osFamily : equal: 7 | 7',
				'instances : equal: 2 | 2',
				'setting Greeting: equal: hello | hello',
				'setting ApiKey: missing: ••• | -',
			]);
			assert.doesNotMatch(JSON.stringify(first), /s3cret/);
			const [cloud, local] = first.columns.map(({ path }) => path);
			assert.ok(cloud && local);

			const asked = await tells(
				page,
				'secret',
				() => true,
				() => page.take({ type: 'reveal', subject: apiKey, path: cloud }),
			);
			assert.equal(asked.value, 's3cret-value');

			const document = await vscode.workspace.openTextDocument(local);
			const before = document.getText();
			const text = (expected: string) =>
				eventually(vscode.workspace.onDidChangeTextDocument, () => document.getText(), expected);
			await tells(
				page,
				'matrix',
				message => rowsOf(message).includes('setting Greeting: different: hello | good "day"'),
				() => page.take({ type: 'set', subject: greeting, path: local, value: 'good "day"' }),
			);
			await text(before.replace('"hello"', '"good &quot;day&quot;"'));
			await tells(
				page,
				'matrix',
				message => rowsOf(message).includes('setting ApiKey: equal: ••• | •••'),
				() => page.take({ type: 'copy', subject: apiKey, from: cloud, to: [local] }),
			);
			assert.match(document.getText(), /\r\n\t\t\t<Setting name="ApiKey" value="s3cret-value" \/>\r\n/);
			await page.take({ type: 'undo' });
			await page.take({ type: 'undo' });
			await text(before);

			await tells(
				page,
				'matrix',
				message => rowsOf(message).includes('setting Greeting: different: hello | typed'),
				async () => {
					const editor = await vscode.window.showTextDocument(document);
					const place = document.positionAt(before.indexOf('hello'));
					await editor.edit(change => change.replace(new vscode.Range(place, place.translate(0, 5)), 'typed'));
					// A page that nobody sees is told when it is shown again.
					page.reveal();
				},
			);
		});
	});

	test('any two are compared, and a file that is read-only says so and stays as it is', async () => {
		await withService(files(), async at => {
			const [local, cloud] = [at('ServiceConfiguration.Local.cscfg'), at('ServiceConfiguration.Cloud.cscfg')];
			await chmod(local.fsPath, 0o444);
			await vscode.commands.executeCommand('rolewright.compareConfigurations', local, cloud);
			const subject = { path: at('ServiceDefinition.csdef').fsPath, only: [local.fsPath, cloud.fsPath] };
			const page = (await parts()).matrices.of(subject) ?? assert.fail('no page was opened');
			const told = await tells(
				page,
				'matrix',
				() => true,
				() => {},
			);
			assert.equal(told.onlyDifferences, true);
			assert.deepEqual(rowsOf(told).at(-1), 'setting ApiKey: missing: - | •••');
			assert.deepEqual(
				told.columns.map(({ locked }) => locked),
				['ServiceConfiguration.Local.cscfg is read-only: make it writable to change it here.', undefined],
			);
			const refused = page.take({ type: 'set', subject: greeting, path: local.fsPath, value: 'no' });
			await assert.rejects(refused, /is read-only/);
			await page.take({ type: 'compareTexts' });
			const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
			assert.ok(input instanceof vscode.TabInputTextDiff);
			await chmod(local.fsPath, 0o644);
		});
	});

	test('a configuration without a definition, from elsewhere, is shown with those beside it', async () => {
		const { files: known, matrices } = await parts();
		const folder = await mkdtemp(path.join(tmpdir(), 'rolewright-alone-'));
		const at = (file: string) => vscode.Uri.file(path.join(folder, file));
		const names = ['ServiceConfiguration.Cloud.cscfg', 'ServiceConfiguration.Local.cscfg'];
		for (const name of names) {
			await vscode.workspace.fs.writeFile(at(name), Buffer.from(files()[name] ?? ''));
		}
		try {
			const [cloud, local] = names.map(name => at(name).fsPath);
			await vscode.window.showTextDocument(at('ServiceConfiguration.Local.cscfg'));
			await eventually(known.onDidChange, () => known.textAt(cloud ?? '') !== undefined, true);
			await vscode.commands.executeCommand('rolewright.showConfigurations', local);
			const page = [cloud, local].flatMap(each => matrices.of({ path: each ?? '', only: undefined }) ?? [])[0];
			const rows = rowsOf(
				await tells(
					page ?? assert.fail('no page was opened'),
					'matrix',
					() => true,
					() => {},
				),
			);
			assert.deepEqual([rows[0], rows.at(-1)], ['Cloud | Local', 'setting ApiKey: missing: ••• | -']);
		} finally {
			await closeEditors();
			await rm(folder, { recursive: true });
		}
	});

	test('a text that was never saved says what to do', async () => {
		const document = await vscode.workspace.openTextDocument({ language: 'cscfg', content: configuration('a', 'b') });
		await vscode.window.showTextDocument(document);
		await vscode.commands.executeCommand('rolewright.showConfigurations', document.uri);
		const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
		assert.ok(!labels.some(label => /^Configurations of/.test(label)), labels.join());
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	});
});
