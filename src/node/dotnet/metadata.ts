/** What an assembly uses of others, by the names in its metadata (ECMA-335, II.22 to II.24). */
export interface AssemblyUses {
	/** Simple names of the assemblies that it refers to. */
	readonly assemblies: readonly string[];
	/** Types of other assemblies: `System.AppDomain`, with the simple name of the assembly that it says they are in. */
	readonly types: readonly { readonly name: string; readonly assembly: string }[];
	/** Members of those types: `System.AppDomain::CreateDomain`. */
	readonly members: readonly string[];
}

/** Reads the metadata of an assembly; `undefined` where the bytes are none, or not whole. Nothing of it is run. */
export function assemblyUses(file: Buffer): AssemblyUses | undefined {
	try {
		return usesIn(file, metadataOf(file));
	} catch (error) {
		if (error instanceof RangeError) {
			return undefined;
		}
		throw error;
	}
}

const typeRef = 0x01;
const memberRef = 0x0a;
const assemblyRef = 0x23;

function usesIn(file: Buffer, metadata: number): AssemblyUses {
	const { strings, tables } = streamsOf(file, metadata);
	const text = (offset: number): string => textAt(file, strings + offset);
	const read = tableReader(file, tables);
	const assemblies = read(assemblyRef).map(row => text(row[6] ?? 0));
	const types = read(typeRef).map(([scope = 0, name = 0, space = 0]) => ({
		name: space === 0 ? text(name) : `${text(space)}.${text(name)}`,
		// The two low bits say which table the scope is in; 2 is the table of assemblies.
		assembly: (scope & 3) === 2 ? (assemblies[(scope >> 2) - 1] ?? '') : '',
	}));
	const members = read(memberRef).flatMap(([parent = 0, name = 0]) => {
		// The three low bits say what the parent is; 1 is a type of another assembly.
		const type = (parent & 7) === 1 ? types[(parent >> 3) - 1] : undefined;
		return type ? [`${type.name}::${text(name)}`] : [];
	});
	return { assemblies, types, members };
}

/** The offset of the metadata in the file. */
function metadataOf(file: Buffer): number {
	const header = file.readUInt32LE(0x3c) + 4;
	const optional = header + 20;
	const directories = optional + (file.readUInt16LE(optional) === 0x20b ? 112 : 96);
	const sections = optional + file.readUInt16LE(header + 16);
	const count = file.readUInt16LE(header + 2);
	const place = (address: number): number => {
		for (let section = sections; section < sections + 40 * count; section += 40) {
			const offset = address - file.readUInt32LE(section + 12);
			if (offset >= 0 && offset < file.readUInt32LE(section + 16)) {
				return file.readUInt32LE(section + 20) + offset;
			}
		}
		throw new RangeError('an address outside of the file');
	};
	const metadata = place(file.readUInt32LE(place(file.readUInt32LE(directories + 14 * 8)) + 8));
	if (file.readUInt32LE(metadata) !== 0x424a5342) {
		throw new RangeError('no metadata');
	}
	return metadata;
}

function streamsOf(file: Buffer, metadata: number): { readonly strings: number; readonly tables: number } {
	let at = metadata + 16 + file.readUInt32LE(metadata + 12);
	const found = new Map<string, number>();
	const count = file.readUInt16LE(at + 2);
	at += 4;
	for (let index = 0; index < count; index++) {
		const name = textAt(file, at + 8);
		found.set(name, metadata + file.readUInt32LE(at));
		at += 8 + 4 * Math.ceil((name.length + 1) / 4);
	}
	const strings = found.get('#Strings');
	const tables = found.get('#~');
	if (strings === undefined || tables === undefined) {
		throw new RangeError('no tables');
	}
	return { strings, tables };
}

function textAt(file: Buffer, start: number): string {
	const end = file.indexOf(0, start);
	if (start >= file.length || end < 0) {
		throw new RangeError('a name outside of the file');
	}
	return file.toString('utf8', start, end);
}

