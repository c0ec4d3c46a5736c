import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, eventually, hasErrors, parts, quickFixes, withService, workspaceFolder } from './support';

const definition = `<ServiceDefinition name="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
	<WorkerRole name="Worker" vmsize="Standard_A1_v2">
		<ConfigurationSettings>
			<Setting name="Queue" />
		</ConfigurationSettings>
	</WorkerRole>
</ServiceDefinition>
`;
const complete = `<ServiceConfiguration serviceName="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
	<Role name="Worker">
		<Instances count="1" />
		<ConfigurationSettings>
			<Setting name="Queue" value="orders" />
		</ConfigurationSettings>
	</Role>
</ServiceConfiguration>
`;
const incomplete = complete.replace('\t\t\t<Setting name="Queue" value="orders" />\n', '');

const names = ['ServiceDefinition.csdef', 'ServiceConfiguration.Local.cscfg', 'ServiceConfiguration.Cloud.cscfg'];
const serviceOf = (configuration: string) =>
	Object.fromEntries(names.map((name, place) => [name, place === 0 ? definition : configuration]));

suite('changing a service in the editor', () => {
	test('a quick fix gives a setting to every configuration that lacks it', async () => {
		await withService(serviceOf(incomplete), async at => {
			const uri = at('ServiceConfiguration.Local.cscfg');
			await edit(uri);
			await hasErrors(uri, ['2 missingSetting']);
			await (await quickFixes(uri)).apply(/all 2 configurations/);
			for (const configuration of names.slice(1)) {
				await hasErrors(at(configuration), []);
			}
		});
	});

	for (const [language, file] of [
		['csharp', 'Mailer/Mailer.csproj'],
		['javascript', 'Mailer/worker.js'],
	] as const) {
		test(`a ${language} role is added to all files in one step, which one undo takes back`, async () => {
			await withService(serviceOf(complete), async at => {
				const before = await textsOf(names.map(at));
				await vscode.commands.executeCommand('rolewright.addRole', {
					service: at('ServiceDefinition.csdef').fsPath,
					language,
					name: 'Mailer',
					instances: 2,
					confirmed: true,
				});
				for (const name of names) {
					assert.match((await vscode.workspace.openTextDocument(at(name))).getText(), /"Mailer"/);
					await hasErrors(at(name), []);
				}
				assert.ok((await vscode.workspace.fs.stat(at(file))).size > 0, 'the file was saved');

				await vscode.window.showTextDocument(at('ServiceDefinition.csdef'));
				await vscode.commands.executeCommand('undo');
				assert.deepEqual(await textsOf(names.map(at)), before);
				await assert.rejects(async () => vscode.workspace.fs.stat(at(file)));
			});
		});
	}

	test('nothing that is there is overwritten', async () => {
		await withService({ ...serviceOf(complete), 'Mailer/worker.js': 'mine' }, async at => {
			await vscode.commands.executeCommand('rolewright.addRole', {
				service: at('ServiceDefinition.csdef').fsPath,
				language: 'javascript',
				name: 'Mailer',
				instances: 1,
				confirmed: true,
			});
			assert.deepEqual(await textsOf([at('Mailer/worker.js'), at('ServiceDefinition.csdef')]), ['mine', definition]);
		});
	});

	test('a new service is complete and without a problem', async () => {
		const { index } = await parts();
		const folder = vscode.Uri.joinPath(workspaceFolder(), 'service-of-a-test-new');
		const at = (name: string) => vscode.Uri.joinPath(folder, name);
		try {
			await vscode.commands.executeCommand('rolewright.newService', {
				name: 'Invoices',
				folder: folder.fsPath,
				confirmed: true,
			});
			await eventually(
				index.onDidChangeServices,
				() => index.serviceAt(at('ServiceDefinition.csdef').fsPath)?.name,
				'Invoices',
			);
			for (const name of names) {
				await hasErrors(at(name), []);
			}
		} finally {
			await vscode.commands.executeCommand('workbench.action.closeAllEditors');
			await vscode.workspace.fs.delete(folder, { recursive: true });
		}
	});
});

function textsOf(uris: readonly vscode.Uri[]): Promise<readonly string[]> {
	return Promise.all(uris.map(async uri => (await vscode.workspace.openTextDocument(uri)).getText()));
}
