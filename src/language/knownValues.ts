import { describeGuestOs, guestOsFamily, supportedFamilies } from '../model/guestOsFamilies';
import { describeVmSize, vmRoleSizes, vmSize, vmSizes } from '../model/vmSizes';
import { localName, type XmlElement } from '../xml/syntax';

/** A value of an attribute with what is known of it, in Markdown. */
export interface KnownValue {
	readonly value: string;
	readonly description: string;
}

const sizes = vmSizes.filter(({ extended, retired, classic, name }) => {
	return extended && retired === undefined && (classic || name.endsWith('_v4'));
});

/** The values that are worth choosing today, the usual one first; `undefined` for an attribute of which nothing is known here. */
export function valuesToChoose(element: XmlElement, name: string): readonly KnownValue[] | undefined {
	switch (name) {
		case 'vmsize':
			return localName(element) === 'VirtualMachineRole'
				? vmRoleSizes.map(value => ({ value, description: describeValue(name, value) ?? '' }))
				: sizes.map(size => ({ value: size.name, description: describeVmSize(size) }));
		case 'osFamily':
			return supportedFamilies.map(value => ({ value, description: describeValue(name, value) ?? '' }));
		default:
			return undefined;
	}
}

/** What a value means, whether it is to be chosen today or not. */
export function describeValue(name: string, value: string): string | undefined {
	const size = name === 'vmsize' ? vmSize(value) : undefined;
	const family = name === 'osFamily' ? guestOsFamily(value) : undefined;
	return size ? describeVmSize(size) : family && describeGuestOs(family);
}
