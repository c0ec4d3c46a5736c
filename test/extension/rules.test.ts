import * as vscode from 'vscode';
import { hasErrors, shop, withService } from './support';

suite('what a project decides about the rules', () => {
	test('a severity in rolewright.json counts as soon as it is there, and no longer', async () => {
		const files = shop();
		const other = {
			'ServiceConfiguration.Local.cscfg':
				files['ServiceConfiguration.Local.cscfg']?.replace('"Clerk"', '"Clark"') ?? '',
		};
		await withService({ ...files, ...other }, async at => {
			const configuration = at('ServiceConfiguration.Local.cscfg');
			const settings = at('rolewright.json');
			await hasErrors(configuration, ['1 missingRole', '2 unknownRole']);
			await vscode.workspace.fs.writeFile(settings, Buffer.from('{ "severity": { "unknownRole": "off" } }'));
			await hasErrors(configuration, ['1 missingRole']);
			await vscode.workspace.fs.writeFile(settings, Buffer.from('{ "severity": { '));
			await hasErrors(configuration, ['1 missingRole', '2 unknownRole']);
		});
	});

	test('the setting for the platform counts, and rolewright.json goes before it', async () => {
		await withService(shop(), async at => {
			const definition = at('ServiceDefinition.csdef');
			const setting = vscode.workspace.getConfiguration('rolewright');
			await hasErrors(definition, []);
			try {
				await setting.update('platform', 'extended', vscode.ConfigurationTarget.Global);
				await hasErrors(definition, ['2 missingVmSize']);
				await vscode.workspace.fs.writeFile(at('rolewright.json'), Buffer.from('{ "platform": "classic" }'));
				await hasErrors(definition, []);
			} finally {
				await setting.update('platform', undefined, vscode.ConfigurationTarget.Global);
			}
		});
	});
});
