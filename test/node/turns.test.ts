import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { Ports } from '../../src/node/network/ports';
import { readInTurns } from '../../src/node/processes/readInTurns';

/** Work that comes in one piece after the other leaves room for everybody else in the process. */

/** How many turns somebody else had while this went on. */
async function turnsWhile(work: Promise<unknown>): Promise<number> {
	let turns = 0;
	let goesOn = true;
	const look = (): void => {
		turns++;
		if (goesOn) {
			setImmediate(look);
		}
	};
	setImmediate(look);
	await work;
	goesOn = false;
	return turns;
}

suite('turns of others', () => {
	test('between the pieces of a flood; small ones are taken as they come', async () => {
		const read = async (size: number) => {
			const source = new Readable({ read: () => {} });
			for (let piece = 0; piece < 50; piece++) {
				source.push(Buffer.alloc(size));
			}
			source.push(null);
			let taken = 0;
			readInTurns(source, piece => {
				taken += piece.length;
			});
			const turns = await turnsWhile(new Promise(resolve => source.once('close', resolve)));
			assert.equal(taken, 50 * size);
			return turns;
		};
		assert.ok((await read(64 * 1024)) > 40);
		assert.ok((await read(1_024)) < 10);
	});

	test('between the claims of ports', async () => {
		const ports = new Ports('turns');
		const claims = async () => {
			for (let index = 0; index < 20; index++) {
				await ports.claim({ instance: `Worker_IN_${index}`, endpoint: 'Web', protocol: 'tcp' });
			}
		};
		assert.ok((await turnsWhile(claims())) >= 20);
	});

	test('an address that was given back is given to the next instance', async () => {
		const ports = new Ports('addresses');
		const addressOf = async (instance: string) =>
			(await ports.claim({ instance, endpoint: 'Web', protocol: 'tcp' })).address;
		const [first, second, third] = [await addressOf('A_IN_0'), await addressOf('A_IN_1'), await addressOf('A_IN_2')];
		assert.equal(await addressOf('A_IN_1'), second);
		ports.release('A_IN_1');
		assert.equal(await addressOf('B_IN_0'), second);
		if (first !== '127.0.0.1') {
			assert.equal(new Set([first, second, third, await addressOf('B_IN_1')]).size, 4);
		}
	});
});
