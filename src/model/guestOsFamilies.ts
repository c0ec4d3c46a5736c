/** A family of the guest operating system, the value of `osFamily` (cscfg.md 2.1). */
export interface GuestOsFamily {
	readonly family: string;
	readonly name: string;
	/** The frameworks that are installed. */
	readonly frameworks: string;
	/** The first SDK that knows it. */
	readonly lowestSdk: string;
	/** The first value of `schemaVersion` that such an SDK writes; `undefined` where none is confirmed, or any will do. */
	readonly lowestSchemaVersion: string | undefined;
	/** When it was retired, as people say it; `undefined` where it is supported. */
	readonly retired: string | undefined;
}

/** The newest comes last. The dates are those of the retirement notices (cscfg.md 2.1). */
export const guestOsFamilies: readonly GuestOsFamily[] = [
	family('1', 'Windows Server 2008 SP2', '', '1.0', undefined, 'June 2014'),
	family('2', 'Windows Server 2008 R2 SP1', '3.5, 4.5', '1.3', undefined, 'December 2024'),
	family('3', 'Windows Server 2012', '3.5, 4.5', '1.8', '2012-10.1.8', 'February 2025'),
	family('4', 'Windows Server 2012 R2', '3.5, 4.5.1, 4.5.2', '2.1', '2013-03.2.0', 'February 2025'),
	family('5', 'Windows Server 2016', '3.5, 4.6', '2.9.5.1', '2015-04.2.6', undefined),
	family('6', 'Windows Server 2019', '3.5, 4.7.2', '2.9.6', '2015-04.2.6', undefined),
	family('7', 'Windows Server 2022', '4.8', 'Visual Studio 2019', '2015-04.2.6', undefined),
];

/** The families that are supported, the recommended one first. */
export const supportedFamilies: readonly string[] = guestOsFamilies
	.filter(({ retired }) => retired === undefined)
	.map(entry => entry.family)
	.reverse();

export function guestOsFamily(value: string): GuestOsFamily | undefined {
	return guestOsFamilies.find(entry => entry.family === value.trim());
}

/** The family of a configuration string such as `WA-GUEST-OS-6.31_202107-01`, the form of a pinned osVersion (cscfg.md 2). */
export function familyOfVersion(version: string): string | undefined {
	return /^WA-GUEST-OS-(\d+)\./i.exec(version.trim())?.[1];
}

/** What a family is, in a line of Markdown. */
export function describeGuestOs(found: GuestOsFamily): string {
	const state = found.retired === undefined ? 'supported' : `retired in ${found.retired}`;
	const frameworks = found.frameworks === '' ? '' : ` .NET Framework ${found.frameworks}.`;
	return `${found.name}, ${state}.${frameworks} Needs ${/^\d/.test(found.lowestSdk) ? 'SDK ' : ''}${found.lowestSdk} or later.`;
}

function family(
	value: string,
	name: string,
	frameworks: string,
	lowestSdk: string,
	lowestSchemaVersion: string | undefined,
	retired: string | undefined,
): GuestOsFamily {
	return { family: value, name, frameworks, lowestSdk, lowestSchemaVersion, retired };
}
