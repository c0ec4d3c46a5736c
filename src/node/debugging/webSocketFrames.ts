import { randomBytes } from 'node:crypto';

/** The bit of WebSocket (RFC 6455) that the inspector relay needs: to read along what a client sends, and to say one thing. */
export interface WebSocketListener {
	/** The client has asked for the upgrade. */
	upgraded(): void;
	/** The payload of one text frame of at most `longestFrame` bytes. */
	text(text: string): void;
}

/** A longer frame (a big evaluation) is passed over: nothing that is looked for is as long. */
const longestFrame = 64 * 1024;

/** Takes the bytes that a client sends and tells what is in them. Never throws; bytes that make no sense are passed over. */
export function webSocketReader(listener: WebSocketListener): (chunk: Buffer) => void {
	let state: 'request' | 'frames' | 'other' = 'request';
	let held: Buffer = Buffer.alloc(0);
	let skip = 0;

	const request = (): void => {
		const end = held.indexOf('\r\n\r\n');
		if (end < 0) {
			return;
		}
		const head = held.toString('latin1', 0, end);
		held = held.subarray(end + 4);
		if (/^upgrade:\s*websocket/im.test(head)) {
			state = 'frames';
			listener.upgraded();
		}
	};
	const frames = (): void => {
		while (held.length > 0) {
			const passed = Math.min(skip, held.length);
			skip -= passed;
			held = held.subarray(passed);
			const frame = frameAt(held);
			if (!frame) {
				return;
			}
			if (frame.end > longestFrame) {
				skip = frame.end;
				continue;
			}
			if (held.length < frame.end) {
				return;
			}
			if (frame.isText) {
				listener.text(unmask(held.subarray(frame.payload, frame.end), frame.mask));
			}
			held = held.subarray(frame.end);
		}
	};

	return chunk => {
		held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
		while (state === 'request' && held.length > 0) {
			const before = held.length;
			request();
			if (held.length === before) {
				state = before > longestFrame ? 'other' : state;
				break;
			}
		}
		if (state === 'frames') {
			frames();
		} else if (state === 'other') {
			held = Buffer.alloc(0);
		}
	};
}

/** What a client writes to be upgraded. */
export function webSocketRequest(port: number, path: string): string {
	return [
		`GET ${path} HTTP/1.1`,
		`Host: 127.0.0.1:${port}`,
		'Connection: Upgrade',
		'Upgrade: websocket',
		'Sec-WebSocket-Version: 13',
		`Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
		'\r\n',
	].join('\r\n');
}

/** One text frame of a client, of less than 64 KB. */
export function webSocketText(text: string): Buffer {
	const mask = randomBytes(4);
	const payload = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
	const length =
		payload.length < 126
			? Buffer.from([0x80 | payload.length])
			: Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 0xff]);
	return Buffer.concat([Buffer.from([0x81]), length, mask, payload]);
}

interface Frame {
	readonly isText: boolean;
	readonly mask: Buffer | undefined;
	/** Offsets in the buffer. */
	readonly payload: number;
	readonly end: number;
}

function frameAt(bytes: Buffer): Frame | undefined {
	const [first, second] = bytes;
	if (first === undefined || second === undefined) {
		return undefined;
	}
	const short = second & 0x7f;
	const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
	const masked = (second & 0x80) !== 0;
	const payload = 2 + lengthBytes + (masked ? 4 : 0);
	if (bytes.length < payload) {
		return undefined;
	}
	const length =
		lengthBytes === 2 ? bytes.readUInt16BE(2) : lengthBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
	return {
		isText: (first & 0x0f) === 1,
		mask: masked ? bytes.subarray(payload - 4, payload) : undefined,
		payload,
		end: payload + length,
	};
}

function unmask(payload: Buffer, mask: Buffer | undefined): string {
	return (mask ? payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) : payload).toString('utf8');
}
