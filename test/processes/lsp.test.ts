import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	CodeActionRequest,
	CodeLensRequest,
	CompletionRequest,
	createProtocolConnection,
	DefinitionRequest,
	type Diagnostic,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	DocumentFormattingRequest,
	DocumentHighlightRequest,
	DocumentLinkRequest,
	DocumentRangeFormattingRequest,
	DocumentSymbolRequest,
	ExitNotification,
	FoldingRangeRequest,
	HoverRequest,
	InitializedNotification,
	InitializeRequest,
	type InitializeResult,
	InlayHintRequest,
	LinkedEditingRangeRequest,
	type Position,
	PrepareRenameRequest,
	type ProtocolConnection,
	PublishDiagnosticsNotification,
	type Range,
	ReferencesRequest,
	RegistrationRequest,
	RenameRequest,
	SelectionRangeRequest,
	SemanticTokensRequest,
	ShutdownRequest,
	type SignatureHelp,
	SignatureHelpRequest,
	StreamMessageReader,
	StreamMessageWriter,
	type TextEdit,
	WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { type CallFolder, callFolder } from '../support/cli';
import { definitionText } from '../support/services';
import { bundleCommandLine } from './commandLine';

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
				'inlayHintProvider',
				'linkedEditingRangeProvider',
				'referencesProvider',
				'renameProvider',
				'selectionRangeProvider',
				'semanticTokensProvider',
				'signatureHelpProvider',
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

function placeOf(text: string, piece: string, plus: number): Position {
	const before = text.slice(0, text.indexOf(piece) + plus).split('\n');
	return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function rangeOf(text: string, piece: string): Range {
	return { start: placeOf(text, piece, 0), end: placeOf(text, piece, piece.length) };
}

function offsetIn(text: string, { line, character }: Position): number {
	return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

function applied(text: string, edits: readonly TextEdit[]): string {
	return [...edits]
		.sort((a, b) => offsetIn(text, b.range.start) - offsetIn(text, a.range.start))
		.reduce(
			(done, { range, newText }) =>
				done.slice(0, offsetIn(text, range.start)) + newText + done.slice(offsetIn(text, range.end)),
			text,
		);
}

interface Item {
	readonly label: string;
	readonly insertTextFormat?: number;
	readonly textEdit?: { readonly newText: string };
}

/** An editor as far as the protocol sees it. */
class Client {
	/** Settles when the server asked to be told of changed files. */
	readonly registered: Promise<void>;
	answer: InitializeResult = { capabilities: {} };
	private readonly published = new Map<string, readonly Diagnostic[]>();
	private readonly waiting = new Set<() => void>();
	private readonly texts = new Map<string, { version: number; text: string }>();
	private ended = false;

	private constructor(
		private readonly child: ChildProcess,
		private readonly connection: ProtocolConnection,
	) {
		this.registered = new Promise(resolve => connection.onRequest(RegistrationRequest.type, () => resolve()));
		connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
			this.published.set(uri, diagnostics);
			for (const look of [...this.waiting]) {
				look();
			}
		});
		connection.listen();
	}

	static async start(
		cli: string,
		folder: string,
		capabilities: object,
		initializationOptions?: object,
	): Promise<Client> {
		const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
		const { stdin, stdout } = child;
		const client = new Client(
			child,
			createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin)),
		);
		client.answer = await client.request<InitializeResult>(InitializeRequest.method, {
			processId: process.pid,
			rootUri: pathToFileURL(folder).href,
			capabilities,
			initializationOptions,
		});
		client.notify(InitializedNotification.method, {});
		return client;
	}

	/** Shutdown and exit, as an editor that closes; the process goes with exit code 0. */
	async end(): Promise<void> {
		if (this.ended) {
			return;
		}
		this.ended = true;
		const gone = once(this.child, 'exit');
		await this.connection.sendRequest(ShutdownRequest.type);
		await this.connection.sendNotification(ExitNotification.type);
		const [code] = await gone;
		this.connection.dispose();
		assert.equal(code, 0);
	}

	request<T>(method: string, params: object): Promise<T> {
		return this.connection.sendRequest<T>(method, params);
	}

	notify(method: string, params: object): void {
		void this.connection.sendNotification(method, params);
	}

	open(uri: string, text: string, languageId = /csdef$/.test(uri) ? 'csdef' : 'cscfg'): void {
		this.texts.set(uri, { version: 1, text });
		this.notify(DidOpenTextDocumentNotification.method, { textDocument: { uri, languageId, version: 1, text } });
	}

	/** Types over the first occurrence of a piece. */
	edit(uri: string, piece: string, text: string): void {
		const known = this.texts.get(uri) ?? assert.fail('it is not open');
		const range = rangeOf(known.text, piece);
		known.version++;
		known.text = known.text.replace(piece, text);
		this.notify(DidChangeTextDocumentNotification.method, {
			textDocument: { uri, version: known.version },
			contentChanges: [{ range, text }],
		});
	}

	close(uri: string): void {
		this.notify(DidCloseTextDocumentNotification.method, { textDocument: { uri } });
	}

	/** The problems of a file as soon as they were told, and have this code. */
	problems(uri: string, code?: string): Promise<readonly Diagnostic[]> {
		return this.until(uri, found => code === undefined || found.some(each => each.code === code));
	}

	noProblem(uri: string, code: string): Promise<readonly Diagnostic[]> {
		return this.until(uri, found => found.every(each => each.code !== code));
	}

	ask(method: string, uri: string, position: Position, more: object = {}): Promise<unknown> {
		return this.request(method, { textDocument: { uri }, position, ...more });
	}

	async complete(uri: string, position: Position): Promise<readonly Item[]> {
		return this.request<Item[]>(CompletionRequest.method, { textDocument: { uri }, position });
	}

	/** Each place as the name of its file and the text there; the texts are those of this test. */
	async places(method: string, uri: string, position: Position, more: object = {}): Promise<readonly string[]> {
		const found = await this.request<{ uri: string; range: Range }[]>(method, {
			textDocument: { uri },
			position,
			...more,
		});
		return found
			.map(place => {
				const text = /csdef$/.test(place.uri) ? definition : cloud;
				return `${place.uri.split('/').at(-1)} ${text.slice(offsetIn(text, place.range.start), offsetIn(text, place.range.end))}`;
			})
			.sort();
	}

	async ranges(method: string, uri: string, params: object): Promise<readonly Range[]> {
		const found = await this.request<{ range: Range }[]>(method, { textDocument: { uri }, ...params });
		return found.map(({ range }) => range);
	}

	private until(uri: string, is: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
		return new Promise(resolve => {
			const look = () => {
				const found = this.published.get(uri);
				if (found && is(found)) {
					this.waiting.delete(look);
					resolve(found);
				}
			};
			this.waiting.add(look);
			look();
		});
	}
}
