import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, errorsOf, hasErrors, marked, placeOf, proposals, withService } from './support';

const definition = `<ServiceDefinition name="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
	<WorkerRole name="Worker">
		<ConfigurationSettings>
			<Setting name="Queue" />
		</ConfigurationSettings>
	</WorkerRole>
	<WorkerRole name="Mailer" />
</ServiceDefinition>
`;
const configuration = `<ServiceConfiguration serviceName="Orders" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
	<Role name="Worker">
		<Instances count="1" />
		<ConfigurationSettings>
			<Setting name="Queue" value="orders" />
		</ConfigurationSettings>
	</Role>
	<Role name="Mailer">
		<Instances count="1" />
	</Role>
</ServiceConfiguration>
`;
const files = {
	'ServiceDefinition.csdef': definition,
	'ServiceConfiguration.Local.cscfg': configuration,
	'ServiceConfiguration.Cloud.cscfg': configuration,
};

suite('the language in the editor', () => {
	test('knows the two files by their names', async () => {
		await withService(files, async at => {
			const ids = await Promise.all(
				Object.keys(files).map(async file => (await vscode.workspace.openTextDocument(at(file))).languageId),
			);
			assert.deepEqual(ids, ['csdef', 'cscfg', 'cscfg']);
		});
	});

	test('shows problems as they are typed, and takes them back', async () => {
		await withService(files, async at => {
			const uri = at('ServiceDefinition.csdef');
			await edit(uri, definition.replace('<WorkerRole name="Mailer" />', '<WorkerRole name="Mailer" colour="red" />'));
			await hasErrors(uri, ['7 unknownAttribute']);
			await edit(uri, definition);
			await hasErrors(uri, []);
		});
	});

	test('shows in every file of a service what a change in one of them breaks, open or not', async () => {
		await withService(files, async at => {
			await hasErrors(at('ServiceConfiguration.Local.cscfg'), []);
			await edit(at('ServiceDefinition.csdef'), definition.replace('name="Queue"', 'name="Topic"'));
			await hasErrors(at('ServiceConfiguration.Local.cscfg'), ['2 missingSetting', '5 unknownSetting']);
			await hasErrors(at('ServiceConfiguration.Cloud.cscfg'), ['2 missingSetting', '5 unknownSetting']);
		});
	});

	test('explains a problem on a page that comes along', async () => {
		await withService(files, async at => {
			const uri = at('ServiceDefinition.csdef');
			await edit(uri, definition.replace('name="Mailer"', 'name="Worker"'));
			await hasErrors(uri, ['7 duplicateRole']);
			const [first] = vscode.languages
				.getDiagnostics(uri)
				.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
			assert.ok(typeof first?.code === 'object');
			assert.equal(first.code.target.scheme, 'command');
		});
	});

	test('completes names of the service', async () => {
		const { text, offset } = marked(configuration.replace('"Mailer"', '"|"'));
		await withService(files, async at => {
			const uri = at('ServiceConfiguration.Local.cscfg');
			const { document } = await edit(uri, text);
			assert.deepEqual(await proposals(document, offset), ['Mailer']);
		});
	});

	test('says what the thing under the pointer means', async () => {
		const { text, offset } = marked(definition.replace('<Setting name', '<Set|ting name'));
		await withService(files, async at => {
			const uri = at('ServiceDefinition.csdef');
			const { document } = await edit(uri, text);
			const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
				'vscode.executeHoverProvider',
				uri,
				document.positionAt(offset),
			);
			const said = hovers.flatMap(({ contents }) =>
				contents.map(each => (typeof each === 'string' ? each : each.value)),
			);
			assert.equal(said.length, 1);
			assert.match(said[0] ?? '', /setting/i);
		});
	});

	test('goes to the definition and finds every use, in files that are not open', async () => {
		const { text, offset } = marked(configuration.replace('"Queue"', '"Qu|eue"'));
		await withService(files, async at => {
			const uri = at('ServiceConfiguration.Local.cscfg');
			const { document } = await edit(uri, text);
			const ask = (command: string) =>
				vscode.commands.executeCommand<vscode.Location[]>(command, uri, document.positionAt(offset));
			assert.deepEqual((await ask('vscode.executeDefinitionProvider')).map(placeOf), ['ServiceDefinition.csdef:4:19']);
			assert.deepEqual((await ask('vscode.executeReferenceProvider')).map(placeOf).sort(), [
				'ServiceConfiguration.Cloud.cscfg:5:19',
				'ServiceConfiguration.Local.cscfg:5:19',
				'ServiceDefinition.csdef:4:19',
			]);
		});
	});

	test('outlines and folds a file', async () => {
		await withService(files, async at => {
			const uri = at('ServiceDefinition.csdef');
			await edit(uri);
			const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
				'vscode.executeDocumentSymbolProvider',
				uri,
			);
			assert.deepEqual(
				symbols.flatMap(({ name, children }) => [name, ...children.map(child => `  ${child.name}`)]),
				['Orders', '  Worker', '  Mailer'],
			);
			const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
				'vscode.executeFoldingRangeProvider',
				uri,
			);
			assert.deepEqual(
				folds.map(({ start, end }) => [start + 1, end + 1]),
				[
					[1, 7],
					[2, 5],
					[3, 4],
				],
			);
		});
	});

	test('closes a tag when its opening tag is finished', async () => {
		await withService(files, async at => {
			const { text, offset } = marked(definition.replace('<WorkerRole name="Mailer" />', '<WorkerRole name="Mailer"|'));
			const editor = await edit(at('ServiceDefinition.csdef'), text);
			const cursor = editor.document.positionAt(offset);
			editor.selection = new vscode.Selection(cursor, cursor);
			const closed = new Promise<void>(resolve => {
				const listening = vscode.workspace.onDidChangeTextDocument(({ document }) => {
					if (document.lineAt(cursor.line).text.endsWith('</WorkerRole>')) {
						listening.dispose();
						resolve();
					}
				});
			});
			await vscode.commands.executeCommand('type', { text: '>' });
			await closed;
			// What is typed next goes between the two tags.
			await vscode.commands.executeCommand('type', { text: '-' });
			assert.equal(editor.document.lineAt(cursor.line).text, '\t<WorkerRole name="Mailer">-</WorkerRole>');
		});
	});

	test('forgets the problems of a file outside the workspace when it is closed', async () => {
		const uri = vscode.Uri.parse('untitled:Half.csdef');
		await edit(uri, '<ServiceDefinition');
		await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), 'csdef');
		await hasSome(uri);
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
		await hasErrors(uri, []);
	});
});

async function hasSome(uri: vscode.Uri): Promise<void> {
	while (errorsOf(uri).length === 0) {
		await new Promise<void>(resolve => {
			const listening = vscode.languages.onDidChangeDiagnostics(() => {
				listening.dispose();
				resolve();
			});
		});
	}
}
