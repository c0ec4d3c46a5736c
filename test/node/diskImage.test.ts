import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDiskImage } from '../../src/node/disks/diskImage';

suite('What a virtual hard disk says of itself', () => {
	let folder: string;
	setup(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'rolewright-vhd-'));
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	function written(...parts: readonly Buffer[]): string {
		const file = path.join(folder, 'disk.vhd');
		writeFileSync(file, Buffer.concat(parts));
		return file;
	}

	/** As the format has it: cookie, place of the header, size, kind of disk, identity. */
	function footer({ gigabytes, kind, header = 0n }: { gigabytes: number; kind: number; header?: bigint }): Buffer {
		const bytes = Buffer.alloc(512);
		bytes.write('conectix', 0, 'latin1');
		bytes.writeBigUInt64BE(header, 16);
		bytes.writeBigUInt64BE(BigInt(gigabytes * 2 ** 30), 48);
		bytes.writeUInt32BE(kind, 60);
		bytes.fill(0xab, 68, 84);
		return bytes;
	}

	test('the size and the identity of a fixed disk', () => {
		const file = written(Buffer.alloc(1024), footer({ gigabytes: 30, kind: 2 }));
		assert.deepEqual(readDiskImage(file), { sizeInGB: 30, file: { id: 'ab'.repeat(16) } });
	});

	test('the parent of a differencing disk', () => {
		const header = Buffer.alloc(1024);
		header.write('cxsparse', 0, 'latin1');
		header.fill(0xcd, 40, 56);
		Buffer.from('Größe.vhd', 'utf16le').swap16().copy(header, 64);
		const copy = footer({ gigabytes: 15, kind: 4, header: 512n });
		assert.deepEqual(readDiskImage(written(copy, header, copy)), {
			sizeInGB: 15,
			file: { id: 'ab'.repeat(16), parent: { id: 'cd'.repeat(16), name: 'Größe.vhd' } },
		});
	});

	test('another file is none', () => {
		assert.equal(readDiskImage(written(Buffer.from('a text'))), undefined);
		assert.equal(readDiskImage(written(Buffer.alloc(4096))), undefined);
	});
});
