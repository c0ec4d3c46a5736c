import assert from 'node:assert/strict';
import { type DiskImagePlan, imageProblems } from '../../src/lifecycle/disks/diskImages';

suite('The chain of images of a VM role', () => {
	const base: DiskImagePlan = { name: 'base.vhd', sizeInGB: 30, file: { id: 'b' } };
	const onBase = (name: string, parent: string, id = name): DiskImagePlan => ({
		name,
		sizeInGB: 30,
		file: { id, parent: { id: parent, name: `${parent}.vhd` } },
	});

	const chains: Record<string, { size?: string; images: readonly DiskImagePlan[]; problems: readonly string[] }> = {
		'a golden image and its differencing disks': {
			images: [base, onBase('may', 'b'), onBase('june', 'may')],
			problems: [],
		},
		'images of which only the size is known': {
			images: [{ name: 'base.vhd', sizeInGB: 15 }, { name: 'may.vhd' }],
			size: 'ExtraSmall',
			problems: [],
		},
		'an image that is too large': {
			images: [base],
			size: 'ExtraSmall',
			problems: [
				"The image 'base.vhd' of the VM role 'Golden' has 30 GB; a machine of size ExtraSmall takes at most 15 GB.",
			],
		},
		'a size that nobody knows takes anything': { images: [base], size: 'A99', problems: [] },
		'a differencing disk of another size': {
			images: [base, { name: 'may.vhd', sizeInGB: 20.5 }],
			problems: [
				"The differencing disk 'may.vhd' of the VM role 'Golden' has 20.5 GB, and the golden image 'base.vhd' has 30 GB; a differencing disk has the size of its parent.",
			],
		},
		'a differencing disk in the first place': {
			images: [onBase('may', 'b')],
			problems: [
				"The image 'may' of the VM role 'Golden' is a differencing disk of 'b.vhd': the chain begins with a golden image; put it first.",
			],
		},
		'a second golden image': {
			images: [base, { ...base, name: 'other.vhd' }],
			problems: [
				"The image 'other.vhd' of the VM role 'Golden' is no differencing disk: only the first image of a chain stands alone.",
			],
		},
		'the wrong order': {
			images: [base, onBase('june', 'may'), onBase('may', 'b')],
			problems: [
				"The differencing disk 'june' of the VM role 'Golden' was made from 'may.vhd' and not from 'base.vhd': put the images into the order in which they were made.",
				"The differencing disk 'may' of the VM role 'Golden' was made from 'b.vhd' and not from 'june': put the images into the order in which they were made.",
			],
		},
	};
	for (const [title, { size = 'Small', images, problems }] of Object.entries(chains)) {
		test(title, () => assert.deepEqual(imageProblems('Golden', size, images), problems));
	}
});