/** Gives the rows of a table as numbers, one for each column. */
function tableReader(file: Buffer, tables: number): (table: number) => readonly (readonly number[])[] {
	const heaps = file.readUInt8(tables + 6);
	const valid = file.readBigUInt64LE(tables + 8);
	const counts: number[] = [];
	let at = tables + 24;
	for (let table = 0; table < 64; table++) {
		const present = (valid >> BigInt(table)) & 1n;
		counts.push(present ? file.readUInt32LE(at) : 0);
		at += present ? 4 : 0;
	}
	const most = (of: readonly number[]): number => Math.max(...of.map(table => counts[table] ?? 0));
	const widthOf = (column: Column): number => {
		if (typeof column === 'number') {
			return column;
		}
		if ('heap' in column) {
			return heaps & column.heap ? 4 : 2;
		}
		return most(column.of) < 2 ** (16 - column.bits) ? 2 : 4;
	};
	const widths = columns.map(row => row.map(widthOf));
	const size = (table: number): number => (widths[table] ?? []).reduce((sum, width) => sum + width, 0);
	return wanted => {
		let place = at;
		for (let table = 0; table < wanted; table++) {
			place += size(table) * (counts[table] ?? 0);
		}
		return Array.from({ length: Math.min(counts[wanted] ?? 0, file.length) }, () =>
			(widths[wanted] ?? []).map(width => {
				place += width;
				return file.readUIntLE(place - width, width);
			}),
		);
	};
}

/** A number of that many bytes, an offset into a heap, or an index into one of several tables. */
type Column = 1 | 2 | 4 | { readonly heap: 1 | 2 | 4 } | { readonly of: readonly number[]; readonly bits: number };

const S: Column = { heap: 1 };
const G: Column = { heap: 2 };
const B: Column = { heap: 4 };

function index(...of: readonly number[]): Column {
	return { of, bits: of.length === 1 ? 0 : Math.ceil(Math.log2(of.length)) };
}

const typeDefOrRef = index(0x02, 0x01, 0x1b);
const methodDefOrRef = index(0x06, 0x0a);
const anything = [
	0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0a, 0x00, 0x0e, 0x17, 0x14, 0x11, 0x1a, 0x1b, 0x20, 0x23, 0x26, 0x27, 0x28,
	0x2a, 0x2c, 0x2b,
];

/** The columns of the tables up to that of the assemblies, in the order of their numbers (ECMA-335, II.22). */
const columns: readonly (readonly Column[])[] = [
	[2, S, G, G, G],
	[index(0x00, 0x1a, 0x23, 0x01), S, S],
	[4, S, S, typeDefOrRef, index(0x04), index(0x06)],
	[index(0x04)],
	[2, S, B],
	[index(0x06)],
	[4, 2, 2, S, B, index(0x08)],
	[index(0x08)],
	[2, 2, S],
	[index(0x02), typeDefOrRef],
	[index(0x02, 0x01, 0x1a, 0x06, 0x1b), S, B],
	[2, index(0x04, 0x08, 0x17), B],
	[index(...anything), { of: [0x06, 0x0a], bits: 3 }, B],
	[index(0x04, 0x08), B],
	[2, index(0x02, 0x06, 0x20), B],
	[2, 4, index(0x02)],
	[4, index(0x04)],
	[B],
	[index(0x02), index(0x14)],
	[index(0x14)],
	[2, S, typeDefOrRef],
	[index(0x02), index(0x17)],
	[index(0x17)],
	[2, S, B],
	[2, index(0x06), index(0x14, 0x17)],
	[index(0x02), methodDefOrRef, methodDefOrRef],
	[S],
	[B],
	[2, index(0x04, 0x06), S, index(0x1a)],
	[4, index(0x04)],
	[4, 4],
	[4],
	[4, 2, 2, 2, 2, 4, B, S, S],
	[4],
	[4, 4, 4],
	[2, 2, 2, 2, 4, B, S, S, B],
];
