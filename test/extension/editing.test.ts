import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { edit, marked, parts, placeOf, withService } from './support';

const definition = `<ServiceDefinition name="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
  <WorkerRole name="Worker">
    <ConfigurationSettings>
      <Setting name="Queue" />
    </ConfigurationSettings>
    <Startup>
      <Task commandLine="setup.cmd" />
      <Task commandLine="missing.cmd" />
    </Startup>
  </WorkerRole>
</ServiceDefinition>
`;
const configuration = `<ServiceConfiguration serviceName="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
  <Role name="Worker">
    <Instances count="2" />
    <ConfigurationSettings>
      <Setting name="Queue" value="orders" />
    </ConfigurationSettings>
  </Role>
</ServiceConfiguration>
`;
const files = {
	'ServiceDefinition.csdef': definition,
	'ServiceConfiguration.Local.cscfg': configuration,
	'ServiceConfiguration.Cloud.cscfg': configuration,
	'Worker/setup.cmd': 'exit /b 0\r\n',
	'Orders.ccproj': `<Project><ItemGroup>
    <ServiceDefinition Include="ServiceDefinition.csdef" />
    <ServiceConfiguration Include="ServiceConfiguration.Local.cscfg" />
    <ServiceConfiguration Include="ServiceConfiguration.Cloud.cscfg" />
    <ProjectReference Include="Worker\\Worker.csproj"><Name>Worker</Name><RoleName>Worker</RoleName></ProjectReference>
</ItemGroup></Project>
`,
};

suite('editing', () => {
	test('renames a role in every file of the service, also in what is not saved', async () => {
		const { text, offset } = marked(definition.replace('"Worker"', '"Wo|rker"'));
		await withService(files, async at => {
			const uri = at('ServiceDefinition.csdef');
			const { document } = await edit(at('ServiceConfiguration.Local.cscfg'), `<!-- new -->\n${configuration}`);
			await edit(uri, text);
			const changes = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
				'vscode.executeDocumentRenameProvider',
				uri,
				(await vscode.workspace.openTextDocument(uri)).positionAt(offset),
				'Mailer',
			);
			const places = changes
				.entries()
				.flatMap(([file, edits]) =>
					edits.map(({ range, newText }) => `${placeOf(new vscode.Location(file, range))} ${newText}`),
				);
			assert.deepEqual(places.sort(), [
				'Orders.ccproj:5:83 Mailer',
				'ServiceConfiguration.Cloud.cscfg:2:15 Mailer',
				'ServiceConfiguration.Local.cscfg:3:15 Mailer',
				'ServiceDefinition.csdef:2:21 Mailer',
			]);
			assert.ok(await vscode.workspace.applyEdit(changes));
			assert.ok(document.getText().includes('<Role name="Mailer">'));
		});
	});

	test('knows at once what an edit of several files saved and closed', async () => {
		await withService(files, async at => {
			const { index } = await parts();
			const uri = at('ServiceConfiguration.Cloud.cscfg');
			const closed = new Promise<void>(resolve => {
				const listening = vscode.workspace.onDidCloseTextDocument(document => {
					if (document.uri.toString() === uri.toString()) {
						listening.dispose();
						resolve();
					}
				});
			});
			const change = new vscode.WorkspaceEdit();
			change.insert(uri, new vscode.Position(0, 0), '<!-- new -->\n');
			assert.ok(await vscode.workspace.applyEdit(change, { isRefactoring: true }));
			await closed;
			assert.equal(index.at(uri.fsPath)?.file.document.text, `<!-- new -->\n${configuration}`);
		});
	});

	test('says why a name cannot be taken', async () => {
		const { text, offset } = marked(definition.replace('"Worker"', '"Wo|rker"'));
		await withService(files, async at => {
			const { document } = await edit(at('ServiceDefinition.csdef'), text);
			await assert.rejects(
				async () =>
					vscode.commands.executeCommand(
						'vscode.executeDocumentRenameProvider',
						document.uri,
						document.positionAt(offset),
						'a:b',
					),
				/'a:b' cannot name the role 'Worker'/,
			);
		});
	});

	test('formats with the indentation of the editor', async () => {
		await withService(files, async at => {
			const { document } = await edit(at('ServiceDefinition.csdef'), definition.replace(/\n\s*/g, '').concat('\n'));
			const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
				'vscode.executeFormatDocumentProvider',
				document.uri,
				{ tabSize: 2, insertSpaces: true },
			);
			const change = new vscode.WorkspaceEdit();
			change.set(document.uri, edits);
			assert.ok(await vscode.workspace.applyEdit(change));
			assert.equal(document.getText(), definition);
		});
	});

	test('shows who uses a declaration, and which files are there', async () => {
		await withService(files, async at => {
			const { document } = await edit(at('ServiceDefinition.csdef'));
			const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
				'vscode.executeCodeLensProvider',
				document.uri,
			);
			assert.deepEqual(
				lenses.map(({ command }) => command?.title),
				['open role editor', '2 configurations · 2 instances', 'used 2 times'],
			);
			const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
				'vscode.executeLinkProvider',
				document.uri,
			);
			const own = links.filter(({ target }) => target?.scheme === 'file');
			assert.deepEqual(
				own.map(({ range, target }) => `${document.getText(range)} ${path.basename(target?.fsPath ?? '')}`),
				['setup.cmd setup.cmd'],
			);
		});
	});

	test('finds names of all services, and colours them', async () => {
		await withService(files, async at => {
			const { document } = await edit(at('ServiceDefinition.csdef'));
			const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
				'vscode.executeWorkspaceSymbolProvider',
				'Queue',
			);
			const own = symbols.filter(({ location }) => location.uri.fsPath === document.uri.fsPath);
			assert.deepEqual(
				own.map(({ name, containerName }) => `${name} of ${containerName}`),
				['Queue of Worker'],
			);
			const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
				'vscode.provideDocumentSemanticTokens',
				document.uri,
			);
			assert.equal(tokens.data.length, 3 * 5);
		});
	});
});
