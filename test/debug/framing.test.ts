import assert from 'node:assert/strict';
import { encodeMessage, type Message, messageReader } from '../../src/debug/framing';

const first: Message = { seq: 1, type: 'event', event: 'output', body: { output: 'grün\r\n\r\n' } };
const second: Message = { seq: 2, type: 'request', command: 'threads' };

suite('messages of the debug adapter protocol', () => {
	test('come out whole, wherever the bytes are cut', () => {
		const bytes = Buffer.concat([encodeMessage(first), encodeMessage(second)]);
		for (let cut = 0; cut <= bytes.length; cut++) {
			assert.deepEqual(read([bytes.subarray(0, cut), bytes.subarray(cut)]), [first, second], `cut at ${cut}`);
		}
	});

	test('a line of the debugger’s own before the first message is passed over', () => {
		assert.deepEqual(read([Buffer.from('Debugger 1.2, no warranty\n'), encodeMessage(first)]), [first]);
	});

	test('a message that breaks off is not handed on', () => {
		assert.deepEqual(read([encodeMessage(first), encodeMessage(second).subarray(0, -1)]), [first]);
	});

	test('a body that is no JSON throws', () => {
		assert.throws(() => read([Buffer.from('Content-Length: 2\r\n\r\n{]')]), SyntaxError);
	});
});

function read(chunks: readonly Buffer[]): Message[] {
	const messages: Message[] = [];
	const take = messageReader(message => messages.push(message));
	for (const chunk of chunks) {
		take(chunk);
	}
	return messages;
}
