import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { assistantTools, registerAssistants } from '../../src/extension/assistants/assistants';
import type { LanguageModelTool } from '../../src/extension/assistants/languageModels';
import { createSettings } from '../../src/extension/workspace/settings';
import { runOf } from './runs';
import { closeEditors, edit, eventually, parts, shop, withService } from './support';

const secret = 'pa55-word-of-the-shop';

/** A shop with a setting that is a secret, whose clerk says it aloud. */
function shopWithSecret(): Readonly<Record<string, string>> {
	const files = shop(`exports.onStart = role => console.log('the key is ' + role.settings.AdminPassword);
exports.run = () => new Promise(() => setInterval(() => {}, 1000));
`);
	const settings =
		'<ConfigurationSettings>\n\t\t\t<Setting name="AdminPassword" /><Setting name="Motto" />\n\t\t</ConfigurationSettings>';
	const values = `<ConfigurationSettings>\n\t\t\t<Setting name="AdminPassword" value="${secret}" />\n\t\t\t<Setting name="Motto" value="Open" />\n\t\t</ConfigurationSettings>`;
	return {
		...files,
		'ServiceDefinition.csdef': (files['ServiceDefinition.csdef'] ?? '').replace(
			'</WorkerRole>',
			`${settings}</WorkerRole>`,
		),
		'ServiceConfiguration.Local.cscfg': (files['ServiceConfiguration.Local.cscfg'] ?? '').replace(
			'<Instances count="2" />',
			`<Instances count="2" />${values}`,
		),
	};
}

interface Models {
	readonly tools: readonly { readonly name: string }[];
	invokeTool(name: string, options: object): Promise<{ readonly content: readonly { readonly value?: string }[] }>;
}

/** As another extension, or a language model through the editor, calls a tool. */
async function invoke(name: string, input: object): Promise<string> {
	const models: Models = Reflect.get(vscode, 'lm') ?? assert.fail('this editor has no language model tools');
	const result = await models.invokeTool(`rolewright_${name}`, { input, toolInvocationToken: undefined });
	return result.content.map(({ value }) => value ?? '').join('');
}

