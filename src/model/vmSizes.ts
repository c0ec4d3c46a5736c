/** A size of a role's instances, the value of `vmsize` (cross-file-rules.md 6.a and 6.b). */
export interface VmSize {
	readonly name: string;
	readonly cores: number;
	/** Memory in GiB. */
	readonly memory: number;
	/** Local disk in GiB. */
	readonly disk: number;
	readonly classic: boolean;
	/** `false`: to be replaced for extended support. */
	readonly extended: boolean;
	/** The name that extended support has for the same size, which is deprecated itself. */
	readonly renamed: string | undefined;
	/** The day by which every service had to leave it; `undefined` for no such day. */
	readonly retired: string | undefined;
}

/** The size of new roles, available in both platforms. */
export const replacementSize = 'Standard_A1_v2';

type Row = readonly [name: string, cores: number, memory: number, disk: number];

/** Accepted by the classic service in September 2020; the legacy names of extended support beside them. */
const legacy: readonly (readonly [...Row, renamed: string])[] = [
	['ExtraSmall', 1, 0.75, 20, 'Standard_A0'],
	['Small', 1, 1.75, 225, 'Standard_A1'],
	['Medium', 2, 3.5, 490, 'Standard_A2'],
	['Large', 4, 7, 1000, 'Standard_A3'],
	['ExtraLarge', 8, 14, 2040, 'Standard_A4'],
	['A5', 2, 14, 490, 'Standard_A5'],
	['A6', 4, 28, 1000, 'Standard_A6'],
	['A7', 8, 56, 2040, 'Standard_A7'],
	['A8', 8, 56, 1817, 'Standard_A8'],
	['A9', 16, 112, 1817, 'Standard_A9'],
	['A10', 8, 56, 1817, 'Standard_A10'],
	['A11', 16, 112, 1817, 'Standard_A11'],
];

const both: readonly Row[] = [
	['Standard_A1_v2', 1, 2, 10],
	['Standard_A2_v2', 2, 4, 20],
	['Standard_A4_v2', 4, 8, 40],
	['Standard_A8_v2', 8, 16, 80],
	['Standard_A2m_v2', 2, 16, 20],
	['Standard_A4m_v2', 4, 32, 40],
	['Standard_A8m_v2', 8, 64, 80],
	['Standard_D1', 1, 3.5, 50],
	['Standard_D2', 2, 7, 100],
	['Standard_D3', 4, 14, 200],
	['Standard_D4', 8, 28, 400],
	['Standard_D11', 2, 14, 100],
	['Standard_D12', 4, 28, 200],
	['Standard_D13', 8, 56, 400],
	['Standard_D14', 16, 112, 800],
	['Standard_D1_v2', 1, 3.5, 50],
	['Standard_D2_v2', 2, 7, 100],
	['Standard_D3_v2', 4, 14, 200],
	['Standard_D4_v2', 8, 28, 400],
	['Standard_D5_v2', 16, 56, 800],
	['Standard_D11_v2', 2, 14, 100],
	['Standard_D12_v2', 4, 28, 200],
	['Standard_D13_v2', 8, 56, 400],
	['Standard_D14_v2', 16, 112, 800],
	['Standard_D15_v2', 20, 140, 1000],
	['Standard_D2_v3', 2, 8, 50],
	['Standard_D4_v3', 4, 16, 100],
	['Standard_D8_v3', 8, 32, 200],
	['Standard_D16_v3', 16, 64, 400],
	['Standard_D32_v3', 32, 128, 800],
	['Standard_D48_v3', 48, 192, 1200],
	['Standard_D64_v3', 64, 256, 1600],
	['Standard_E2_v3', 2, 16, 50],
	['Standard_E4_v3', 4, 32, 100],
	['Standard_E8_v3', 8, 64, 200],
	['Standard_E16_v3', 16, 128, 400],
	['Standard_E20_v3', 20, 160, 500],
	['Standard_E32_v3', 32, 256, 800],
	['Standard_E48_v3', 48, 384, 1200],
	['Standard_E64_v3', 64, 432, 1600],
	['Standard_G1', 2, 28, 384],
	['Standard_G2', 4, 56, 768],
	['Standard_G3', 8, 112, 1536],
	['Standard_G4', 16, 224, 3072],
	['Standard_G5', 32, 448, 6144],
];

