import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DotnetRuntime } from '../../lifecycle/roleHost';
import { type AssemblyUses, assemblyUses } from './metadata';
import { findMono, type Mono } from './mono';
import { compiler, isInNetAndNoMono, isInSmallestMono, isInWholeMono, onePackageFor, withWcf } from './monoPackages';
import {
	chosenMono,
	type Here,
	lackOfMono,
	lackOfNet,
	type Missing,
	misplacedWish,
	unreadNet,
	untriedFramework,
} from './preflightText';

/** A part of .NET Framework that .NET does not have: what it is, and what helps. */
export interface FrameworkPart {
	/** Absent for a library that says it by its name. */
	readonly what?: string;
	/** A NuGet package brings it; Mono and .NET Framework have it; only .NET Framework, or only Windows, has it. */
	readonly cure: 'package' | 'mono' | 'windows';
	/** The NuGet package, where its name is not that of the assembly. */
	readonly package?: string;
	/** The Debian package that brings it to Mono. */
	readonly mono?: string;
}

interface PartTable {
	/** By the simple name of the assembly. */
	readonly assemblies: Readonly<Record<string, FrameworkPart>>;
	/** By `Namespace.Type` or `Namespace.Type::Member`. */
	readonly code: Readonly<Record<string, FrameworkPart>>;
}

/** A part that an assembly of the role uses, and the names by which it does. */
export interface UsedPart extends FrameworkPart {
	readonly asker: string;
	readonly names: readonly string[];
	/** The asker is a library that somebody else has made: only a part of it may need this. */
	readonly inLibrary?: true;
}

export interface Preflight {
	/** The role's assembly, absolute. */
	readonly assembly: string;
	/** The file of the table of parts. */
	readonly table: string;
	/** What `rolewright.json` says. */
	readonly wish?: DotnetRuntime['name'] | undefined;
	readonly platform?: NodeJS.Platform;
	/** Looked for by default; `null` for none. */
	readonly mono?: Mono | null;
}

export interface Foreseen {
	/** What shall run the role. */
	readonly runtime: DotnetRuntime;
	/** What will not work there, a sentence for each part, and what it takes. */
	readonly notes: readonly string[];
}

/**
 * Chooses what runs a role, and says before the start what will not work there (running-dotnet-roles.md 2.2 and 2.3). It
 * reads the names in the metadata and runs nothing; a part that is never reached does no harm, so these are notes and no
 * errors. What is made for .NET runs on .NET, and its compiler has said what is not there. What is made for .NET Framework
 * runs there on Windows; elsewhere on .NET, unless it uses what Mono has and .NET lacks, and this Mono has all it needs.
 */
export async function preflight(asked: Preflight): Promise<Foreseen> {
	const { assembly, table, wish, platform = process.platform, mono = findMono() } = asked;
	const uses = await usesOf(assembly);
	const role = path.parse(assembly).name;
	const said = wish && { said: true };
	if (!uses.get(role)?.assemblies.includes('mscorlib')) {
		const notes = wish && wish !== 'dotnet' && uses.has(role) ? [misplacedWish(role, wish, 'made for .NET')] : [];
		return { runtime: { name: 'dotnet', ...said }, notes };
	}
	if (wish === 'framework' && platform !== 'win32') {
		const elsewhere = await preflight({ ...asked, wish: undefined });
		return { ...elsewhere, notes: [misplacedWish(role, wish, 'not on Windows'), ...elsewhere.notes] };
	}
	const parts = await partsOf(uses, path.dirname(assembly), table);
	const missing = missingOnMono(neededOnMono(uses, path.dirname(assembly), parts), mono);
	const toInstall = missing.filter(({ piece }) => isInWholeMono(piece)).map(({ piece }) => piece);
	const never = missing.find(({ piece }) => isInNetAndNoMono(piece))?.piece;
	const reason = parts.find(part => part.cure === 'mono');
	const monoHasAll = mono && never === undefined && toInstall.length === 0;
	const best = platform === 'win32' ? 'framework' : reason && monoHasAll ? 'mono' : 'dotnet';
	const name = wish ?? best;
	const unread = await unreadSettings(assembly);
	const here = { wish, platform, mono: Boolean(mono), install: onePackageFor(toInstall), never };
	const notes = {
		framework: () => [untriedFramework(role)],
		mono: () => [...(reason && !wish ? [chosenMono(reason)] : []), ...lacksOfMono(mono ? missing : [], parts, here)],
		dotnet: () => [...parts.flatMap(part => lackOfNet(part, here)), ...unread],
	};
	return { runtime: { name, ...said }, notes: notes[name]() };
}

/** The host lets them pass; that they count for nothing would be noticed late. */
async function unreadSettings(assembly: string): Promise<readonly string[]> {
	const text = await readFile(`${assembly}.config`, 'utf8').catch(() => '');
	return /<system\.net[\s>]/.test(text) ? [unreadNet(`${path.basename(assembly)}.config`)] : [];
}

/** What Mono does not bring here, and what nobody has off Windows. */
function lacksOfMono(missing: readonly Missing[], parts: readonly UsedPart[], here: Here): readonly string[] {
	const onWindows = parts.filter(part => part.cure === 'windows');
	return [
		...new Set(missing.map(each => lackOfMono(each, partOf(each.name, parts), here))),
		...onWindows.flatMap(part => lackOfNet(part, { ...here, mono: true })),
	];
}

function partOf(name: string, parts: readonly UsedPart[]): UsedPart | undefined {
	return parts.find(part => part.names.includes(name));
}

/**
 * By the simple names of the role's assembly and of those beside it that have symbols: the libraries of the solution, and
 * hardly any package.
 */
