import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { connectionStrategy, serve } from '../../src/server/server';
import type { ServerWorld } from '../../src/server/world';

/** Nothing on disk. */
const world: ServerWorld = {
	filesBelow: () => [],
	filesNamed: () => [],
	filesIn: () => [],
	textOf: () => undefined,
	textAtHead: async () => undefined,
	kindOf: () => undefined,
	rulesIn: () => ({}),
	codeFoldersIn: () => new Map(),
	secretsFileIn: () => undefined,
	pageOf: () => undefined,
	after: () => ({ dispose: () => {} }),
	watch: () => ({ dispose: () => {} }),
};

function frame(message: object): string {
	const text = JSON.stringify({ jsonrpc: '2.0', ...message });
	return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

interface Answer {
	readonly id?: number;
	readonly error?: { readonly code: number };
}

suite('a language server', () => {
	test('a request that is taken back before its turn is answered as such', async () => {
		const [input, output] = [new PassThrough(), new PassThrough()];
		serve(
			createConnection(new StreamMessageReader(input), new StreamMessageWriter(output), { connectionStrategy }),
			world,
		);
		const answers: Answer[] = [];
		const both = new Promise<void>(resolve => {
			new StreamMessageReader(output).listen(message => {
				answers.push(message as Answer);
				if (answers.length === 2) {
					resolve();
				}
			});
		});
		// All in one piece: the last one has arrived when the first one is looked at.
		input.write(
			[
				{ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } },
				{ id: 2, method: 'workspace/symbol', params: { query: '' } },
				{ method: '$/cancelRequest', params: { id: 2 } },
			]
				.map(frame)
				.join(''),
		);
		await both;
		assert.equal(answers.find(({ id }) => id === 2)?.error?.code, -32800);
		assert.equal(answers.find(({ id }) => id === 1)?.error, undefined);
	});
});
