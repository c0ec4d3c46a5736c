import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually, parts, withService, workspaceFolder } from './support';

/** What the editor makes of files as they are found: each in another encoding, with other line ends. */

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const mark = '\uFEFF';
const utf16 = (text: string) => Buffer.from(mark + text, 'utf16le');
const utf16BE = (text: string) => Buffer.from(mark + text, 'utf16le').swap16();
const utf8 = (text: string) => Buffer.from(mark + text);

/** Every file that names the role, by its name in it and in code. */
const files: Readonly<
	Record<string, readonly [write: (text: string) => Buffer, text: (role: string, old: string) => string]>
> = {
	'ServiceDefinition.csdef': [
		utf16,
		(role, old) =>
			`<?xml version="1.0" encoding="utf-16"?>\r\n<sd:ServiceDefinition name='R&amp;D'\r\n\txmlns:sd="${namespace}/ServiceDefinition">\r\n\t<!-- M\u00fchle: Mill -->\r\n\t<sd:WorkerRole   name='${role === 'Mill' ? old : role}' >\t<![CDATA[ \t]]>\r\n\t\t<sd:ConfigurationSettings><sd:Setting name="Mill" /></sd:ConfigurationSettings>\r\n\t</sd:WorkerRole>\r\n</sd:ServiceDefinition>\r\n`,
	],
	'ServiceConfiguration.Local.cscfg': [
		utf8,
		role =>
			`<ServiceConfiguration serviceName="R&amp;D" xmlns="${namespace}/ServiceConfiguration">\r\n\t<Role name="${role}"><Instances count="1"/></Role>\r\n</ServiceConfiguration>`,
	],
	'ServiceConfiguration.Cloud.cscfg': [
		utf16BE,
		role =>
			`<ServiceConfiguration serviceName="R&amp;D" xmlns="${namespace}/ServiceConfiguration">\n  <!-- Mill --><Role\tname="${role}" ><Instances count="1"/></Role>\n</ServiceConfiguration>\n`,
	],
	'RD.ccproj': [
		utf8,
		role =>
			`<Project>\r\n\t<ItemGroup>\r\n\t\t<ServiceDefinition Include="ServiceDefinition.csdef" />\r\n\t\t<ProjectReference Include="Code\\Mill.csproj"><Name>Mill</Name><RoleName><![CDATA[${role}]]></RoleName></ProjectReference>\r\n\t</ItemGroup>\r\n</Project>\r\n`,
	],
	'Code/Mill.cs': [
		utf16,
		role =>
			`// M\u00fchle\r\nclass Mill { object O = RoleEnvironment.Roles["${role}"]; string Mill2 = RoleEnvironment.GetConfigurationSettingValue("Mill"); }\r\n`,
	],
	'grinds.lifecycle.json': [
		utf8,
		role =>
			`// Mill\r\n{\r\n\t"name": "Mill",\r\n\t"service": ".",\r\n\t"steps": [{ "recycle": "${role}_IN_0" }]\r\n}\r\n`,
	],
	'rolewright.json': [utf16, role => `{\r\n\t"roles": { "${role}": { "code": "Code" } }\r\n}\r\n`],
};

const written = (role: string, old = 'M&#105;ll') =>
	Object.fromEntries(Object.entries(files).map(([file, [write, text]]) => [file, write(text(role, old))]));

suite('files as they are found', () => {
	test('a role is renamed in all of them, and not a byte beside', async () => {
		const names = Object.keys(files).filter(file => /\.cs(?:def|cfg)$/.test(file));
		const launch = path.join(workspaceFolder().fsPath, '.vscode', 'launch.json');
		const before = existsSync(launch) ? readFileSync(launch) : undefined;
		mkdirSync(path.dirname(launch), { recursive: true });
		const configuration = (role: string) =>
			// VS Code itself writes what is in `.vscode` without a byte order mark.
			Buffer.from(
				`{\r\n\t// Mill\r\n\t"configurations": [{ "type": "rolewright", "instances": ["${role}_IN_0"] }]\r\n}\r\n`,
			);
		writeFileSync(launch, configuration('Mill'));
		try {
			await withService({ 'empty.txt': '' }, async at => {
				for (const [file, bytes] of Object.entries(written('Mill'))) {
					await vscode.workspace.fs.writeFile(at(file), bytes);
				}
				const { files: known, index } = await parts();
				const paths = names.map(file => at(file).fsPath);
				await eventually(known.onDidChange, () => paths.filter(each => known.textAt(each) === undefined), []);
				await eventually(index.onDidChangeServices, () => index.serviceWith(paths[0] ?? '')?.roles[0]?.name, 'Mill');
				const code = at('Code/Mill.cs');
				const uri = at('ServiceDefinition.csdef');
				const document = await vscode.workspace.openTextDocument(uri);
				// The names in code are read in the background.
				const places = async () =>
					(
						await vscode.commands.executeCommand<vscode.Location[]>(
							'vscode.executeReferenceProvider',
							uri,
							document.positionAt(document.getText().indexOf('&#105;')),
						)
					).map(place => place.uri.toString());
				while (!(await places()).includes(code.toString())) {
					await new Promise<void>(resolve => {
						const listening = vscode.languages.onDidChangeDiagnostics(() => {
							listening.dispose();
							resolve();
						});
					});
				}
				const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
					'vscode.executeDocumentRenameProvider',
					uri,
					document.positionAt(document.getText().indexOf('&#105;')),
					'Kiln',
				);
				// What has to be confirmed is, here, by nobody in a preview.
				const confirmed = new vscode.WorkspaceEdit();
				for (const [file, edits] of edit.entries()) {
					confirmed.set(file, edits);
				}
				assert.ok(await vscode.workspace.applyEdit(confirmed));
				assert.match(document.getText(), /name='Kiln'/);
				const dirty = () => vscode.workspace.textDocuments.filter(each => each.isDirty);
				await Promise.all(dirty().map(each => each.save()));
				await eventually(vscode.workspace.onDidSaveTextDocument, () => dirty().length, 0);
				for (const [file, expected] of Object.entries(written('Kiln'))) {
					assert.equal(readFileSync(at(file).fsPath).toString('latin1'), expected.toString('latin1'));
				}
				assert.deepEqual(readFileSync(launch), configuration('Kiln'));
			});
		} finally {
			if (before) {
				writeFileSync(launch, before);
			} else {
				rmSync(launch);
			}
		}
	});
});
