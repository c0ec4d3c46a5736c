import { request } from 'node:http';
import { connect } from 'node:net';
import type { Listening, ProbeAnswer, ProbeQuestion } from '../../lifecycle/network';

/** Asks an instance as the load balancer does: HTTP 200, or a connection, means that it is well (csdef.md 3). Never rejects. */
export function probe(place: Listening, { path, signal }: ProbeQuestion): Promise<ProbeAnswer> {
	return path === undefined ? knock(place, signal) : ask(place, path, signal);
}

function knock({ address, port }: Listening, signal: AbortSignal): Promise<ProbeAnswer> {
	return new Promise(resolve => {
		const socket = connect({ host: address, port, signal });
		socket.once('connect', () => {
			resolve({ answer: 'healthy' });
			socket.destroy();
		});
		socket.once('error', () => resolve({ answer: 'silent' }));
		socket.once('close', () => resolve({ answer: 'silent' }));
	});
}

function ask({ address, port }: Listening, path: string, signal: AbortSignal): Promise<ProbeAnswer> {
	return new Promise(resolve => {
		const headers = { 'User-Agent': 'Load Balancer Agent', Connection: 'close' };
		const asked = request({ host: address, port, path: encodeURI(decoded(path)), headers, signal, agent: false });
		asked.once('response', response => {
			const status = response.statusCode ?? 0;
			resolve(status === 200 ? { answer: 'healthy' } : { answer: 'refused', status });
			response.destroy();
		});
		asked.once('error', () => resolve({ answer: 'silent' }));
		asked.once('close', () => resolve({ answer: 'silent' }));
		asked.end();
	});
}

/** A path of the definition may hold what a request line may not. */
function decoded(path: string): string {
	try {
		return decodeURI(path);
	} catch {
		return path;
	}
}
