import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RolePage } from '../../src/extension/forms/rolePanel';
import type { ShownEntry, ShownForm, ToRole } from '../../src/views/role/protocol';
import { closeEditors, eventually, parts, shop, withService } from './support';

/** The form that the page is told next and that suits; `work` is what brings it about. */
async function tells(page: RolePage, suits: (form: ShownForm) => boolean, work: () => unknown): Promise<ShownForm> {
	const told = new Promise<ShownForm>(resolve => {
		const listening = page.onDidTell((message: ToRole) => {
			if (message.type === 'form' && suits(message.form)) {
				listening.dispose();
				resolve(message.form);
			}
		});
	});
	await work();
	return told;
}

function files(): Readonly<Record<string, string>> {
	const { 'ServiceDefinition.csdef': definition = '', 'ServiceConfiguration.Local.cscfg': local = '' } = shop();
	return {
		'ServiceDefinition.csdef': definition
			.replace(
				'<Runtime>',
				`<!-- doors -->
		<Endpoints>
			<InputEndpoint name='Door'   protocol="tcp" port="10100" />
		</Endpoints>
		<ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>
		<Runtime>`,
			)
			.replaceAll('\n', '\r\n'),
		'ServiceConfiguration.Local.cscfg': local,
	};
}

function fieldsOf(form: ShownForm): readonly string[] {
	return form.sections.flatMap(({ id, entries }) =>
		entries.flatMap(({ title, fields }: ShownEntry) =>
			fields
				.filter(({ value, missing }) => value !== undefined || missing)
				.map(({ label, value, missing }) => `${id} ${title} ${label}: ${missing ? '(missing)' : value}`),
		),
	);
}

function idOf(form: ShownForm, section: string, label: string): string {
	const fields = form.sections
		.filter(({ id }) => id === section)
		.flatMap(each => each.entries.flatMap(one => one.fields));
	return fields.find(each => each.label === label)?.id ?? assert.fail(`no field ${section} ${label}`);
}

suite('role editor', () => {
	test('a definition that was never saved says what to do', async () => {
		const content = '<ServiceDefinition name="Shop"><WorkerRole name="Mill" /></ServiceDefinition>';
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'csdef', content }));
		await vscode.commands.executeCommand('rolewright.openRoleEditor');
		const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
		assert.deepEqual(
			labels.filter(label => label.startsWith('Role ')),
			[],
		);
		await closeEditors();
	});

	test('a form beside its text: minimal edits, undo, problems at their field, entries added and removed', async () => {
		await withService(files(), async at => {
			const definition = at('ServiceDefinition.csdef').fsPath;
			await vscode.commands.executeCommand('rolewright.openRoleEditor', { definition, role: 'Clerk' });
			const page = (await parts()).roleEditors.of({ definition, role: 'Clerk' }) ?? assert.fail('no form was opened');
			const form = await tells(
				page,
				() => true,
				() => {},
			);
			assert.deepEqual(fieldsOf(form), [
				'instances  Local: 2',
				'endpoint Door protocol: tcp',
				'endpoint Door port: 10100',
				'setting Greeting Local: (missing)',
			]);
			const columns = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label);
			assert.deepEqual(columns, ['ServiceDefinition.csdef', 'Role Clerk'], 'the text, and the form beside it');

			const document = await vscode.workspace.openTextDocument(definition);
			const before = document.getText();
			const text = (expected: string) =>
				eventually(vscode.workspace.onDidChangeTextDocument, () => document.getText(), expected);
			const port = idOf(form, 'endpoint', 'port');
			const wrong = await tells(
				page,
				each => fieldsOf(each).includes('endpoint Door port: 99999'),
				() => page.take({ type: 'set', id: port, value: '99999' }),
			);
			await text(before.replace('"10100"', '"99999"'));
			const [door] = wrong.sections.find(({ id }) => id === 'endpoint')?.entries ?? [];
			assert.deepEqual(
				door?.fields.flatMap(({ label, problems }) => problems.map(({ severity }) => `${label} ${severity}`)),
				['port error'],
			);
			await page.take({ type: 'undo' });
			await text(before);

			await page.take({ type: 'set', id: idOf(form, 'role', 'vmsize'), value: 'Standard_A1_v2' });
			await text(before.replace('name="Clerk"', 'name="Clerk" vmsize="Standard_A1_v2"'));
			await page.take({ type: 'undo' });

			const configuration = await vscode.workspace.openTextDocument(at('ServiceConfiguration.Local.cscfg'));
			await tells(
				page,
				each => fieldsOf(each).includes('setting Greeting Local: hi'),
				() => page.take({ type: 'set', id: idOf(form, 'setting', 'Local'), value: 'hi' }),
			);
			assert.match(configuration.getText(), /<Setting name="Greeting" value="hi" \/>/);

			const gone = await tells(
				page,
				each => each.sections.every(({ id, entries }) => id !== 'endpoint' || entries.length === 0),
				() => page.take({ type: 'remove', id: door?.id ?? '' }),
			);
			assert.doesNotMatch(document.getText(), /Endpoint/);
			assert.match(document.getText(), /<!-- doors -->\r\n/);
			assert.ok(gone.sections.length > 0);
			await assert.rejects(page.take({ type: 'set', id: port, value: '1' }), /The text has changed meanwhile/);
			await page.take({ type: 'undo' });
			await text(before);

			await tells(
				page,
				each => each.role === 'Teller',
				async () => {
					const place = document.positionAt(document.getText().indexOf('"Clerk"') + 1);
					const edit = new vscode.WorkspaceEdit();
					edit.replace(document.uri, new vscode.Range(place, place.translate(0, 5)), 'Teller');
					await vscode.workspace.applyEdit(edit);
				},
			);
		});
	});
});
