import { type ServerResponse, STATUS_CODES } from 'node:http';

/** A page for the developer where a site cannot answer: what is wrong, in a sentence. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
	const text = `${title}\n\n${sentence}\n`;
	response
		.writeHead(status, {
			'Content-Type': 'text/plain; charset=utf-8',
			'Content-Length': Buffer.byteLength(text),
			'X-Content-Type-Options': 'nosniff',
		})
		.end(text);
}