async function usesOf(assembly: string): Promise<ReadonlyMap<string, AssemblyUses>> {
	const folder = path.dirname(assembly);
	const names: readonly string[] = await readdir(folder).catch(() => []);
	const own = names.filter(name => /\.(dll|exe)$/i.test(name) && names.includes(name.replace(/\.(dll|exe)$/i, '.pdb')));
	const files = [...new Set([path.basename(assembly), ...own])].filter(name => names.includes(name));
	const read = await Promise.all(
		files.map(async name => [path.parse(name).name, assemblyUses(await readFile(path.join(folder, name)))] as const),
	);
	return new Map(read.flatMap(([name, uses]) => (uses ? [[name, uses] as const] : [])));
}

async function partsOf(
	uses: ReadonlyMap<string, AssemblyUses>,
	folder: string,
	table: string,
): Promise<readonly UsedPart[]> {
	const parts: PartTable = await readFile(table, 'utf8').then(JSON.parse, () => ({ assemblies: {}, code: {} }));
	const own = [...uses].flatMap(([asker, of]) =>
		of.assemblies.includes('mscorlib') ? usedParts(asker, of, parts, folder) : [],
	);
	const named = new Set([...uses.values()].flatMap(({ assemblies }) => assemblies));
	const others = [...named].filter(name => !uses.has(name) && !ownAffair.test(name) && isBeside(name, folder));
	const libraries = await Promise.all(others.map(name => partsOfLibrary(name, parts, folder)));
	return [...own, ...libraries.flat()];
}

/**
 * What a library that the role's code names cannot do without: whole assemblies that nothing brings. What else it uses is
 * its own affair, and most of it is never reached.
 */
async function partsOfLibrary(name: string, parts: PartTable, folder: string): Promise<readonly UsedPart[]> {
	const file = path.join(folder, `${name}.${existsSync(path.join(folder, `${name}.dll`)) ? 'dll' : 'exe'}`);
	const uses = assemblyUses(await readFile(file).catch(() => Buffer.alloc(0)));
	if (!uses?.assemblies.includes('mscorlib')) {
		return [];
	}
	return usedParts(name, { ...uses, types: [], members: [] }, parts, folder)
		.filter(({ cure }) => cure !== 'package')
		.map(part => ({ ...part, inLibrary: true }));
}

function usedParts(asker: string, uses: AssemblyUses, parts: PartTable, folder: string): readonly UsedPart[] {
	const found = new Map<string, { readonly part: FrameworkPart; readonly names: Set<string> }>();
	const add = (part: FrameworkPart | undefined, name: string): void => {
		if (part) {
			const key = `${part.what ?? name} ${part.cure}`;
			const known = found.get(key) ?? { part, names: new Set<string>() };
			known.names.add(name);
			found.set(key, known);
		}
	};
	const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
		Object.hasOwn(record, name) ? record[name] : undefined;
	for (const name of uses.assemblies.filter(each => !isBeside(each, folder))) {
		add(own(parts.assemblies, name), name);
	}
	for (const name of [...uses.types.map(type => type.name), ...uses.members]) {
		add(own(parts.code, name), name.replace('::', '.'));
	}
	for (const { name } of uses.types.filter(type => type.assembly === 'System.Web' && !isInNetsWeb(type.name))) {
		add(aspNet, name);
	}
	return [...found.values()].map(({ part, names }) => ({ ...part, asker, names: [...names] }));
}

const aspNet: FrameworkPart = { what: 'ASP.NET', cure: 'mono', mono: 'libmono-system-web4.0-cil' };

/** The assembly System.Web of .NET has these types and no other. */
function isInNetsWeb(type: string): boolean {
	return type === 'System.Web.HttpUtility';
}

/** What the code refers to and the role's folder does not have; our own assemblies stand in for three. */
function neededOnMono(
	uses: ReadonlyMap<string, AssemblyUses>,
	folder: string,
	parts: readonly UsedPart[],
): readonly Missing[] {
	const referred = [...uses].flatMap(([asker, { assemblies }]) =>
		assemblies
			.filter(name => !standIns.test(name) && !isBeside(name, folder))
			.map(name => ({ asker, name, piece: name })),
	);
	const wcf = referred.filter(({ name }) => name === withWcf.assembly);
	const compiling = parts.find(part => part.mono === onePackageFor([compiler]));
	const libraries = parts.flatMap(({ asker, names, inLibrary }) =>
		inLibrary ? names.map(name => ({ asker, name, piece: name })) : [],
	);
	return [
		...referred,
		...libraries,
		...wcf.map(({ asker, name }) => ({ asker, name, piece: withWcf.needs })),
		...(compiling ? [{ asker: compiling.asker, name: compiling.names[0] ?? compiler, piece: compiler }] : []),
	];
}

function missingOnMono(needed: readonly Missing[], mono: Mono | null | undefined): readonly Missing[] {
	return needed.filter(({ piece }) => !(mono ? mono.has(piece) : isInSmallestMono(piece)));
}

/** Our own assemblies stand in for three; the libraries of ASP.NET serve the site, which is a process of its own. */
const ownAffair =
	/^Microsoft\.WindowsAzure\.(ServiceRuntime|Diagnostics|Configuration)$|^System\.Web\b|^Microsoft\.(Web|AspNet)\b/;

const standIns = /^Microsoft\.WindowsAzure\.(ServiceRuntime|Diagnostics|Configuration)$/;

/** A package brought it, or it is one of the solution's. */
function isBeside(name: string, folder: string): boolean {
	return existsSync(path.join(folder, `${name}.dll`)) || existsSync(path.join(folder, `${name}.exe`));
}
