import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import { textOfError } from '../../base/failure';
import type { Listening } from '../../lifecycle/network';
import type { SitePlan } from '../../lifecycle/siteHost';
import { pause } from '../clock';
import { refuse } from './refusal';
import type { Answering, SiteProcess } from './siteProcess';
import { pathOf, type Route, routeIn, siteFor, without } from './siteRouting';
import { serveFile } from './staticFiles';

export interface FrontContext {
	readonly endpoint: string;
	readonly sites: readonly SitePlan[];
	/** Clients speak HTTPS to the endpoint: what it shows them. */
	readonly secure?: SecureContextOptions;
	/** Resolves when the role is Ready: nothing is answered before. */
	readonly opened: Promise<void>;
	/** The process of an application; none where its files are all there is. */
	readonly processOf: (route: Route) => SiteProcess | undefined;
}

/** Milliseconds without a request after which a connection that is kept may be closed while the instance stops. */
const quietTime = 200;

/** As long as http.sys keeps a connection that nobody uses. */
const keepAlive = 120_000;

/**
 * What IIS's own listener does for one endpoint of one instance: takes the requests, and hands each to the site that its
 * host and its path name.
 */
export class SiteFront {
	private readonly server: Server;
	/** Requests that are not answered yet, and connections that were handed over whole. */
	private inFlight = 0;
	private draining = false;
	/** Wall time of the last request. */
	private asked = 0;
	/** Who wants to know when a request was answered or a connection has ended. */
	private waiting: (() => void)[] = [];
	private readonly sockets = new Set<Duplex>();

	constructor(private readonly context: FrontContext) {
		const options = { keepAliveTimeout: keepAlive, requestTimeout: 0 };
		const serve = (request: IncomingMessage, response: ServerResponse): void => {
			this.began();
			response.shouldKeepAlive &&= !this.draining;
			response.once('close', () => this.done());
			this.answer(request, response).catch(error => refuse(response, 503, textOfError(error)));
		};
		this.server = context.secure
			? createSecureServer({ ...options, ...context.secure }, serve)
			: createServer(options, serve);
		this.server.on('upgrade', (request, socket, head) => {
			this.began();
			socket.once('close', () => this.done());
			this.handOver(request, socket, head).catch(() => socket.destroy());
		});
		this.server.on('connection', socket => {
			this.sockets.add(socket);
			socket.once('close', () => {
				this.sockets.delete(socket);
				this.wake();
			});
		});
		this.server.on('clientError', (_, socket) => socket.destroy());
	}

	/** Rejects where the place is taken. */
	listen({ address, port }: Listening): Promise<void> {
		return new Promise((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen({ host: address, port, backlog: 1024 }, () => {
				this.server.off('error', reject);
				resolve();
			});
		});
	}

	/**
	 * Takes no new connection; resolves when all that was asked is answered. A client may ask on a connection that it has
	 * kept, in this very moment: it is answered still, with the word that this was the last time.
	 */
	async drain(): Promise<void> {
		this.draining = true;
		// The method of an HTTP server would close connections that are kept.
		NetServer.prototype.close.call(this.server);
		const began = performance.now();
		while (
			this.sockets.size > 0 &&
			(this.inFlight > 0 || performance.now() - Math.max(began, this.asked) < quietTime)
		) {
			await Promise.race([this.something(), pause(quietTime)]);
		}
		this.server.closeIdleConnections();
	}

	close(): void {
		this.server.close();
		this.server.closeAllConnections();
		for (const socket of this.sockets) {
			socket.destroy();
		}
	}

	private began(): void {
		this.inFlight++;
		this.asked = performance.now();
	}

	private done(): void {
		this.inFlight--;
		this.wake();
	}

	private something(): Promise<void> {
		return new Promise(resolve => {
			this.waiting.push(resolve);
		});
	}

