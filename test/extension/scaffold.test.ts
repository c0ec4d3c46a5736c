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

	const changes: readonly (readonly [command: string, answers: Readonly<Record<string, unknown>>, after: RegExp])[] = [
		[
			'addEndpoint',
			{ name: 'Web', kind: 'input', protocol: 'tcp', port: 8099 },
			/<InputEndpoint name="Web" protocol="tcp" port="8099" \/>/,
		],
		['addSetting', { name: 'Greeting', value: 'Hello' }, /<Setting name="Greeting" \/>/],
		[
			'addStartupTask',
			{ name: 'install', 'task-type': 'simple', 'execution-context': 'limited' },
			/<Task commandLine="install\.cmd"/,
		],
		['duplicateRole', { name: 'Second' }, /<WorkerRole name="Second"/],
		['removeRole', {}, />\n<\/ServiceDefinition>/],
	];
	for (const [command, answers, after] of changes) {
		test(`${command} changes all files in one step, asks nothing that is answered, and one undo takes it back`, async () => {
			const rolewright = '{\n\t// mine\n\t"roles": { "Worker": { "host": "module" } }\n}\n';
			const projectText = `<Project>\n  <ItemGroup>\n    <ProjectReference Include="Worker\\Worker.csproj">\n      <Name>Worker</Name>\n    </ProjectReference>\n    <ServiceDefinition Include="ServiceDefinition.csdef" />\n  </ItemGroup>\n</Project>\n`;
			const files = { ...serviceOf(complete), 'rolewright.json': rolewright, 'Orders.ccproj': projectText };
			await withService(
				{ ...files, 'Worker/Worker.csproj': '<Project Sdk="Microsoft.NET.Sdk">\n</Project>\n' },
				async at => {
					const all = [...Object.keys(files), 'Worker/Worker.csproj'];
					const before = await textsOf(all.map(at));
					await vscode.commands.executeCommand(`rolewright.${command}`, {
						service: at('ServiceDefinition.csdef').fsPath,
						role: 'Worker',
						confirmed: true,
						...answers,
					});
					const [definitionNow = '', , , rolewrightNow = '', projectNow = ''] = await textsOf(all.map(at));
					assert.match(definitionNow, after);
					assert.match(rolewrightNow, /^\{\n\t\/\/ mine\n/);
					assert.equal(projectNow.includes('<RoleName>Second</RoleName>'), command === 'duplicateRole');
					assert.equal(projectNow.includes('ProjectReference'), command !== 'removeRole');
					if (command !== 'removeRole') {
						for (const name of names) {
							await hasErrors(at(name), []);
						}
					}
					if (command === 'addStartupTask') {
						const script = Buffer.from(await vscode.workspace.fs.readFile(at('Worker/install.cmd'))).toString();
						assert.match(script, /^@echo off\r\n/);
						assert.doesNotMatch(script, /[^\r]\n/);
					}
					await vscode.window.showTextDocument(at('ServiceDefinition.csdef'));
					await vscode.commands.executeCommand('undo');
					assert.deepEqual(await textsOf(all.map(at)), before);
				},
			);
		});
	}

	test('a role of the tree is the one that gets a part, else the one at the cursor', async () => {
		await withService(serviceOf(complete), async at => {
			const { fsPath } = at('ServiceDefinition.csdef');
			const editor = await edit(at('ServiceDefinition.csdef'));
			const offset = editor.document.getText().indexOf('"Queue"');
			const here = editor.document.positionAt(offset);
			editor.selection = new vscode.Selection(here, here);
			await vscode.commands.executeCommand('rolewright.addLocalStorage', {
				service: fsPath,
				name: 'Cache',
				size: 10,
				'clean-on-recycle': false,
				confirmed: true,
			});
			assert.match(
				editor.document.getText(),
				/<LocalStorage name="Cache" cleanOnRoleRecycle="false" sizeInMB="10" \/>/,
			);
		});
	});

	test('what is not confirmed is shown first, with every box checked', async () => {
		await withService(serviceOf(complete), async at => {
			let ended = false;
			const adding = vscode.commands.executeCommand('rolewright.addSetting', {
				service: at('ServiceDefinition.csdef').fsPath,
				role: 'Worker',
				name: 'Greeting',
				value: 'Hello',
			});
			const end = adding.then(() => {
				ended = true;
			});
			// The button of the preview does nothing before there is a preview, and nobody tells when there is one.
			while (!ended) {
				await vscode.commands.executeCommand('refactorPreview.apply');
			}
			await end;
			for (const text of await textsOf(names.map(at))) {
				assert.match(text, /<Setting name="Greeting"/);
			}
		});
	});

	test('launch.json and tasks.json get their entries beside what stands in them', async () => {
		const launch = vscode.Uri.joinPath(workspaceFolder(), '.vscode', 'launch.json');
		const tasks = vscode.Uri.joinPath(workspaceFolder(), '.vscode', 'tasks.json');
		const before = '{\n  // mine\n  "configurations": [\n    { "name": "other" }, // stays\n  ]\n}\n';
		const kept = await vscode.workspace.fs.readFile(launch).then(
			bytes => bytes,
			() => undefined,
		);
		await vscode.workspace.fs.writeFile(launch, Buffer.from(before));
		try {
			await withService(serviceOf(complete), async at => {
				await vscode.commands.executeCommand('rolewright.addRole', {
					service: at('ServiceDefinition.csdef').fsPath,
					language: 'typescript',
					name: 'Script',
					instances: 1,
					launch: true,
					confirmed: true,
				});
				const [launchNow = '', tasksNow = ''] = await textsOf([launch, tasks]);
				assert.match(
					launchNow,
					/^\{\n {2}\/\/ mine\n {2}"configurations": \[\n {4}\{ "name": "other" \}, \/\/ stays\n {4}\{\n {6}"type": "rolewright",/,
				);
				assert.match(tasksNow, /"label": "Build Script"/);
				for (const name of names) {
					await hasErrors(at(name), []);
				}
			});
		} finally {
			await vscode.commands.executeCommand('workbench.action.closeAllEditors');
			await vscode.workspace.fs.delete(tasks);
			await (kept ? vscode.workspace.fs.writeFile(launch, kept) : vscode.workspace.fs.delete(launch));
		}
	});

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
