import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, edit, eventually, hasErrors, parts } from '../support';

/** Two folders in one window, with services of the same names; and files that change under the editor. */

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const definition = (name: string, role = 'Mill', setting = 'Speed') =>
	`<ServiceDefinition name="${name}" xmlns="${namespace}/ServiceDefinition">
  <WorkerRole name="${role}" vmsize="Standard_A1_v2">
    <ConfigurationSettings>
      <Setting name="${setting}" />
    </ConfigurationSettings>
  </WorkerRole>
</ServiceDefinition>
`;
const configuration = (name: string, count: number, role = 'Mill', setting = 'Speed') =>
	`<ServiceConfiguration serviceName="${name}" osFamily="7" xmlns="${namespace}/ServiceConfiguration">
  <Role name="${role}">
    <Instances count="${count}" />
    <ConfigurationSettings>
      <Setting name="${setting}" value="1" />
    </ConfigurationSettings>
  </Role>
</ServiceConfiguration>
`;
const code = (setting: string) =>
	`using Microsoft.WindowsAzure.ServiceRuntime;
class Worker : RoleEntryPoint { string Rate() => RoleEnvironment.GetConfigurationSettingValue("${setting}"); }
`;
const csdef = 'ServiceDefinition.csdef';
const cscfg = 'ServiceConfiguration.Cloud.cscfg';

function root(name: 'north' | 'south'): string {
	const found = vscode.workspace.workspaceFolders?.find(folder => folder.name === name);
	return found?.uri.fsPath ?? assert.fail(`no folder ${name}`);
}

/** Writes files behind the editor's back. */
function write(folder: string, files: Readonly<Record<string, string>>): void {
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), text);
	}
}

function at(folder: string, file: string): vscode.Uri {
	return vscode.Uri.file(path.join(folder, file));
}

async function known(paths: readonly string[]): Promise<void> {
	const { files } = await parts();
	await eventually(files.onDidChange, () => paths.filter(each => files.textAt(each) === undefined), []);
}

/** The titles of the lenses that count. */
async function counts(uri: vscode.Uri): Promise<readonly string[]> {
	await vscode.workspace.openTextDocument(uri);
	const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
	return lenses.flatMap(({ command }) =>
		/configuration|^used|^not/.test(command?.title ?? '') ? [command?.title ?? ''] : [],
	);
}

/** The places that a provider gives, each as `folder/file`. */
async function places(command: string, uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
	await vscode.workspace.openTextDocument(uri);
	const found = await vscode.commands.executeCommand<vscode.Location[]>(command, uri, position);
	return [...new Set(found.map(place => vscode.workspace.asRelativePath(place.uri, true)))].sort();
}

async function positionOf(uri: vscode.Uri, piece: string): Promise<vscode.Position> {
	const document = await vscode.workspace.openTextDocument(uri);
	return document.positionAt(document.getText().indexOf(piece) + 2);
}