suite('tools for language models', () => {
	teardown(closeEditors);

	test('the editor knows every tool of the manifest, and the extension has each of them', async () => {
		const { index, running, histories } = await parts();
		const own = assistantTools({ index, running, histories, settings: createSettings() });
		const manifest: { readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] } } =
			vscode.extensions.getExtension('rolewright.rolewright')?.packageJSON;
		const declared = manifest.contributes.languageModelTools.map(({ name }) => name);
		assert.deepEqual(declared, Object.keys(own));
		const models: Models = Reflect.get(vscode, 'lm');
		assert.deepEqual(
			models.tools
				.map(({ name }) => name)
				.filter(name => declared.includes(name))
				.sort(),
			[...declared].sort(),
		);
	});

	test('topology, journal, problems and reasons are told; what is secret is not', async () => {
		await withService(shopWithSecret(), async at => {
			const { running } = await parts();
			const service = at('ServiceDefinition.csdef').fsPath;
			const run = runOf(running, service);
			const before = JSON.parse(await invoke('topology', { service }));
			assert.deepEqual(
				before.deployments.map((each: { roles: { instances: { instance: string }[] }[] }) =>
					each.roles.flatMap(({ instances }) => instances.map(({ instance }) => instance)),
				),
				[['Clerk_IN_0', 'Clerk_IN_1']],
			);
			assert.equal(before.state, 'not running');
			assert.match(await invoke('journal', { service }), /has not run/);
			await assert.rejects(invoke('injectEvent', { service, event: 'recycle', instance: 'Clerk_IN_0' }), /not running/);

			await vscode.commands.executeCommand('rolewright.startService', service);
			await run.becomes('Clerk_IN_0', 'ReadyRole');
			await run.becomes('Clerk_IN_1', 'ReadyRole');
			const { running: live } = { running: JSON.parse(await invoke('topology', { service })) };
			assert.equal(live.deployments[0].roles[0].instances[0].now.state, 'ReadyRole');

			const journal = await invoke('journal', { service, instance: 'Clerk_IN_0', text: 'the key' });
			assert.match(journal, /^1 of 1 entries; .*\n\d+ \S+ Clerk_IN_0 output: the key is •••$/);

			assert.match(await invoke('explainRestart', { service }), /^Clerk_IN_0 has not restarted\. It is ReadyRole now/);
			const { life } = run.snapshotOf('Clerk_IN_0') ?? assert.fail();
			assert.match(
				await invoke('injectEvent', { service, event: 'recycle', instance: 'Clerk_IN_0' }),
				/^Submitted to Shop.*: recycle Clerk_IN_0\./,
			);
			await run.until(() => run.snapshotOf('Clerk_IN_0')?.life === life + 1);
			assert.ok(run.journal().some(entry => entry.event === 'command' && entry.by === 'assistant'));
			const why = await invoke('explainRestart', { service, instance: 'Clerk_IN_0' });
			assert.match(why, /^Clerk_IN_0 restarted once\.[\s\S]*The last time: /);
			await assert.rejects(invoke('explainRestart', { service, instance: 'Nobody_IN_0' }), /Clerk_IN_0, Clerk_IN_1/);
			await vscode.commands.executeCommand('rolewright.stopService', service);
		});
	});

	test('problems have their place, and no secret', async () => {
		await withService(shopWithSecret(), async at => {
			const service = at('ServiceDefinition.csdef').fsPath;
			const configuration = at('ServiceConfiguration.Local.cscfg');
			const { document } = await edit(configuration);
			await edit(configuration, document.getText().replace('name="Motto"', `name="${secret}"`));
			const told = async (): Promise<readonly string[]> =>
				JSON.parse(await invoke('problems', { service })).problems.map(
					(each: { code: string; line: number; message: string }) => `${each.line} ${each.code} ${each.message}`,
				);
			const found = () =>
				vscode.languages
					.getDiagnostics(configuration)
					.filter(({ code }) => typeof code === 'object' && code.value === 'unknownSetting').length;
			await eventually(vscode.languages.onDidChangeDiagnostics, found, 1);
			const problems = await told();
			assert.ok(
				problems.some(each => /^\d+ unknownSetting /.test(each)),
				problems.join('\n'),
			);
			assert.ok(
				problems.every(each => !each.includes(secret)),
				problems.join('\n'),
			);
		});
	});

	test('an edit is not saved, and one undo takes it back', async () => {
		await withService(shopWithSecret(), async at => {
			const service = at('ServiceDefinition.csdef').fsPath;
			const uri = at('ServiceConfiguration.Local.cscfg');
			const { document } = await edit(uri);
			const before = document.getText();
			assert.match(
				await invoke('edit', { service, role: 'Clerk', setting: 'Motto', value: 'Closed "today"' }),
				/^Changed /,
			);
			assert.equal(document.getText(), before.replace('value="Open"', 'value="Closed &quot;today&quot;"'));
			assert.equal(document.isDirty, true);
			await vscode.commands.executeCommand('undo');
			assert.equal(document.getText(), before);
			await invoke('edit', { service, configuration: 'Local', role: 'Clerk', instances: 3 });
			assert.match(document.getText(), /<Instances count="3" \/>/);
		});
	});

	test('what is to be agreed to names the target and hides the secret; what cannot be done is said before', async () => {
		await withService(shopWithSecret(), async at => {
			const { index, running, histories } = await parts();
			const own = assistantTools({ index, running, histories, settings: createSettings() });
			const service = at('ServiceDefinition.csdef').fsPath;
			const registered = new Map<string, LanguageModelTool>();
			const models = {
				registerTool: (name: string, tool: LanguageModelTool) => {
					registered.set(name, tool);
					return new vscode.Disposable(() => {});
				},
			};
			registerAssistants({ index, running, histories, settings: createSettings() }, models);
			const input = { service, role: 'Clerk', setting: 'Motto', value: '[x](command:y)' };
			const prepared = registered.get('rolewright_edit')?.prepareInvocation({ input }).confirmationMessages;
			assert.match(
				prepared?.message.value.replaceAll('&nbsp;', ' ') ?? '',
				/Motto of the role Clerk in .*Local\.cscfg.*: .*\\\[x\\\]/s,
			);
			for (const name of ['topology', 'problems', 'journal', 'explainRestart']) {
				const { confirmationMessages } = registered.get(`rolewright_${name}`)?.prepareInvocation({ input: {} }) ?? {};
				assert.equal(confirmationMessages, undefined, 'reading asks nobody');
			}
			const asked = own.rolewright_edit?.confirm?.({
				service,
				role: 'Clerk',
				setting: 'AdminPassword',
				value: 'new-pa55-word',
			});
			assert.match(asked?.title ?? '', /^Change .*ServiceConfiguration\.Local\.cscfg\?$/);
			assert.match(asked?.message ?? '', /the setting AdminPassword of the role Clerk in .*: ••• → •••\./);
			const refused: readonly (readonly [string, object, RegExp])[] = [
				['edit', { service, role: 'Clerk', setting: 'Nothing', value: '' }, /AdminPassword, Motto/],
				['edit', { service, role: 'Nobody', instances: 1 }, /Clerk/],
				['edit', { service, role: 'Clerk', instances: 1, setting: 'Motto' }, /either/],
				['edit', { service, role: 'Clerk', instances: 5000 }, /100/],
				['edit', { service, role: 'Clerk', configuration: 'Moon', instances: 1 }, /Local/],
				['injectEvent', { service, event: 'quit' }, /not running/],
				['edit', { service: 'Moon', role: 'Clerk', instances: 1 }, /no service 'Moon'/],
			];
			for (const [name, input, message] of refused) {
				assert.throws(() => own[`rolewright_${name}`]?.confirm?.(input), message);
			}
			await vscode.commands.executeCommand('rolewright.startService', service);
			await runOf(running, service).becomes('Clerk_IN_1', 'ReadyRole');
			const event = own.rolewright_injectEvent;
			const confirmed = event?.confirm?.({ service, event: 'reimage', instance: 'Clerk_IN_1' });
			assert.match(confirmed?.title ?? '', /: reimage Clerk_IN_1\?$/);
			assert.match(confirmed?.message ?? '', /to the instance Clerk_IN_1 of the running service Shop/);
			assert.throws(() => event?.confirm?.({ service, event: 'crash', instance: 'Clerk' }), /Clerk_IN_0, Clerk_IN_1/);
			assert.throws(() => event?.confirm?.({ service, event: 'quit' }), /no event 'quit'/);
			assert.throws(
				() => event?.confirm?.({ service, event: 'recycle', instance: 'Clerk_IN_0\nquit' }),
				/recycle INSTANCE/,
			);
			assert.match(
				event?.confirm?.({ service, event: 'fail-domain', domain: 1 })?.message ?? '',
				/every instance of fault domain 1/,
			);
			await vscode.commands.executeCommand('rolewright.stopService', service);
		});
	});
});
