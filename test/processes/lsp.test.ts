import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	CodeActionRequest,
	CodeLensRequest,
	CompletionRequest,
	DefinitionRequest,
	type Diagnostic,
	DidChangeWatchedFilesNotification,
	DocumentFormattingRequest,
	DocumentHighlightRequest,
	DocumentLinkRequest,
	DocumentRangeFormattingRequest,
	DocumentSymbolRequest,
	FoldingRangeRequest,
	HoverRequest,
	InlayHintRequest,
	LinkedEditingRangeRequest,
	PrepareRenameRequest,
	type Range,
	ReferencesRequest,
	RenameRequest,
	SelectionRangeRequest,
	SemanticTokensRequest,
	type SignatureHelp,
	SignatureHelpRequest,
	type TextEdit,
	WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { type CallFolder, callFolder } from '../support/cli';
import { definitionText } from '../support/services';
import { bundleCommandLine } from './commandLine';
import { applied, Client, placeOf, rangeOf } from './languageClient';

/** `rolewright lsp` as an editor meets it: the bundle, over its standard input and output. */

suite('rolewright lsp', () => {
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
		folder.write({ 'ServiceDefinition.csdef': definition, 'ServiceConfiguration.Cloud.cscfg': cloud });
	});
	teardown(async () => {
		await client.end();
		rmSync(folder.path, { recursive: true, force: true });
	});

	const start = async (capabilities: object = {}, options?: object): Promise<void> => {
		client = await Client.start(built.cli, folder.path, capabilities, options);
	};
	const uri = (name: string) => pathToFileURL(path.join(folder.path, name)).href;
	const csdef = () => uri('ServiceDefinition.csdef');
	const cscfg = () => uri('ServiceConfiguration.Cloud.cscfg');

	test('says what it can do', async () => {
		await start();
		assert.deepEqual(
			Object.keys(client.answer.capabilities)
				.filter(name => name.endsWith('Provider'))
				.sort(),
			[
				'codeActionProvider',
				'codeLensProvider',
				'completionProvider',
				'definitionProvider',
				'documentFormattingProvider',
				'documentHighlightProvider',
				'documentLinkProvider',
				'documentRangeFormattingProvider',
				'documentSymbolProvider',
				'foldingRangeProvider',
				'hoverProvider',
				'implementationProvider',
				'inlayHintProvider',
				'linkedEditingRangeProvider',
				'referencesProvider',
				'renameProvider',
				'selectionRangeProvider',
				'semanticTokensProvider',
				'signatureHelpProvider',
				'typeDefinitionProvider',
				'workspaceSymbolProvider',
			],
		);
		assert.equal(client.answer.serverInfo?.name, 'Rolewright');
	});

	test('problems of every file of the folders, opened or not, and again after a keystroke', async () => {
		await start();
		assert.deepEqual(worse(await client.problems(cscfg())), []);
		client.open(csdef(), definition);
		client.edit(csdef(), 'name="Mill"', 'name="Kiln"');
		const found = await client.problems(cscfg(), 'unknownRole');
		assert.equal(found.find(({ code }) => code === 'unknownRole')?.source, 'rolewright');
		assert.match(
			found.find(({ code }) => code === 'unknownRole')?.codeDescription?.href ?? 'docs/problems/unknownRole.md',
			/unknownRole\.md$/,
		);
		client.close(csdef());
		await client.noProblem(cscfg(), 'unknownRole');
	});

	test('half-typed text gets answers', async () => {
		await start();
		client.open(csdef(), definition);
		client.edit(csdef(), '</ServiceDefinition>', '<');
		const found = await client.ask(CompletionRequest.method, csdef(), { line: 7, character: 2 });
		assert.ok(Array.isArray(found));
		assert.ok((await client.problems(csdef(), 'missingCloseTag')).length > 0);
	});

	test('completion: names of the definition in a configuration, with and without snippets', async () => {
		await start({ textDocument: { completion: { completionItem: { snippetSupport: true } } } });
		client.open(cscfg(), cloud);
		const names = await client.complete(cscfg(), placeOf(cloud, 'Setting name="', 14));
		assert.deepEqual(
			names.map(({ label }) => label),
			['Speed'],
		);
		const elements = await client.complete(cscfg(), placeOf(cloud, '<Role ', 0));
		assert.equal(elements.find(({ label }) => label === 'Role')?.insertTextFormat, 2);
		await client.end();
		await start();
		client.open(cscfg(), cloud);
		const plain = await client.complete(cscfg(), placeOf(cloud, '<Role ', 0));
		assert.ok(
			plain.every(
				({ textEdit, insertTextFormat }) => insertTextFormat === 1 && !/\$\d|\$\{/.test(textEdit?.newText ?? ''),
			),
		);
	});

	test('hover, definition, references, highlights', async () => {
		await start();
		client.open(cscfg(), cloud);
		const at = placeOf(cloud, 'name="Mill"', 7);
		assert.match(JSON.stringify(await client.ask(HoverRequest.method, cscfg(), at)), /Mill/);
		assert.deepEqual(await client.places(DefinitionRequest.method, cscfg(), at), ['ServiceDefinition.csdef Mill']);
		assert.deepEqual(
			await client.places(ReferencesRequest.method, cscfg(), at, { context: { includeDeclaration: true } }),
			['ServiceConfiguration.Cloud.cscfg Mill', 'ServiceDefinition.csdef Mill'],
		);
		assert.deepEqual(await client.ranges(DocumentHighlightRequest.method, cscfg(), { position: at }), [
			rangeOf(cloud, 'Mill'),
		]);
	});

	test('the parts of a connection string while it is typed', async () => {
		await start();
		const text = cloud.replace('value="1"', 'value="AccountName=mill;AccountKey="');
		client.open(cscfg(), text);
		const at = placeOf(text, 'AccountKey=', 11);
		const help = (await client.ask(SignatureHelpRequest.method, cscfg(), at)) as SignatureHelp;
		assert.deepEqual([help.signatures[0]?.label, help.activeParameter], ['AccountName=…;AccountKey=…', 1]);
	});

	test('rename in all files, or why not', async () => {
		await start();
		client.open(csdef(), definition);
		const at = placeOf(definition, 'name="Mill"', 7);
		assert.deepEqual(
			await client.request(PrepareRenameRequest.method, { textDocument: { uri: csdef() }, position: at }),
			{ range: rangeOf(definition, 'Mill'), placeholder: 'Mill' },
		);
		const { changes } = await client.request<{ changes: Record<string, TextEdit[]> }>(RenameRequest.method, {
			textDocument: { uri: csdef() },
			position: at,
			newName: 'Kiln',
		});
		assert.deepEqual(
			Object.keys(changes)
				.map(each => each.split('/').at(-1))
				.sort(),
			['ServiceConfiguration.Cloud.cscfg', 'ServiceDefinition.csdef'],
		);
		assert.deepEqual(changes[csdef()], [{ range: rangeOf(definition, 'Mill'), newText: 'Kiln' }]);
		await assert.rejects(
			client.request(PrepareRenameRequest.method, {
				textDocument: { uri: csdef() },
				position: { line: 0, character: 0 },
			}),
			/Only names can be renamed/,
		);
		await assert.rejects(
			client.request(RenameRequest.method, { textDocument: { uri: csdef() }, position: at, newName: '' }),
			/cannot name the role/,
		);
	});

	test('outline, symbols of the folders, folding, selection', async () => {
		await start();
		client.open(csdef(), definition);
		const textDocument = { uri: csdef() };
		const outline = await client.request<{ name: string; children: { name: string }[] }[]>(
			DocumentSymbolRequest.method,
			{ textDocument },
		);
		assert.deepEqual(
			outline.map(({ name, children }) => [name, children.map(each => each.name)]),
			[['Shop', ['Mill']]],
		);
		const found = await client.request<{ name: string }[]>(WorkspaceSymbolRequest.method, { query: 'spe' });
		assert.deepEqual(
			found.map(({ name }) => name),
			['Speed'],
		);
		assert.deepEqual(await client.request(FoldingRangeRequest.method, { textDocument }), [
			{ startLine: 0, endLine: 6 },
			{ startLine: 1, endLine: 5 },
			{ startLine: 2, endLine: 4 },
		]);
		const [selection] = await client.request<{ range: Range; parent: unknown }[]>(SelectionRangeRequest.method, {
			textDocument,
			positions: [placeOf(definition, 'Speed', 1)],
		});
		assert.deepEqual(selection?.range, rangeOf(definition, 'Speed'));
		assert.ok(selection?.parent);
	});

	test('formatting of a whole text and of a range', async () => {
		await start();
		const squeezed = definition.replaceAll('\t', '');
		client.open(csdef(), squeezed);
		const options = { tabSize: 4, insertSpaces: false };
		const edits = await client.request<TextEdit[]>(DocumentFormattingRequest.method, {
			textDocument: { uri: csdef() },
			options,
		});
		assert.equal(applied(squeezed, edits), definition);
		const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
		const some = await client.request<TextEdit[]>(DocumentRangeFormattingRequest.method, {
			textDocument: { uri: csdef() },
			options,
			range,
		});
		assert.equal(applied(squeezed, some), squeezed.replace('<WorkerRole', '\t<WorkerRole'));
	});

	test('quick fixes belong to their problems; the order of elements comes where it is asked for', async () => {
		await start();
		const wrong = definition.replace('<Setting name="Speed"/>', '<Seting name="Speed"/>');
		client.open(csdef(), wrong);
		const problems = await client.problems(csdef(), 'unknownElement');
		const diagnostic = problems.find(({ code }) => code === 'unknownElement') ?? assert.fail();
		const ask = (context: object) =>
			client.request<
				{ title: string; kind: string; diagnostics?: unknown[]; edit: { changes: Record<string, TextEdit[]> } }[]
			>(CodeActionRequest.method, { textDocument: { uri: csdef() }, range: diagnostic.range, context });
		const fixes = await ask({ diagnostics: problems });
		const fix = fixes.find(({ edit }) => applied(wrong, edit.changes[csdef()] ?? []) === definition);
		assert.deepEqual([fix?.kind, fix?.diagnostics?.length], ['quickfix', 1]);
		assert.deepEqual(await ask({ diagnostics: [], only: ['source.organizeElements'] }), []);
	});

	test('lenses, colours, links, both names of a tag, hints', async () => {
		folder.write({
			'Mill/install.cmd': 'exit 0',
			'ServiceDefinition.csdef': definition.replace(
				'</WorkerRole>',
				'<Startup><Task commandLine="install.cmd"/></Startup></WorkerRole>',
			),
		});
		await start({}, { showDefaults: true });
		const text = folder.read('ServiceDefinition.csdef');
		client.open(csdef(), text);
		const textDocument = { uri: csdef() };
		const lenses = await client.request<{ command: { title: string } }[]>(CodeLensRequest.method, { textDocument });
		assert.deepEqual(
			lenses.map(({ command }) => command.title),
			['1 configuration · 2 instances', 'used once'],
		);
		const { data } = await client.request<{ data: number[] }>(SemanticTokensRequest.method, { textDocument });
		assert.equal(data.length, 5 * 3);
		const links = await client.request<{ target: string }[]>(DocumentLinkRequest.method, { textDocument });
		assert.deepEqual(
			links.map(({ target }) => target),
			[uri('Mill/install.cmd')],
		);
		const linked = await client.request<{ ranges: Range[] }>(LinkedEditingRangeRequest.method, {
			textDocument,
			position: placeOf(text, 'WorkerRole', 2),
		});
		assert.equal(linked.ranges.length, 2);
		const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
		const hints = await client.request<{ label: string }[]>(InlayHintRequest.method, { textDocument, range });
		assert.ok(
			hints.some(({ label }) => /taskType/.test(label)),
			JSON.stringify(hints),
		);
	});

	test('a file that changes outside: watched by the server where the client does not', async () => {
		await start();
		await client.problems(cscfg());
		folder.write({ 'ServiceDefinition.csdef': definition.replace('name="Mill"', 'name="Kiln"') });
		await client.problems(cscfg(), 'unknownRole');
		folder.write({ 'rolewright.json': '{"severity": {"unknownRole": "off"}}' });
		await client.noProblem(cscfg(), 'unknownRole');
	});

	test('a file that changes outside: told by the client where it watches', async () => {
		await start({ workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } });
		await client.registered;
		folder.write({ 'ServiceDefinition.csdef': definition.replace('name="Mill"', 'name="Kiln"') });
		client.notify(DidChangeWatchedFilesNotification.method, { changes: [{ uri: csdef(), type: 2 }] });
		await client.problems(cscfg(), 'unknownRole');
	});

	test('a text that was never saved', async () => {
		await start();
		const untitled = 'untitled:Untitled-1';
		client.open(untitled, definitionText('<WorkerRole name="A" size="x"/>'), 'csdef');
		assert.ok((await client.problems(untitled, 'unknownAttribute')).length > 0);
		assert.ok((await client.complete(untitled, { line: 0, character: 0 })).length >= 0);
	});
});

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const definition = `<ServiceDefinition name="Shop" xmlns="${namespace}/ServiceDefinition">
	<WorkerRole name="Mill" vmsize="Standard_A1_v2">
		<ConfigurationSettings>
			<Setting name="Speed"/>
			<!-- more -->
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

/** Without hints, which are about platforms that nobody has chosen. */
function worse(diagnostics: readonly Diagnostic[]): readonly unknown[] {
	return diagnostics.filter(({ severity }) => (severity ?? 1) < 4).map(({ code }) => code);
}
