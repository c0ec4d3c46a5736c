import path from 'node:path';
import type { DiskImagePlan } from '../lifecycle/disks/diskImages';
import { readDiskImage } from '../node/disks/diskImage';
import { findOnDisk } from '../node/serviceFiles';
import type { DiskImage } from './roleSettings';

/** The images of a VM role as far as they are known: a file that is there says its size itself. A problem is a sentence. */
export function machineImages(
	role: string,
	images: readonly DiskImage[],
	folder: string,
): readonly DiskImagePlan[] | { readonly problem: string } {
	const known: DiskImagePlan[] = [];
	for (const { file, sizeInGB } of images) {
		const name = path.basename(file.replaceAll('\\', '/'));
		const found = findOnDisk(path.resolve(folder, file.replaceAll('\\', '/')));
		const read = found?.kind === 'file' ? readDiskImage(found.path) : undefined;
		if (found?.kind === 'file' && !read) {
			return {
				problem: `The image '${file}' of the VM role '${role}' is no virtual hard disk (.vhd): name another file.`,
			};
		}
		known.push({ name, ...(sizeInGB !== undefined && { sizeInGB }), ...read });
	}
	return known;
}
