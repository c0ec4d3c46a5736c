import * as vscode from 'vscode';
import { pages } from './pages';
import { ask, codeOf, opened, same, truth, until } from './support';

/** The language in the worker of a browser, with files that are on no disk. */
const tests: Readonly<Record<string, () => Promise<void>>> = {
	'problems, as severe as rolewright.json says, with their pages': async () => {
		const cloud = await opened('ServiceConfiguration.Cloud.cscfg');
		const found = await until(() => {
			const all = vscode.languages.getDiagnostics(cloud.uri);
			return all.find(each => codeOf(each) === 'unknownRole' && each.severity === vscode.DiagnosticSeverity.Warning);
		});
		same(cloud.getText(found.range), 'Mil');
		await vscode.commands.executeCommand('rolewright.explainProblem', 'unknownRole');
	},
	'a quick fix mends it, and the list follows': async () => {
		const cloud = await opened('ServiceConfiguration.Cloud.cscfg');
		const range = new vscode.Range(1, 14, 1, 14);
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			cloud.uri,
			range,
		);
		const fix = actions.find(({ title }) => title.includes("'Mill'"));
		truth(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)), 'there is a fix');
		await until(() =>
			vscode.languages.getDiagnostics(cloud.uri).some(each => codeOf(each) === 'unknownRole') ? undefined : true,
		);
	},
	'completion, hover, definition, outline, lenses, formatting': async () => {
		const definition = await opened('ServiceDefinition.csdef');
		const cloud = await opened('ServiceConfiguration.Cloud.cscfg');
		const inValue = new vscode.Position(4, 22);
		const items = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', cloud, inValue);
		truth(
			items.items.some(({ label }) => label === 'Speed'),
			'Speed is proposed',
		);
		truth((await ask<vscode.Hover[]>('vscode.executeHoverProvider', cloud, inValue)).length > 0, 'there is a hover');
		const [place] = await ask<vscode.Location[]>('vscode.executeDefinitionProvider', cloud, inValue);
		same(place?.uri.toString(), definition.uri.toString());
		same((await ask<unknown[]>('vscode.executeDocumentSymbolProvider', definition)).length, 1);
		const lenses = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', definition);
		truth(
			lenses.some(({ command }) => command?.title === '1 configuration · 2 instances'),
			'the lens counts the instances',
		);
		const options = { tabSize: 2, insertSpaces: true };
		same(
			(
				await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
					'vscode.executeFormatDocumentProvider',
					definition.uri,
					options,
				)
			)?.length ?? 0,
			0,
		);
	},
	'rename in all files of the service': async () => {
		const definition = await opened('ServiceDefinition.csdef');
		const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
			'vscode.executeDocumentRenameProvider',
			definition.uri,
			new vscode.Position(3, 22),
			'Pace',
		);
		same(edit.entries().length, 2);
	},
	'what runs services is there, and only says why nothing runs': async () => {
		const commands = await vscode.commands.getCommands(true);
		truth(commands.includes('rolewright.startService'), 'the command is known');
		same(await vscode.commands.executeCommand('rolewright.startService'), undefined);
	},
	...pages,
};

/** Called by the test host of the window. */
export async function run(): Promise<void> {
	let failed = 0;
	for (const [name, test] of Object.entries(tests)) {
		try {
			await test();
			console.log(`web ok ${name}`);
		} catch (error) {
			failed++;
			console.log(`web failed ${name}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	console.log(`web results ${JSON.stringify({ passed: Object.keys(tests).length - failed, failed, skipped: 0 })}`);
}