suite('several roots', () => {
	// In a browser, where these tests run, the editor saves by itself after a second.
	const autoSave = (value: string | undefined) =>
		vscode.workspace.getConfiguration('files').update('autoSave', value, vscode.ConfigurationTarget.Global);
	suiteSetup(() => autoSave('off'));
	suiteTeardown(() => autoSave(undefined));
	teardown(async () => {
		await closeEditors();
		const { index, files } = await parts();
		for (const name of ['north', 'south'] as const) {
			for (const file of readdirSync(root(name))) {
				rmSync(path.join(root(name), file), { recursive: true });
			}
		}
		await eventually(files.onDidChange, () => files.paths().filter(each => files.savedTextAt(each) !== undefined), []);
		await eventually(index.onDidChangeServices, () => index.services().length, 0);
	});

	test('the same names in two folders are two services, in everything', async () => {
		for (const [name, count] of [
			['north', 2],
			['south', 5],
		] as const) {
			write(root(name), { [csdef]: definition('Shop'), [cscfg]: configuration('Shop', count) });
		}
		const paths = (['north', 'south'] as const).flatMap(name =>
			[csdef, cscfg].map(file => at(root(name), file).fsPath),
		);
		await known(paths);
		const { index } = await parts();
		await eventually(
			index.onDidChangeServices,
			() =>
				index
					.services()
					.map(({ name }) => name)
					.sort(),
			['Shop (north)', 'Shop (south)'],
		);
		assert.deepEqual((await counts(at(root('north'), csdef)))[0], '1 configuration · 2 instances');
		assert.deepEqual((await counts(at(root('south'), csdef)))[0], '1 configuration · 5 instances');
		const south = at(root('south'), csdef);
		const role = await positionOf(south, '"Mill"');
		assert.deepEqual(await places('vscode.executeReferenceProvider', south, role), [
			`south/${cscfg}`,
			`south/${csdef}`,
		]);
		const renamed = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
			'vscode.executeDocumentRenameProvider',
			south,
			role,
			'Kiln',
		);
		assert.deepEqual(
			renamed
				.entries()
				.map(([uri]) => vscode.workspace.asRelativePath(uri, true))
				.sort(),
			[`south/${cscfg}`, `south/${csdef}`],
		);
		await edit(south, definition('Shop', 'Kiln'));
		await hasErrors(at(root('south'), cscfg), ['1 missingRole', '2 unknownRole']);
		await hasErrors(at(root('north'), cscfg), []);
		await vscode.commands.executeCommand(
			'rolewright.compareConfigurations',
			at(root('north'), cscfg),
			at(root('south'), cscfg),
		);
		const only = [at(root('north'), cscfg).fsPath, at(root('south'), cscfg).fsPath];
		const { matrices } = await parts();
		assert.ok(matrices.of({ path: at(root('north'), csdef).fsPath, only }));
	});

	test('a service in one folder, the project of its role in the other', async () => {
		const include = path.relative(path.join(root('north'), 'Cloud'), path.join(root('south'), 'Mill', 'Mill.csproj'));
		write(root('north'), {
			[`Cloud/${csdef}`]: definition('Shop'),
			[`Cloud/${cscfg}`]: configuration('Shop', 2),
			'Cloud/Cloud.ccproj': `<Project><ItemGroup><ServiceDefinition Include="${csdef}" /><ServiceConfiguration Include="${cscfg}" /><ProjectReference Include="${include.replaceAll('/', '\\')}"><Name>Mill</Name></ProjectReference></ItemGroup></Project>`,
		});
		write(root('south'), {
			'Mill/Mill.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
			'Mill/Worker.cs': code('Speed'),
			'Mill/Other.cs': code('Sped').replace('Worker', 'Other'),
		});
		const model = at(root('north'), `Cloud/${csdef}`);
		await known([model.fsPath]);
		const worker = at(root('south'), 'Mill/Worker.cs');
		const other = at(root('south'), 'Mill/Other.cs');
		await eventually(
			vscode.languages.onDidChangeDiagnostics,
			() => vscode.languages.getDiagnostics(other).map(({ message }) => message),
			["The role 'Mill' has no setting 'Sped'; did you mean 'Speed'?"],
		);
		assert.deepEqual(vscode.languages.getDiagnostics(worker), []);
		assert.deepEqual(await places('vscode.executeDefinitionProvider', worker, await positionOf(worker, '"Speed"')), [
			`north/Cloud/${csdef}`,
		]);
		assert.deepEqual(await places('vscode.executeReferenceProvider', model, await positionOf(model, '"Speed"')), [
			`north/Cloud/${cscfg}`,
			`north/Cloud/${csdef}`,
			'south/Mill/Worker.cs',
		]);
		assert.deepEqual(await places('vscode.executeImplementationProvider', model, await positionOf(model, '"Mill"')), [
			'south/Mill/Other.cs',
			'south/Mill/Worker.cs',
		]);
	});

	test('a checkout of another branch under the editor, beside an open and an unsaved text', async () => {
		const folder = root('north');
		const git = (...args: readonly string[]) =>
			execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], { cwd: folder, stdio: 'pipe' });
		write(folder, { [csdef]: definition('Shop'), [cscfg]: configuration('Shop', 2) });
		git('init', '--quiet');
		git('add', '.');
		git('commit', '--quiet', '-m', 'one');
		git('checkout', '--quiet', '-b', 'kiln');
		write(folder, { [csdef]: definition('Shop', 'Kiln'), 'Second/ServiceDefinition.csdef': definition('Second') });
		git('add', '.');
		git('commit', '--quiet', '-m', 'two');
		git('checkout', '--quiet', '-');
		const [model, cloud] = [at(folder, csdef), at(folder, cscfg)];
		await known([model.fsPath, cloud.fsPath]);
		const { index } = await parts();
		const names = () => index.services().map(({ name }) => name);
		await eventually(index.onDidChangeServices, names, ['Shop']);
		await vscode.window.showTextDocument(model);
		await hasErrors(cloud, []);

		git('checkout', '--quiet', 'kiln');
		await hasErrors(cloud, ['1 missingRole', '2 unknownRole']);
		await eventually(index.onDidChangeServices, () => names().sort(), ['Second', 'Shop']);
		// What is typed stands, whatever becomes of the disk.
		await edit(cloud, configuration('Shop', 2, 'Kiln'));
		await hasErrors(cloud, []);
		git('checkout', '--quiet', '--force', '-');
		await hasErrors(cloud, ['1 missingRole', '2 unknownRole']);
		await eventually(index.onDidChangeServices, names, ['Shop']);
		await closeEditors();
		await hasErrors(cloud, []);
	});

	test('a configuration without its definition, the definition without it, and both', async () => {
		const folder = root('south');
		write(folder, { [cscfg]: configuration('Shop', 2, 'Mil') });
		const [model, cloud] = [at(folder, csdef), at(folder, cscfg)];
		await known([cloud.fsPath]);
		await hasErrors(cloud, []);
		const { index } = await parts();
		assert.equal(index.modelOf(cloud.fsPath).definition, undefined);
		assert.deepEqual(index.services(), []);
		write(folder, { [csdef]: definition('Shop') });
		await hasErrors(cloud, ['1 missingRole', '2 unknownRole']);
		await eventually(index.onDidChangeServices, () => index.services().length, 1);
		rmSync(cloud.fsPath);
		await hasErrors(cloud, []);
		const { files } = await parts();
		await eventually(files.onDidChange, () => index.modelOf(model.fsPath).configurations.length, 0);
		assert.deepEqual((await counts(model))[0], 'in no configuration');
		write(folder, { [cscfg]: configuration('Shop', 2) });
		await eventually(files.onDidChange, () => index.modelOf(model.fsPath).configurations.length, 1);
		rmSync(model.fsPath);
		await eventually(files.onDidChange, () => index.modelOf(cloud.fsPath).definition?.path, undefined);
	});
});
