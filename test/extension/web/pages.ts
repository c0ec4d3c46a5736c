import * as vscode from 'vscode';
import type { Editing } from '../../../src/extension/editing';
import { ask, codeOf, opened, same, truth, until, uriOf } from './support';

const definition = uriOf('/forge/ServiceDefinition.csdef').toString();
const cloud = uriOf('/forge/ServiceConfiguration.Cloud.cscfg').toString();
const locked = uriOf('/forge/ServiceConfiguration.Locked.cscfg').toString();
const heat = { kind: 'setting', role: 'Anvil', name: 'Heat' } as const;

/** What is more than the language, in the worker of a browser: its pages, and what goes into several files. */
export const pages: Readonly<Record<string, () => Promise<void>>> = {
	'configurations side by side: the page is loaded, edited in place and undone; secrets stay in the text': async () => {
		const document = await opened('/forge/ServiceConfiguration.Cloud.cscfg');
		await opened('/forge/ServiceDefinition.csdef');
		const { matrices, index } = await editing();
		await untilFired(index.onDidChangeServices, () => index.modelOf(definition).configurations.length === 2);
		await vscode.commands.executeCommand('rolewright.showConfigurations', definition);
		const page = there(matrices.of({ path: definition, only: undefined }));
		const shown = await told(page, message => message.type === 'matrix' && message.columns.length === 2);
		truth(!JSON.stringify(shown).includes('s3cret'), 'the secret is not in the page');
		truth(
			JSON.stringify(shown).includes('ServiceConfiguration.Locked.cscfg is read-only'),
			'what cannot be written says so',
		);
		const before = document.getText();
		const written = told(page, message => JSON.stringify(message).includes('"shown":"11"'));
		await page.take({ type: 'set', subject: heat, path: cloud, value: '11' });
		await written;
		same(document.getText(), before.replace('"9"', '"11"'));
		await page.take({ type: 'undo' });
		same(document.getText(), before);
		const refused = await page.take({ type: 'set', subject: heat, path: locked, value: '2' }).then(
			() => 'written',
			error => String(error),
		);
		truth(/read-only/.test(refused), refused);
		page.dispose();
	},
	'any two configurations are compared': async () => {
		const { matrices } = await editing();
		await vscode.commands.executeCommand('rolewright.compareConfigurations', vscode.Uri.parse(cloud), [
			vscode.Uri.parse(cloud),
			vscode.Uri.parse(locked),
		]);
		const page = there(matrices.of({ path: definition, only: [cloud, locked] }));
		page.dispose();
	},
	'a role as a form: a field is written, an entry is added with a script beside it': async () => {
		const document = await opened('/forge/ServiceDefinition.csdef');
		const { roleEditors } = await editing();
		await vscode.commands.executeCommand('rolewright.openRoleEditor', { definition, role: 'Anvil' });
		const page = there(roleEditors.of({ definition, role: 'Anvil' }));
		const shown = await told(page, message => message.type === 'form');
		const fields =
			shown.type === 'form' ? shown.form.sections.flatMap(each => each.entries.flatMap(one => one.fields)) : [];
		const size = fields.find(({ label }) => label === 'vmsize');
		const before = document.getText();
		await page.take({ type: 'set', id: size?.id ?? '', value: 'Standard_A2_v2' });
		same(document.getText(), before.replace('Standard_A1_v2', 'Standard_A2_v2'));
		await page.take({ type: 'undo' });
		same(document.getText(), before);
		const answers = { name: 'prepare', 'task-type': 'simple', 'execution-context': 'limited' };
		const given = { service: definition, role: 'Anvil', confirmed: true, ...answers };
		await vscode.commands.executeCommand('rolewright.addStartupTask', given);
		truth(/<Task commandLine="prepare\.cmd"/.test(document.getText()), document.getText());
		const script = await vscode.workspace.fs.readFile(uriOf('/forge/Anvil/prepare.sh'));
		truth(new TextDecoder().decode(script).startsWith('#!/bin/sh'), 'the script is written');
		page.dispose();
	},
	'the impact of what is not saved, above the text and as a page': async () => {
		const document = await opened('/forge/ServiceConfiguration.Cloud.cscfg');
		const edit = new vscode.WorkspaceEdit();
		const at = document.positionAt(document.getText().indexOf('count="2"') + 'count="'.length);
		edit.replace(document.uri, new vscode.Range(at, at.translate(0, 1)), '5');
		await vscode.workspace.applyEdit(edit);
		const lenses = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document);
		const lens = lenses.find(({ command }) => command?.command === 'rolewright.showChangeImpact');
		truth(/^1 unsaved change/.test(lens?.command?.title ?? ''), JSON.stringify(lenses));
		await vscode.commands.executeCommand('rolewright.showChangeImpact', document.uri);
		const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'rolewright-impact');
		const page = shown?.getText() ?? '';
		truth(/not saved yet/.test(page) && /Anvil/.test(page), page);
	},
	'a secret moves to a file that git ignores': async () => {
		const document = await opened('/forge/ServiceConfiguration.Cloud.cscfg');
		const at = document.positionAt(document.getText().indexOf('s3cret'));
		const range = new vscode.Range(at, at);
		const actions = await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document, range);
		const move = actions.find(({ title }) => title === "Move the value of 'ApiKey' to a file that git ignores");
		truth(move?.edit && (await vscode.workspace.applyEdit(move.edit)), 'there is such an action');
		truth(!document.getText().includes('s3cret'), document.getText());
		const secrets = await opened('/forge/rolewright.secrets.json');
		truth(secrets.getText().includes('s3cret-value'), secrets.getText());
	},
	'names in role code: problem, completion, definition': async () => {
		await opened('ServiceDefinition.csdef');
		const code = await opened('Mill/Mill.cs');
		await until(() => vscode.languages.getDiagnostics(code.uri).find(each => codeOf(each) === 'undeclaredInCode'));
		const at = code.positionAt(code.getText().indexOf('Sped') + 2);
		const items = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', code, at);
		truth(
			items.items.some(({ label }) => label === 'Speed'),
			'Speed is proposed',
		);
	},
	'help with a scenario: its problems, and the names of the service': async () => {
		await opened('ServiceDefinition.csdef');
		const scenario = await opened('mill.lifecycle.json');
		const problem = await until(() => vscode.languages.getDiagnostics(scenario.uri)[0]);
		same(scenario.getText(problem.range).replaceAll('"', ''), 'Mil_IN_0');
		const at = scenario.positionAt(scenario.getText().indexOf('Mil_IN_0') + 3);
		const items = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', scenario, at);
		truth(
			items.items.some(({ label }) => label === 'Mill_IN_0'),
			JSON.stringify(items.items.map(({ label }) => label)),
		);
	},
};

async function editing(): Promise<Editing> {
	const found = await vscode.extensions.getExtension<Editing | undefined>('rolewright.rolewright')?.activate();
	if (!found) {
		throw new Error('the extension is not running as one under test');
	}
	return found;
}

function there<T>(page: T | undefined): T {
	if (page === undefined) {
		throw new Error('no page was opened');
	}
	return page;
}

interface Told<T> {
	readonly onDidTell: vscode.Event<T>;
}

/** What a page is told next and that suits: it is told nothing before its script runs. */
function told<T>(page: Told<T>, suits: (message: T) => boolean): Promise<T> {
	return new Promise(resolve => {
		const listening = page.onDidTell(message => {
			if (suits(message)) {
				listening.dispose();
				resolve(message);
			}
		});
	});
}

function untilFired(event: vscode.Event<unknown>, is: () => boolean): Promise<void> {
	return new Promise(resolve => {
		const listening = event(() => look());
		const look = () => {
			if (is()) {
				listening.dispose();
				resolve();
			}
		};
		look();
	});
}
