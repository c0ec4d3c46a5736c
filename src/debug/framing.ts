import type { DebugProtocol } from '@vscode/debugprotocol';

export type Message =
	| (DebugProtocol.Request & { readonly type: 'request' })
	| (DebugProtocol.Response & { readonly type: 'response' })
	| (DebugProtocol.Event & { readonly type: 'event' });

/** The bytes of a message of the debug adapter protocol: its length in a header, then JSON. */
export function encodeMessage(message: Message): Buffer {
	const body = Buffer.from(JSON.stringify(message));
	return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** Takes bytes as they come, however they are cut, and hands on whole messages; throws where a body is no JSON. */
export function messageReader(take: (message: Message) => void): (chunk: Buffer) => void {
	let rest: Buffer = Buffer.alloc(0);
	return chunk => {
		rest = Buffer.concat([rest, chunk]);
		for (let frame = firstFrame(rest); frame; frame = firstFrame(rest)) {
			const body = rest.subarray(frame.start, frame.end).toString();
			rest = rest.subarray(frame.end);
			if (body) {
				take(JSON.parse(body));
			}
		}
	};
}

function firstFrame(bytes: Buffer): { readonly start: number; readonly end: number } | undefined {
	const headerEnd = bytes.indexOf('\r\n\r\n');
	if (headerEnd < 0) {
		return undefined;
	}
	// Some debuggers write a line of their own before the first header; the length is what counts.
	const length = /Content-Length: *(\d+)/i.exec(bytes.subarray(0, headerEnd).toString())?.[1];
	const start = headerEnd + 4;
	const end = start + Number(length ?? 0);
	return bytes.length < end ? undefined : { start, end };
}
