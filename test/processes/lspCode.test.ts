import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	CodeActionRequest,
	CodeLensRequest,
	DefinitionRequest,
	DidChangeWatchedFilesNotification,
	ImplementationRequest,
	type Position,
	ReferencesRequest,
	RenameRequest,
	type TextEdit,
	TypeDefinitionRequest,
	type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type CallFolder, callFolder } from '../support/cli';
import { bundleCommandLine } from './commandLine';
import { applied, Client, placeOf, rangeOf } from './languageClient';

/** `rolewright lsp` and the code of the roles, as an editor meets them. */

suite('rolewright lsp: role code', () => {
	let built: Awaited<ReturnType<typeof bundleCommandLine>>;
	let folder: CallFolder;
	let client: Client;

	suiteSetup(async function () {
		this.timeout(60_000);
		built = await bundleCommandLine();
	});
	suiteTeardown(() => built.remove());
	setup(() => {
		folder = callFolder();
		mkdirSync(path.join(folder.path, 'Mill'));
		folder.write({
			'ServiceDefinition.csdef': definition,
			'ServiceConfiguration.Cloud.cscfg': cloud,
			'Mill/Mill.cs': code,
		});
	});
	teardown(async () => {
		await client.end();
		rmSync(folder.path, { recursive: true, force: true });
	});

	const start = async (capabilities: object = {}): Promise<void> => {
		client = await Client.start(built.cli, folder.path, capabilities);
	};
	const uri = (name: string) => pathToFileURL(path.join(folder.path, name)).href;
	const csdef = () => uri('ServiceDefinition.csdef');
	const cscfg = () => uri('ServiceConfiguration.Cloud.cscfg');
	const cs = () => uri('Mill/Mill.cs');
	const undeclared = 'undeclaredInCode';

	for (const [file, text] of Object.entries({
		'Mill/A.cs': 'class A { string S = RoleEnvironment.GetConfigurationSettingValue("Sped"); }',
		'Mill/A.vb': 'Module A\n Dim S = RoleEnvironment.GetConfigurationSettingValue("Sped")\nEnd Module',
		'Mill/A.fs':
			'let s = RoleEnvironment.GetConfigurationSettingValue "Sped"\nlet t = RoleEnvironment.GetConfigurationSettingValue("Sped")',
		'Mill/a.js':
			"exports.run = async role => { role.settings['Sped']; };\nconst a = role.getConfigurationSettingValue('Sped');",
	})) {
		test(`a name that nobody declares, in a file that nobody opened: ${file}`, async () => {
			folder.write({ [file]: text });
			await start();
			const found = await client.problems(uri(file), undeclared);
			assert.ok(found.every(({ source, code: own }) => source === 'rolewright' && own === undeclared));
			assert.match(JSON.stringify(found[0]?.message), /'Sped'; did you mean 'Speed'\?/);
		});
	}

	test('problems follow the code, the service, the comments that silence, and the severity that was chosen', async () => {
		await start();
		await client.problems(cscfg());
		client.open(cs(), code);
		client.edit(cs(), '"Speed"', '"Sped"');
		await client.problems(cs(), undeclared);
		client.edit(cs(), '"Sped"', '"Speed"');
		await client.noProblem(cs(), undeclared);
		client.open(csdef(), definition);
		client.edit(csdef(), '<Setting name="Speed"/>', '<Setting name="Pace"/>');
		await client.problems(cs(), undeclared);
		folder.write({ 'rolewright.json': '{"severity": {"undeclaredInCode": "off"}}' });
		await client.noProblem(cs(), undeclared);
	});

	test('definition, references both ways, completion between the quotes', async () => {
		await start();
		client.open(cs(), code);
		client.open(csdef(), definition);
		const inCode = placeOf(code, '"Speed"', 3);
		assert.deepEqual(await client.places(DefinitionRequest.method, cs(), inCode), ['ServiceDefinition.csdef Speed']);
		const all = ['Mill.cs Speed', 'ServiceConfiguration.Cloud.cscfg Speed', 'ServiceDefinition.csdef Speed'];
		const context = { includeDeclaration: true };
		assert.deepEqual(await client.places(ReferencesRequest.method, cs(), inCode, { context }), all);
		const inModel = placeOf(definition, 'Setting name="Speed"', 15);
		assert.deepEqual(await client.places(ReferencesRequest.method, csdef(), inModel, { context }), all);
		client.edit(cs(), '"Speed"', '"S');
		const items = await client.complete(cs(), placeOf(code, '"Speed"', 2));
		assert.deepEqual(
			items.map(({ label, textEdit }) => [label, textEdit?.newText]),
			[['Speed', 'Speed']],
		);
	});

	test('the class that a role starts with', async () => {
		await start();
		client.open(cscfg(), cloud);
		const at = placeOf(cloud, 'name="Mill"', 7);
		for (const { method } of [ImplementationRequest, TypeDefinitionRequest]) {
			assert.deepEqual(await client.places(method, cscfg(), at), ['Mill.cs Worker']);
		}
		assert.deepEqual(await client.places(ImplementationRequest.method, cscfg(), placeOf(cloud, '"Speed"', 2)), []);
	});

	test('fixes: the name that was meant, or a declaration with its values', async () => {
		const wrong = code.replace('"Speed"', '"Sped"');
		folder.write({ 'Mill/Mill.cs': wrong });
		await start();
		client.open(cs(), wrong);
		const diagnostics = await client.problems(cs(), undeclared);
		const found = await client.request<Action[]>(CodeActionRequest.method, {
			textDocument: { uri: cs() },
			range: diagnostics[0]?.range,
			context: { diagnostics },
		});
		assert.deepEqual(
			found.map(({ title, isPreferred, diagnostics: about }) => [title, isPreferred, about?.length]),
			[
				["Change to 'Speed'", true, 1],
				["Declare the setting 'Sped' in the role 'Mill'", false, 1],
			],
		);
		assert.equal(applied(wrong, found[0]?.edit.changes?.[cs()] ?? []), code);
		const declared = Object.keys(found[1]?.edit.changes ?? {}).map(each => each.split('/').at(-1));
		assert.deepEqual(declared, ['ServiceDefinition.csdef', 'ServiceConfiguration.Cloud.cscfg']);
	});

	test('rename goes into the code, in the text of this moment', async () => {
		await start();
		const edited = `// A line above.\n${code}`;
		client.open(cs(), code);
		client.edit(cs(), 'using', '// A line above.\nusing');
		client.open(csdef(), definition);
		await client.problems(cscfg());
		const { changes } = await rename(placeOf(definition, 'Setting name="Speed"', 15), 'Pace');
		assert.deepEqual(changes?.[cs()], [{ range: rangeOf(edited, 'Speed'), newText: 'Pace' }]);
	});

	test('a role takes its folder and what is said of it along, where the client asks', async () => {
		folder.write({
			'rolewright.json': '{"roles": {"Mill": {"code": "Mill"}}}',
			'mill.lifecycle.json': '{"service": ".", "steps": [{"recycle": "Mill_IN_0"}]}',
		});
		const workspaceEdit = {
			documentChanges: true,
			resourceOperations: ['create', 'rename'],
			changeAnnotationSupport: {},
		};
		await start({ workspace: { workspaceEdit } });
		client.open(csdef(), definition);
		const at = placeOf(definition, 'name="Mill"', 7);
		const { documentChanges = [], changeAnnotations = {} } = await rename(at, 'Kiln');
		assert.deepEqual(
			documentChanges.map(each =>
				'kind' in each
					? [each.kind, ask(each.annotationId)]
					: [each.textDocument.uri.split('/').at(-1), ...each.edits.map(edit => ask(annotationOf(edit)))],
			),
			[
				['ServiceDefinition.csdef', false],
				['ServiceConfiguration.Cloud.cscfg', false],
				['rolewright.json', true],
				['mill.lifecycle.json', true],
				['rename', true],
			],
		);
		await client.end();
		await start();
		client.open(csdef(), definition);
		const { changes = {} } = await rename(at, 'Kiln');
		assert.equal(Object.keys(changes).length, 4, 'the folder stays where nobody asks');

		function ask(id: unknown): boolean {
			return typeof id === 'string' && changeAnnotations[id]?.needsConfirmation === true;
		}
	});

	test('a secret moves to a file that git ignores, for a client that can make files', async () => {
		const text = cloud.replace('name="Speed" value="1"', 'name="ApiKey" value="s3cret-value"');
		const params = { range: rangeOf(text, 's3cret'), context: { diagnostics: [] } };
		const asked = async (capabilities: object) => {
			await start(capabilities);
			client.open(cscfg(), text);
			const textDocument = { uri: cscfg() };
			const all = await client.request<Action[]>(CodeActionRequest.method, { textDocument, ...params });
			return all.filter(({ title }) => title.startsWith('Move the value'));
		};
		const creates = { documentChanges: true, resourceOperations: ['create'] };
		const [move] = await asked({ workspace: { workspaceEdit: creates } });
		assert.deepEqual(
			move?.edit.documentChanges?.map(each => ('kind' in each ? each.kind : each.textDocument.uri.split('/').at(-1))),
			[
				'ServiceConfiguration.Cloud.cscfg',
				...['create', 'rolewright.secrets.json'],
				...['create', 'rolewright.json'],
				...['create', '.gitignore'],
			],
		);
		await client.end();
		assert.deepEqual(await asked({}), []);
	});

	test('a lens counts the uses in code, and files that come and go are followed', async () => {
		await start({ workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } });
		await client.registered;
		client.open(csdef(), definition);
		client.open(cscfg(), cloud);
		await client.problems(cscfg());
		const titles = async () => {
			const textDocument = { uri: csdef() };
			const found = await client.request<{ command: { title: string } }[]>(CodeLensRequest.method, { textDocument });
			return found.map(({ command }) => command.title);
		};
		assert.deepEqual(await titles(), ['1 configuration · 2 instances', 'used 2 times']);
		const other = 'class B { string S = RoleEnvironment.GetConfigurationSettingValue("Sped"); }';
		folder.write({ 'Mill/B.cs': `${code}${other}` });
		client.notify(DidChangeWatchedFilesNotification.method, { changes: [{ uri: uri('Mill/B.cs'), type: 1 }] });
		await client.problems(uri('Mill/B.cs'), undeclared);
		assert.deepEqual(await titles(), ['1 configuration · 2 instances', 'used 3 times']);
		rmSync(path.join(folder.path, 'Mill'), { recursive: true });
		client.notify(DidChangeWatchedFilesNotification.method, { changes: [{ uri: uri('Mill'), type: 3 }] });
		await client.noProblem(uri('Mill/B.cs'), undeclared);
		assert.deepEqual(await titles(), ['1 configuration · 2 instances', 'used once']);
	});

	test('columns are UTF-16 units, and that is said', async () => {
		await start({ general: { positionEncodings: ['utf-8', 'utf-16'] } });
		assert.equal(client.answer.capabilities.positionEncoding, 'utf-16');
		const wide = code.replace('string', '/* 🏭 */ string').replace('"Speed"', '"Sped"');
		client.open(cs(), wide);
		const [problem] = await client.problems(cs(), undeclared);
		assert.deepEqual(problem?.range, rangeOf(wide, 'Sped'));
	});

	function rename(position: Position, newName: string): Promise<WorkspaceEdit> {
		return client.request(RenameRequest.method, { textDocument: { uri: csdef() }, position, newName });
	}
});

interface Action {
	readonly title: string;
	readonly isPreferred?: boolean;
	readonly diagnostics?: readonly unknown[];
	readonly edit: WorkspaceEdit;
}

function annotationOf(edit: TextEdit | object): unknown {
	return 'annotationId' in edit ? edit.annotationId : undefined;
}

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const definition = `<ServiceDefinition name="Shop" xmlns="${namespace}/ServiceDefinition">
	<WorkerRole name="Mill" vmsize="Standard_A1_v2">
		<ConfigurationSettings>
			<Setting name="Speed"/>
		</ConfigurationSettings>
	</WorkerRole>
</ServiceDefinition>
`;
const cloud = `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="${namespace}/ServiceConfiguration">
	<Role name="Mill">
		<Instances count="2"/>
		<ConfigurationSettings>
			<Setting name="Speed" value="1"/>
		</ConfigurationSettings>
	</Role>
</ServiceConfiguration>
`;
const code = `using Microsoft.WindowsAzure.ServiceRuntime;
class Worker : RoleEntryPoint
{
	string Rate() => RoleEnvironment.GetConfigurationSettingValue("Speed");
}
`;
