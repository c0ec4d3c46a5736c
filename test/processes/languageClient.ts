import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
	CompletionRequest,
	createProtocolConnection,
	type Diagnostic,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	ExitNotification,
	InitializedNotification,
	InitializeRequest,
	type InitializeResult,
	type Position,
	type ProtocolConnection,
	PublishDiagnosticsNotification,
	type Range,
	RegistrationRequest,
	ShutdownRequest,
	StreamMessageReader,
	StreamMessageWriter,
	type TextEdit,
} from 'vscode-languageserver/node';

export function placeOf(text: string, piece: string, plus: number): Position {
	const before = text.slice(0, text.indexOf(piece) + plus).split('\n');
	return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

export function rangeOf(text: string, piece: string): Range {
	return { start: placeOf(text, piece, 0), end: placeOf(text, piece, piece.length) };
}

export function offsetIn(text: string, { line, character }: Position): number {
	return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

export function applied(text: string, edits: readonly TextEdit[]): string {
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
export class Client {
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

	open(uri: string, text: string, languageId = uri.split('.').at(-1) ?? ''): void {
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

	/** Each place as the name of its file and the text there, which is the one on disk. */
	async places(method: string, uri: string, position: Position, more: object = {}): Promise<readonly string[]> {
		const found = await this.request<{ uri: string; range: Range }[]>(method, {
			textDocument: { uri },
			position,
			...more,
		});
		return found
			.map(place => {
				const text = readFileSync(fileURLToPath(place.uri), 'utf8');
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
