import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodeLensRequest, HoverRequest } from 'vscode-languageserver/node';
import { type CallFolder, callFolder } from '../support/cli';
import { configurationText, definitionText } from '../support/services';
import { bundleCommandLine } from './commandLine';
import { Client, placeOf } from './languageClient';

/** What an editor gets of the language server beside the models themselves: scenarios, `rolewright.json`, what a change does. */

suite('rolewright lsp beside the models', () => {
	let built: Awaited<ReturnType<typeof bundleCommandLine>>;
	let folder: CallFolder;
	let client: Client;

	suiteSetup(async function () {
		this.timeout(60_000);
		built = await bundleCommandLine();
	});
	suiteTeardown(() => built.remove());
	setup(async () => {
		folder = callFolder();
		folder.write({ 'S.csdef': definition, 'S.Local.cscfg': configuration });
		client = await Client.start(built.cli, folder.path, {});
	});
	teardown(async () => {
		await client.end();
		folder.remove();
	});

	const uri = (name: string) => pathToFileURL(path.join(folder.path, name)).href;
	const lenses = async (name: string) => {
		const found = await client.request<{ command: { title: string } }[]>(CodeLensRequest.method, {
			textDocument: { uri: uri(name) },
		});
		return found.map(({ command }) => command.title);
	};

	test('a scenario: names that its service does not have, proposals, hover', async () => {
		const scenario = uri('a.lifecycle.json');
		client.open(scenario, scenarioText('recycle', 'Mil_IN_0'), 'json');
		const [problem, ...more] = await client.problems(scenario, 'scenarioUnknownName');
		assert.deepEqual(more, []);
		assert.match(String(problem?.message), /no role "Mil"; "Mill" may be meant/);
		client.edit(scenario, '"Mil_IN_0"', '""');
		const items = await client.complete(scenario, placeOf(scenarioText('recycle', ''), '""', 1));
		assert.deepEqual(
			items.map(({ label, textEdit }) => [label, textEdit?.newText]),
			[
				['Mill_IN_0', '"Mill_IN_0"'],
				['Mill_IN_1', '"Mill_IN_1"'],
			],
		);
		client.edit(scenario, '""', '"Mill_IN_1"');
		await client.noProblem(scenario, 'scenarioUnknownName');
		const place = placeOf(scenarioText('recycle', 'Mill_IN_1'), 'Mill_IN_1', 2);
		const hover = (await client.ask(HoverRequest.method, scenario, place)) as { contents: { value: string } };
		assert.match(hover.contents.value, /^Role `Mill`: 2 instances in this configuration\.\n\nSettings: `Speed`$/);
		client.close(scenario);
		assert.deepEqual(await client.noProblem(scenario, 'anything'), []);
	});

	test('a scenario follows its service, on the disk and in the editor', async () => {
		const scenario = uri('a.lifecycle.json');
		client.open(scenario, scenarioText('recycle', 'Mill_IN_0'), 'json');
		await client.noProblem(scenario, 'scenarioUnknownName');
		folder.write({ 'S.csdef': definition.replaceAll('Mill', 'Kiln') });
		await client.problems(scenario, 'scenarioUnknownName');
		client.open(uri('S.csdef'), definition);
		await client.noProblem(scenario, 'scenarioUnknownName');
		client.edit(uri('S.csdef'), 'name="Mill"', 'name="Kiln"');
		await client.problems(scenario, 'scenarioUnknownName');
	});

	test('a scenario whose service is not there, or is half a path that means the whole disk', async () => {
		const scenario = uri('a.lifecycle.json');
		client.open(scenario, scenarioText('recycle', 'Mill_IN_0').replace('S.csdef', 'T.csdef'), 'json');
		const [problem] = await client.problems(scenario, 'scenarioService');
		assert.match(String(problem?.message), /^There is no file or folder '.*T\.csdef'/);
		client.edit(scenario, 'T.csdef', '/');
		assert.deepEqual(await client.noProblem(scenario, 'scenarioService'), []);
		client.edit(scenario, '"service": "/"', '"service": "."');
		client.edit(scenario, 'Mill_IN_0', 'Mill_IN_7');
		await client.problems(scenario, 'scenarioUnknownName');
	});

	test('rolewright.json: a code that no problem has, a property that there is not', async () => {
		const settings = uri('rolewright.json');
		client.open(settings, '{\n "severity": { "misingRole": "off" }, "role": {} }', 'json');
		const found = await client.problems(settings, 'unknownCode');
		assert.deepEqual(
			found.map(({ code, range, severity }) => [code, range.start.line, range.start.character, severity]),
			[
				['settingsFile', 0, 0, 1],
				['unknownCode', 1, 15, 2],
			],
		);
		assert.match(String(found[0]?.message), /^The file has no property 'role'; the properties are /);
		const items = await client.complete(settings, { line: 1, character: 16 });
		assert.ok(items.some(({ label }) => label === 'missingRole'));
		client.edit(settings, '"misingRole"', '"missingRole"');
		await client.noProblem(settings, 'unknownCode');
	});

	test('what is not saved, and what is not committed, would do to instances that run', async () => {
		client.open(uri('S.csdef'), definition);
		client.open(uri('S.Local.cscfg'), configuration);
		client.edit(uri('S.Local.cscfg'), 'value="9"', 'value="10"');
		// No repository, so there is only the disk to compare with.
		assert.deepEqual((await lenses('S.Local.cscfg'))[0], '1 change not saved: applies in place');
		const git = (...args: string[]) =>
			execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder.path });
		git('init', '-q');
		git('add', '.');
		git('commit', '-q', '-m', 'first');
		assert.deepEqual((await lenses('S.Local.cscfg'))[0], '1 change since HEAD: applies in place');
		folder.write({ 'S.Local.cscfg': configuration.replace('count="2"', 'count="3"') });
		client.edit(uri('S.Local.cscfg'), 'count="2"', 'count="4"');
		assert.deepEqual((await lenses('S.Local.cscfg')).slice(0, 2), [
			'2 changes since HEAD: 2 apply in place',
			'2 changes not saved: 2 apply in place',
		]);
		assert.deepEqual(
			(await lenses('S.csdef')).filter(title => /change/.test(title)),
			[],
		);
	});
});

const definition = definitionText(
	'<WorkerRole name="Mill" vmsize="Standard_A1_v2"><ConfigurationSettings><Setting name="Speed"/></ConfigurationSettings></WorkerRole>',
);
const configuration = configurationText(
	'<Role name="Mill"><Instances count="2"/><ConfigurationSettings><Setting name="Speed" value="9"/></ConfigurationSettings></Role>',
);

function scenarioText(command: string, instance: string): string {
	return `{ "name": "a", "service": "S.csdef", "steps": [{ "${command}": "${instance}" }] }`;
}