/** The H series was to be left by this day (cross-file-rules.md 6.b). */
const endOfH = '2022-08-31';
const hSeries: readonly Row[] = [
	['Standard_H8', 8, 56, 1000],
	['Standard_H16', 16, 112, 2000],
	['Standard_H8m', 8, 112, 1000],
	['Standard_H16m', 16, 224, 2000],
	['Standard_H16r', 16, 112, 2000],
	['Standard_H16mr', 16, 224, 2000],
];

/** Families that only extended support lists. */
const extendedOnly: readonly Row[] = [
	['Standard_D2a_v4', 2, 8, 50],
	['Standard_D4a_v4', 4, 16, 100],
	['Standard_D8a_v4', 8, 32, 200],
	['Standard_D16a_v4', 16, 64, 400],
	['Standard_D32a_v4', 32, 128, 800],
	['Standard_D48a_v4', 48, 192, 1200],
	['Standard_D64a_v4', 64, 256, 1600],
	['Standard_D96a_v4', 96, 384, 2400],
	['Standard_E2a_v4', 2, 16, 50],
	['Standard_E4a_v4', 4, 32, 100],
	['Standard_E8a_v4', 8, 64, 200],
	['Standard_E16a_v4', 16, 128, 400],
	['Standard_E20a_v4', 20, 160, 500],
	['Standard_E32a_v4', 32, 256, 800],
	['Standard_E48a_v4', 48, 384, 1200],
	['Standard_E64a_v4', 64, 512, 1600],
	['Standard_E96a_v4', 96, 672, 2400],
];

/** The list of sizes grows and differs by region: an unknown name is worth a look, and no error. */
export const vmSizes: readonly VmSize[] = [
	...both.map(row => size(row)),
	...legacy.map(([name, cores, memory, disk, renamed]) => ({
		...size([name, cores, memory, disk]),
		extended: false,
		renamed,
	})),
	...legacy.map(([, cores, memory, disk, renamed]) => ({ ...size([renamed, cores, memory, disk]), classic: false })),
	...hSeries.map(row => ({ ...size(row), retired: endOfH })),
	...extendedOnly.map(row => ({ ...size(row), classic: false })),
];

const byName = new Map(vmSizes.map(entry => [entry.name, entry]));

export function vmSize(name: string): VmSize | undefined {
	return byName.get(name);
}

/**
 * What replaces a size that is to be left, without a core or memory less: the first size of a series that stays with as few
 * cores as will do. Of a size that nothing is known of, the size of new roles.
 */
export function successorOf(name: string): string {
	const left = byName.get(name);
	const fitting = left ? both.filter(row => stays(row) && row[1] >= left.cores && row[2] >= left.memory) : [];
	const fewest = Math.min(...fitting.map(([, cores]) => cores));
	return fitting.find(([, cores]) => cores === fewest)?.[0] ?? replacementSize;
}

/** The first D series has had two successors. */
function stays([name]: Row): boolean {
	return !/^Standard_D\d+$/.test(name);
}

/** The names that have to be replaced before a service is deployed to extended support, with the names there. */
export const legacySizes: ReadonlyMap<string, string> = new Map([
	...legacy.map(([name, , , , renamed]) => [name, renamed] as const),
	// A size of whose cores and disk nothing is documented.
	['MSODSG5', 'Standard_MSODSG5'],
]);

/** `A0` to `A4`: once documented as other names of the first five sizes, absent from the list of the service. */
export const sizeAliases: ReadonlyMap<string, string> = new Map(
	['ExtraSmall', 'Small', 'Medium', 'Large', 'ExtraLarge'].map((name, index) => [`A${index}`, name]),
);

/** The sizes that virtual machine roles are documented with. */
export const vmRoleSizes: readonly string[] = [...sizeAliases.values()];

/** True for a size of a family that the service is known to refuse: the B series. */
export function isRefusedSize(name: string): boolean {
	return /^(?:Standard_)?B\d/i.test(name);
}

/** What a size is, in a line of Markdown. */
export function describeVmSize({ cores, memory, disk, classic, extended, renamed, retired }: VmSize): string {
	const facts = `${cores} ${cores === 1 ? 'core' : 'cores'}, ${memory} GiB of memory, ${disk} GiB of local disk.`;
	const where = classic ? (extended ? '' : ' Classic only') : ' Extended support only.';
	const rename = renamed === undefined ? '' : `; extended support calls it \`${renamed}\`.`;
	return `${facts}${where}${rename}${retired === undefined ? '' : ` To be left by ${retired}.`}`;
}

function size([name, cores, memory, disk]: Row): VmSize {
	return { name, cores, memory, disk, classic: true, extended: true, renamed: undefined, retired: undefined };
}
