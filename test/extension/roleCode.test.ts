import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, eventually, marked, placeOf, withService } from './support';

const definition = `<ServiceDefinition name="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
	<WorkerRole name="Worker">
		<ConfigurationSettings>
			<Setting name="Queue" />
			<Setting name="Topic" />
		</ConfigurationSettings>
	</WorkerRole>
</ServiceDefinition>
`;
const configuration = `<ServiceConfiguration serviceName="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
	<Role name="Worker">
		<Instances count="1" />
		<ConfigurationSettings>
			<Setting name="Queue" value="orders" />
			<Setting name="Topic" value="news" />
		</ConfigurationSettings>
	</Role>
</ServiceConfiguration>
`;
const code = `class WorkerRole {
	string queue = RoleEnvironment.GetConfigurationSettingValue("Queue");
}
`;
const files = {
	'ServiceDefinition.csdef': definition,
	'ServiceConfiguration.Local.cscfg': configuration,
	'Worker/WorkerRole.cs': code,
};

suite('names in role code in the editor', () => {
	test('a name that nothing declares is a warning, in a file that is not open, and a fix declares it', async () => {
		await withService(files, async at => {
			const uri = at('Worker/WorkerRole.cs');
			await warns(uri, []);
			await vscode.workspace.fs.writeFile(uri, Buffer.from(code.replace('"Queue"', '"Archive"')));
			await warns(uri, ["2 undeclaredInCode: The role 'Worker' has no setting 'Archive'"]);
			const range = vscode.languages.getDiagnostics(uri)[0]?.range ?? assert.fail();
			await vscode.workspace.openTextDocument(uri);
			const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
				'vscode.executeCodeActionProvider',
				uri,
				range,
			);
			const fix = actions.find(({ title }) => title === "Declare the setting 'Archive' in the role 'Worker'");
			assert.ok(fix?.edit, `no fix in: ${actions.map(({ title }) => title)}`);
			assert.ok(await vscode.workspace.applyEdit(fix.edit));
			await warns(uri, []);
			const local = await vscode.workspace.openTextDocument(at('ServiceConfiguration.Local.cscfg'));
			assert.match(local.getText(), /<Setting name="Archive" value="" \/>/);
			await vscode.workspace.saveAll();
		});
	});

	test('a name is a link to its declaration, and one of its references from either side', async () => {
		await withService(files, async at => {
			const uri = at('Worker/WorkerRole.cs');
			const { text, offset } = marked(code.replace('"Queue"', '"Qu|eue"'));
			const { document } = await edit(uri, text);
			await warns(uri, []);
			const ask = (command: string, file: vscode.Uri, position: vscode.Position) =>
				vscode.commands.executeCommand<vscode.Location[]>(command, file, position);
			const inCode = document.positionAt(offset);
			assert.deepEqual((await ask('vscode.executeDefinitionProvider', uri, inCode)).map(placeOf), [
				'ServiceDefinition.csdef:4:19',
			]);
			const all = ['ServiceConfiguration.Local.cscfg:5:19', 'ServiceDefinition.csdef:4:19', 'WorkerRole.cs:2:63'];
			assert.deepEqual((await ask('vscode.executeReferenceProvider', uri, inCode)).map(placeOf).sort(), all);
			const csdef = at('ServiceDefinition.csdef');
			await vscode.workspace.openTextDocument(csdef);
			const inDefinition = new vscode.Position(3, 20);
			assert.deepEqual((await ask('vscode.executeReferenceProvider', csdef, inDefinition)).map(placeOf).sort(), all);
		});
	});

	test('renaming a setting in the definition takes the code along, and its lens counts the use there', async () => {
		const other = code.replace('}', '	string archive = RoleEnvironment.GetConfigurationSettingValue("Archive");\n}');
		await withService({ ...files, 'Worker/WorkerRole.cs': other }, async at => {
			const uri = at('Worker/WorkerRole.cs');
			// The warning says that the code has been read.
			await warns(uri, ["3 undeclaredInCode: The role 'Worker' has no setting 'Archive'"]);
			const csdef = at('ServiceDefinition.csdef');
			await vscode.workspace.openTextDocument(csdef);
			const position = new vscode.Position(3, 20);
			const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
				'vscode.executeCodeLensProvider',
				csdef,
				9,
			);
			assert.deepEqual(
				lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`),
				['2 open role editor', '2 1 configuration · 1 instance', '4 used 2 times', '5 used once'],
			);
			const renamed = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
				'vscode.executeDocumentRenameProvider',
				csdef,
				position,
				'Inbox',
			);
			assert.ok(await vscode.workspace.applyEdit(renamed));
			const text = (await vscode.workspace.openTextDocument(uri)).getText();
			assert.equal(text, other.replace('"Queue"', '"Inbox"'));
			await vscode.workspace.saveAll();
		});
	});

	test('completes the names of the role between the quotes', async () => {
		await withService(files, async at => {
			const uri = at('Worker/WorkerRole.cs');
			const { text, offset } = marked(code.replace('"Queue"', '"|"'));
			const { document } = await edit(uri, text);
			const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
				'vscode.executeCompletionItemProvider',
				uri,
				document.positionAt(offset),
			);
			const names = items.filter(({ kind }) => kind === vscode.CompletionItemKind.Reference);
			assert.deepEqual(
				names.map(({ label }) => label),
				['Queue', 'Topic'],
			);
		});
	});
});

function warns(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
	const shown = () =>
		vscode.languages.getDiagnostics(uri).map(({ range, code, message }) => {
			const id = typeof code === 'object' ? code.value : code;
			return `${range.start.line + 1} ${id}: ${message.split(/[:;]/)[0]}`;
		});
	return eventually(vscode.languages.onDidChangeDiagnostics, shown, expected);
}
