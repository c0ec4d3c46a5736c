import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, eventually, marked, placeOf, withService } from './support';

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const definition = `<ServiceDefinition name="Orders" xmlns="${namespace}/ServiceDefinition">
	<WorkerRole name="Worker">
		<Imports>
			<Import moduleName="Redis" />
		</Imports>
		<ConfigurationSettings>
			<Setting name="DataConnectionString" />
		</ConfigurationSettings>
	</WorkerRole>
</ServiceDefinition>
`;
const configuration = (
	value: string,
) => `<ServiceConfiguration serviceName="Orders" osFamily="7" xmlns="${namespace}/ServiceConfiguration">
	<Role name="Worker">
		<Instances count="2" />
		<ConfigurationSettings>
			<Setting name="DataConnectionString" value="${value}" />
		</ConfigurationSettings>
	</Role>
</ServiceConfiguration>
`;
const local = 'ServiceConfiguration.Local.cscfg';
const key = `AccountName=shop;AccountKey=${'a'.repeat(86)}==`;
const code =
	'class Worker : RoleEntryPoint {\n\tstring s = RoleEnvironment.GetConfigurationSettingValue("Nothing");\n}\n';
const files = {
	'ServiceDefinition.csdef': definition,
	[local]: configuration(key),
	'Worker/Worker.cs': code,
};

/** Waits until these codes of problems are shown for a file, of those that the test is about. */
async function shows(uri: vscode.Uri, about: RegExp, expected: readonly string[]): Promise<void> {
	const read = () =>
		vscode.languages
			.getDiagnostics(uri)
			.flatMap(({ code, severity }) =>
				typeof code === 'object' && about.test(String(code.value))
					? [`${vscode.DiagnosticSeverity[severity]} ${code.value}`]
					: [],
			)
			.sort();
	await eventually(vscode.languages.onDidChangeDiagnostics, read, [...expected]);
}

suite('the model in the editor', () => {
	test('a secret moves to a file that git ignores, and can come back', async () => {
		await withService(files, async at => {
			const { document } = await edit(at(local));
			await shows(at(local), /secret/, ['Information secretInFile']);
			const range = vscode.languages.getDiagnostics(at(local)).find(({ message }) => message.includes('secret'))?.range;
			const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
				'vscode.executeCodeActionProvider',
				at(local),
				range,
			);
			const move = actions.find(
				({ title }) => title === "Move the value of 'DataConnectionString' to a file that git ignores",
			);
			assert.ok(move?.edit, `no such action in: ${actions.map(({ title }) => title)}`);
			assert.ok(await vscode.workspace.applyEdit(move.edit));
			assert.equal(document.getText(), configuration(''));
			const text = async (name: string) => (await vscode.workspace.openTextDocument(at(name))).getText();
			assert.deepEqual(JSON.parse(await text('rolewright.secrets.json')), {
				[local]: { Worker: { DataConnectionString: key } },
			});
			assert.deepEqual(JSON.parse(await text('rolewright.json')), { secrets: 'rolewright.secrets.json' });
			assert.equal(await text('.gitignore'), 'rolewright.secrets.json\n');
			await shows(at(local), /secret/, []);
			await vscode.window.showTextDocument(document);
			await vscode.commands.executeCommand('undo');
			assert.equal(document.getText(), configuration(key));
		});
	});

	test('the parts of a connection string are shown while it is typed', async () => {
		await withService(files, async at => {
			const { text, offset } = marked(configuration('AccountName=a;AccountKey=|'));
			const { document } = await edit(at(local), text);
			const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
				'vscode.executeSignatureHelpProvider',
				at(local),
				document.positionAt(offset),
			);
			assert.equal(help.signatures[0]?.label, 'AccountName=…;AccountKey=…');
			assert.equal(help.activeParameter, 1);
		});
	});

	test('from the name of a role to the class that it starts with', async () => {
		await withService(files, async at => {
			const csdef = at('ServiceDefinition.csdef');
			await vscode.workspace.openTextDocument(csdef);
			for (const command of ['vscode.executeImplementationProvider', 'vscode.executeTypeDefinitionProvider']) {
				const places = await vscode.commands.executeCommand<vscode.Location[]>(
					command,
					csdef,
					new vscode.Position(1, 20),
				);
				assert.deepEqual(places.map(placeOf), ['Worker.cs:1:7']);
			}
		});
	});

	test('the rename of a role offers what names it beside the model', async () => {
		const beside = {
			'rolewright.json': '{ "roles": { "Worker": { "environment": {} } } }',
			'a.lifecycle.json': '{ "name": "a", "service": ".", "steps": [{ "recycle": "Worker_IN_0" }] }',
		};
		await withService({ ...files, ...beside }, async at => {
			const csdef = at('ServiceDefinition.csdef');
			await vscode.workspace.openTextDocument(csdef);
			const found = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
				'vscode.executeDocumentRenameProvider',
				csdef,
				new vscode.Position(1, 20),
				'Mill',
			);
			const texts = found
				.entries()
				.map(([uri, edits]) => `${uri.path.split('/').at(-1)} ${edits.map(each => each.newText)}`);
			assert.deepEqual(texts.sort(), [
				`${local} Mill`,
				'ServiceDefinition.csdef Mill',
				'a.lifecycle.json "Mill_IN_0"',
				'rolewright.json "Mill"',
			]);
		});
	});

	test('a warning in code heeds the severities of the project and a comment', async () => {
		await withService(files, async at => {
			const worker = at('Worker/Worker.cs');
			await shows(worker, /InCode/, ['Warning undeclaredInCode']);
			await vscode.workspace.fs.writeFile(
				at('rolewright.json'),
				Buffer.from('{ "severity": { "undeclaredInCode": "error" } }'),
			);
			await shows(worker, /InCode/, ['Error undeclaredInCode']);
			await vscode.workspace.fs.writeFile(
				worker,
				Buffer.from(code.replace('\tstring', '\t// rolewright-ignore undeclaredInCode: of a package\n\tstring')),
			);
			await shows(worker, /InCode/, []);
		});
	});

	test('a module that comes from outside, and one that is not saved', async () => {
		await withService(files, async at => {
			const csdef = at('ServiceDefinition.csdef');
			const plugin = at('plugins/Redis/Redis.csplugin');
			const module = (setting: string) =>
				`<RoleModule namespace="Own" xmlns="${namespace}/ServiceDefinition"><ConfigurationSettings><Setting name="${setting}" /></ConfigurationSettings></RoleModule>`;
			await shows(csdef, /unknownModule/, ['Warning unknownModule']);
			await vscode.workspace.fs.writeFile(plugin, Buffer.from(module('Port')));
			await shows(csdef, /unknownModule/, []);
			await shows(at(local), /missingSetting/, ['Error missingSetting']);
			await edit(plugin, '<RoleModule namespace="Own" />');
			await shows(at(local), /missingSetting/, []);
		});
	});
});
