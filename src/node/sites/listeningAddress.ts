import { connect } from 'node:net';
import { Failure } from '../../base/failure';
import type { Clock } from '../../lifecycle/world';
import { pause } from '../clock';

/** Milliseconds of fabric time that an application has to listen: the start limit of IIS's own modules. */
const startLimit = 120_000;

/**
 * The address at which a process listens, as soon as it does: some programs take the first that `localhost` stands for.
 * Rejects with a `Failure` when it takes too long, or `isGone`.
 */
export async function listeningAddress(port: number, isGone: () => boolean, clock: Clock): Promise<string> {
	const until = clock.now() + startLimit;
	while (!isGone() && clock.now() < until) {
		for (const address of ['127.0.0.1', '::1']) {
			if (await accepts(address, port)) {
				return address;
			}
		}
		await pause(20);
	}
	throw new Failure(
		`Its process runs, but does not listen on port ${port}, which it was given in the variable PORT, after ${startLimit / 1000} s.`,
	);
}

function accepts(address: string, port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect({ host: address, port });
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
