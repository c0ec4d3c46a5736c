import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { DiskImagePlan } from '../../lifecycle/disks/diskImages';

/**
 * What a VHD says of itself: its size, its identity and, of a differencing disk, its parent (the published format of
 * Microsoft: a footer of 512 bytes, and a header for disks that grow). `undefined` for a file that is none.
 */
export function readDiskImage(path: string): Omit<DiskImagePlan, 'name'> | undefined {
	const descriptor = openSync(path, 'r');
	try {
		const { size } = fstatSync(descriptor);
		const read = (position: number, length: number): Buffer => {
			const bytes = Buffer.alloc(length);
			readSync(descriptor, bytes, 0, length, position);
			return bytes;
		};
		const footer = size < 512 ? undefined : read(size - 512, 512);
		if (footer?.toString('latin1', 0, 8) !== 'conectix') {
			return undefined;
		}
		const sizeInGB = Number(footer.readBigUInt64BE(48)) / 2 ** 30;
		const parent = footer.readUInt32BE(60) === differencing ? parentIn(read(headerPosition(footer), 1024)) : undefined;
		return { sizeInGB, file: { id: footer.toString('hex', 68, 84), ...(parent && { parent }) } };
	} finally {
		closeSync(descriptor);
	}
}

/** The kinds of disk are 2 (fixed), 3 (grows) and this. */
const differencing = 4;

function headerPosition(footer: Buffer): number {
	return Number(footer.readBigUInt64BE(16));
}

function parentIn(header: Buffer) {
	const name = Buffer.from(header.subarray(64, 64 + 512))
		.swap16()
		.toString('utf16le')
		.replace(/\0.*$/s, '');
	return { id: header.toString('hex', 40, 56), name };
}
