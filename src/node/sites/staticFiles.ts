import { createReadStream, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { findOnDisk } from '../serviceFiles';
import { mimeTypeOf } from './mimeTypes';
import { refuse } from './refusal';

/** What IIS shows for a folder, in its order. */
const defaultDocuments = ['default.htm', 'default.html', 'index.htm', 'index.html'];

/** Parts of a site that IIS hides from its visitors, as its request filtering does by default. */
const hidden = /^(web\.config|bin|app_(code|data|browsers|globalresources|localresources|webreferences)|\.git|\.svn)$/i;
const hiddenEndings = /\.(config|cs|csproj|vb|vbproj|asax|ascx|master|mdf|ldf|pdb|dll|user|resx)$/i;

/**
 * Answers with a file of the folder, as IIS serves static content. `below` is the decoded path within the folder. Nothing
 * outside of the folder is ever read, neither by the path nor by a link.
 */
export async function serveFile(
	folder: string,
	below: string,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.setHeader('Allow', 'GET, HEAD');
		return refuse(response, 405, 'Static files are read by GET and HEAD only.');
	}
	const found = await findFile(folder, below);
	switch (found.kind) {
		case 'none':
			return refuse(response, 404, 'There is no such file in the site.');
		case 'folder':
			return below.endsWith('/')
				? refuse(
						response,
						403,
						`The folder has no default document (${defaultDocuments.join(', ')}), and is not listed.`,
					)
				: redirect(request, response);
		case 'file':
			return below.endsWith('/') || !found.isDefault
				? send(found.file, found.status, request, response)
				: redirect(request, response);
	}
}

type Found =
	| { readonly kind: 'file'; readonly file: string; readonly status: Stats; readonly isDefault: boolean }
	| { readonly kind: 'folder' | 'none' };

async function findFile(folder: string, below: string): Promise<Found> {
	const names = below.split('/').filter(name => name !== '');
	const isStrange = names.some(name => name === '..' || name === '.' || /[\\:\0]/.test(name));
	if (isStrange || isHidden(names)) {
		return { kind: 'none' };
	}
	const root = await realpath(folder).catch(() => undefined);
	const found = root && findOnDisk(path.join(root, ...names));
	const real = found && (await realpath(found.path).catch(() => undefined));
	// A link, or on Windows a short name and a dot behind it, is the file that it leads to.
	const isBelow = root && real && (real === root || real.startsWith(root + path.sep));
	if (!isBelow || isHidden(real.slice(root.length).split(path.sep))) {
		return { kind: 'none' };
	}
	if (found.kind === 'file') {
		return { kind: 'file', file: real, status: await stat(real), isDefault: false };
	}
	for (const name of defaultDocuments) {
		const document = findOnDisk(path.join(real, name));
		if (document?.kind === 'file') {
			return { kind: 'file', file: document.path, status: await stat(document.path), isDefault: true };
		}
	}
	return { kind: 'folder' };
}

/** True where a part of the path is what IIS shows to nobody. */
function isHidden(names: readonly string[]): boolean {
	return names.some(name => hidden.test(name)) || hiddenEndings.test(names.at(-1) ?? '');
}

/** A folder ends in a slash, so that what its page refers to is found below it. */
function redirect({ url = '/' }: IncomingMessage, response: ServerResponse): void {
	const [, at = '/', query = ''] = /^([^?]*)(.*)$/s.exec(url) ?? [];
	// More than one slash at the beginning would name another host.
	response.writeHead(301, { Location: `${at.replace(/^\/+/, '/')}/${query}`, 'Content-Length': 0 }).end();
}

function send(file: string, status: Stats, request: IncomingMessage, response: ServerResponse): void {
	const { size, mtime } = status;
	const tag = `"${size.toString(16)}-${Math.trunc(mtime.getTime()).toString(16)}"`;
	const headers = {
		'Content-Type': mimeTypeOf(file),
		'Last-Modified': mtime.toUTCString(),
		ETag: tag,
		'Accept-Ranges': 'bytes',
		'X-Content-Type-Options': 'nosniff',
	};
	if (isKnown(request, tag, mtime)) {
		response.writeHead(304, headers).end();
		return;
	}
	const range = rangeOf(request.headers.range, size);
	if (range === 'none') {
		response.writeHead(416, { 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end();
		return;
	}
	const { start, end } = range ?? { start: 0, end: size - 1 };
	const part = range && { 'Content-Range': `bytes ${start}-${end}/${size}` };
	response.writeHead(range ? 206 : 200, { ...headers, ...part, 'Content-Length': end - start + 1 });
	if (request.method === 'HEAD' || size === 0) {
		response.end();
		return;
	}
	// A file that goes away while it is sent, or a visitor that does, ends the connection.
	pipeline(createReadStream(file, { start, end }), response, () => {});
}

function isKnown({ headers }: IncomingMessage, tag: string, mtime: Date): boolean {
	const tags = headers['if-none-match'];
	if (tags !== undefined) {
		return tags === '*' || tags.split(',').some(each => each.trim().replace(/^W\//, '') === tag);
	}
	const since = Date.parse(headers['if-modified-since'] ?? '');
	return !Number.isNaN(since) && Math.trunc(mtime.getTime() / 1000) * 1000 <= since;
}

/** One range of bytes; several at once are answered with the whole file. `none`: it lies beyond the end. */
function rangeOf(
	header: string | undefined,
	size: number,
): { readonly start: number; readonly end: number } | 'none' | undefined {
	const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (from === '' && to === '') {
		return undefined;
	}
	const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
	const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
	return start <= end ? { start, end } : 'none';
}
