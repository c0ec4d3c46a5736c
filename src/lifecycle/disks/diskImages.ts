/** One disk image of a VM role, as far as it is known: from the file, or from what was said of it. */
export interface DiskImagePlan {
	readonly name: string;
	readonly sizeInGB?: number;
	/** What the file says of itself; left out where there is none. */
	readonly file?: { readonly id: string; readonly parent?: { readonly id: string; readonly name: string } };
}

/** The largest image that a machine of a size takes, in GB (csdef.md 15). */
const largestImage: Readonly<Record<string, number>> = {
	extrasmall: 15,
	small: 30,
	medium: 64,
	large: 64,
	extralarge: 64,
};

/** What is wrong with the chain of images of a VM role: the golden image, and each differencing disk on the one before. */
export function imageProblems(role: string, vmSize: string, images: readonly DiskImagePlan[]): readonly string[] {
	return [...sizeProblems(role, vmSize, images), ...chainProblems(role, images)];
}

function sizeProblems(role: string, vmSize: string, images: readonly DiskImagePlan[]): string[] {
	const most = largestImage[vmSize.toLowerCase()];
	const large = images.find(({ sizeInGB }) => most !== undefined && (sizeInGB ?? 0) > most);
	const [base, ...patches] = images;
	const other = patches.find(({ sizeInGB }) => sizeInGB !== undefined && sizeInGB !== (base?.sizeInGB ?? sizeInGB));
	return [
		...(large
			? [
					`The image '${large.name}' of the VM role '${role}' has ${text(large.sizeInGB)} GB; a machine of size ${vmSize} takes at most ${most} GB.`,
				]
			: []),
		...(other
			? [
					`The differencing disk '${other.name}' of the VM role '${role}' has ${text(other.sizeInGB)} GB, and the golden image '${base?.name}' has ${text(base?.sizeInGB)} GB; a differencing disk has the size of its parent.`,
				]
			: []),
	];
}

function chainProblems(role: string, images: readonly DiskImagePlan[]): string[] {
	return images.flatMap(({ name, file }, index) => {
		const before = images[index - 1];
		if (!file) {
			return [];
		}
		if (!before) {
			return file.parent
				? [
						`The image '${name}' of the VM role '${role}' is a differencing disk of '${file.parent.name}': the chain begins with a golden image; put it first.`,
					]
				: [];
		}
		if (!file.parent) {
			return [
				`The image '${name}' of the VM role '${role}' is no differencing disk: only the first image of a chain stands alone.`,
			];
		}
		return before.file && before.file.id !== file.parent.id
			? [
					`The differencing disk '${name}' of the VM role '${role}' was made from '${file.parent.name}' and not from '${before.name}': put the images into the order in which they were made.`,
				]
			: [];
	});
}

function text(gigabytes: number | undefined): string {
	return String(Math.round((gigabytes ?? 0) * 100) / 100);
}