	private wake(): void {
		for (const tell of this.waiting.splice(0)) {
			tell();
		}
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		await this.context.opened;
		const route = this.routeOf(request);
		if (typeof route === 'string') {
			return refuse(response, route === noHost ? 400 : 404, route);
		}
		const { application, directory } = route.route;
		const process = directory ? undefined : this.context.processOf(route.route);
		if (process === undefined) {
			const mount = directory ?? application;
			return serveFile(mount.folder, without(mount.path, route.path), request, response);
		}
		const answering = await process.place();
		pass(request, response, answering, this.target(request, answering, application.path), this.forwarded(request));
	}

	/** A connection that stops being HTTP: WebSockets and the like. */
	private async handOver(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		await this.context.opened;
		const route = this.routeOf(request);
		const process =
			typeof route === 'string' || route.route.directory ? undefined : this.context.processOf(route.route);
		if (process === undefined || typeof route === 'string') {
			socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
			return;
		}
		const answering = await process.place();
		const target = this.target(request, answering, route.route.application.path);
		tunnel(request, socket, head, answering, target, this.forwarded(request));
	}

	private routeOf(request: IncomingMessage): { readonly route: Route; readonly path: string } | string {
		const { sites, endpoint } = this.context;
		const site = siteFor(sites, endpoint, request.headers.host);
		if (site === undefined) {
			return noHost;
		}
		const path = pathOf(request.url ?? '/');
		const route = path === undefined ? undefined : routeIn(site, path);
		return path === undefined || route === undefined ? 'The address is no path of the site.' : { route, path };
	}

	private target({ url = '/' }: IncomingMessage, { command }: Answering, mount: string): string {
		return command.stripsPath ? without(mount, url) : url;
	}

	/** What the application would not know otherwise: who asks, and how. */
	private forwarded(request: IncomingMessage): Readonly<Record<string, string>> {
		const before = request.headers['x-forwarded-for'];
		const from = request.socket.remoteAddress ?? '';
		return {
			'x-forwarded-for': before === undefined ? from : `${String(before)}, ${from}`,
			'x-forwarded-proto': this.context.secure ? 'https' : 'http',
			'x-forwarded-host': request.headers.host ?? '',
		};
	}
}

const noHost =
	'No site of this endpoint has a binding for the host of the request: ask for the host header of one, or give a site a binding without one.';

/** Everything as it came, but for what belongs to the connection between the two. */
function pass(
	request: IncomingMessage,
	response: ServerResponse,
	{ address, port, command }: Answering,
	target: string,
	forwarded: Readonly<Record<string, string>>,
): void {
	const headers = { ...request.headers, ...forwarded, ...command.headers, connection: 'close' };
	const asked = ask({ host: address, port, method: request.method, path: target, headers, agent: false });
	asked.once('response', answer => {
		response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutConnection(answer.rawHeaders));
		answer.pipe(response);
		answer.once('error', () => response.destroy());
	});
	asked.once('error', error =>
		refuse(response, 502, `The process of the site did not answer (${error.message}); see its output.`),
	);
	response.once('close', () => asked.destroy());
	request.pipe(asked);
}

function withoutConnection(raw: readonly string[]): string[] {
	const kept: string[] = [];
	for (let index = 0; index < raw.length; index += 2) {
		const name = raw[index] ?? '';
		if (!/^(connection|keep-alive|transfer-encoding)$/i.test(name)) {
			kept.push(name, raw[index + 1] ?? '');
		}
	}
	return kept;
}

function tunnel(
	request: IncomingMessage,
	socket: Duplex,
	head: Buffer,
	{ address, port, command }: Answering,
	target: string,
	forwarded: Readonly<Record<string, string>>,
): void {
	const instance: Socket = connect({ host: address, port });
	const lines = [`${request.method} ${target} HTTP/1.1`];
	for (let index = 0; index < request.rawHeaders.length; index += 2) {
		lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
	}
	for (const [name, value] of Object.entries({ ...forwarded, ...command.headers })) {
		lines.push(`${name}: ${value}`);
	}
	instance.write(`${lines.join('\r\n')}\r\n\r\n`);
	instance.write(head);
	socket.pipe(instance).pipe(socket);
	for (const [one, other] of [
		[socket, instance],
		[instance, socket],
	] as const) {
		one.on('error', () => other.destroy());
		one.once('close', () => other.destroy());
	}
}
