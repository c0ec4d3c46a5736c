import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type AssemblyUses, assemblyUses } from './dotnetMetadata';

/** A part of .NET Framework that .NET does not have: what it is, and what helps. */
interface Part {
	/** Absent for a library that says it by its name. */
	readonly what?: string;
	/** A NuGet package brings it; Mono and .NET Framework have it; only .NET Framework, or only Windows, has it. */
	readonly cure: 'package' | 'mono' | 'windows';
	/** Where its name is not that of the assembly. */
	readonly package?: string;
}

interface PartTable {
	/** By the simple name of the assembly. */
	readonly assemblies: Readonly<Record<string, Part>>;
	/** By `Namespace.Type` or `Namespace.Type::Member`. */
	readonly code: Readonly<Record<string, Part>>;
}

/**
 * Says what a role built for .NET Framework uses that will not work on .NET, before it is started: one sentence for each
 * part, with the way out (running-dotnet-roles.md 2.3). It reads names and runs nothing; a part that is never reached
 * does no harm, so these are notes and no errors.
 */
export async function preflight(
	assembly: string,
	table: string,
	platform: NodeJS.Platform = process.platform,
): Promise<readonly string[]> {
	const parts: PartTable | undefined = await readFile(table, 'utf8').then(JSON.parse, () => undefined);
	if (!parts) {
		return [];
	}
	const folder = path.dirname(assembly);
	// What was made for .NET refers to other names, and its compiler has said what is not there.
	const said = await Promise.all(
		(await ownCode(assembly)).map(async file => {
			const uses = assemblyUses(await readFile(file));
			return uses?.assemblies.includes('mscorlib')
				? sentencesFor(path.parse(file).name, uses, parts, folder, platform)
				: [];
		}),
	);
	return said.flat();
}

/** The role's assembly, and those beside it that have symbols: the libraries of the solution, and hardly any package. */
async function ownCode(assembly: string): Promise<readonly string[]> {
	const folder = path.dirname(assembly);
	const names: readonly string[] = await readdir(folder).catch(() => []);
	const own = names.filter(name => /\.(dll|exe)$/i.test(name) && names.includes(name.replace(/\.(dll|exe)$/i, '.pdb')));
	return [...new Set([path.basename(assembly), ...own])]
		.filter(name => names.includes(name))
		.map(name => path.join(folder, name));
}

function sentencesFor(
	asker: string,
	uses: AssemblyUses,
	parts: PartTable,
	folder: string,
	platform: NodeJS.Platform,
): readonly string[] {
	const found = new Map<string, { readonly part: Part; readonly names: Set<string> }>();
	const add = (part: Part | undefined, name: string): void => {
		if (part) {
			const key = `${part.what ?? name} ${part.cure}`;
			const known = found.get(key) ?? { part, names: new Set<string>() };
			known.names.add(name);
			found.set(key, known);
		}
	};
	for (const name of uses.assemblies.filter(each => !isBeside(each, folder))) {
		add(parts.assemblies[name], name);
	}
	const names = [...uses.types.map(type => type.name), ...uses.members];
	for (const name of names.filter(each => Object.hasOwn(parts.code, each))) {
		const part = parts.code[name];
		// .NET on Windows has what only Windows has.
		add(part?.cure === 'windows' && platform === 'win32' ? undefined : part, name.replace('::', '.'));
	}
	for (const { name } of uses.types.filter(type => type.assembly === 'System.Web' && !isInNetsWeb(type.name))) {
		add({ what: 'ASP.NET', cure: 'mono' }, name);
	}
	return [...found.values()].map(each => sentence(asker, each.part, [...each.names], platform));
}

/** A package brought it. */
function isBeside(name: string, folder: string): boolean {
	return existsSync(path.join(folder, `${name}.dll`));
}

/** The assembly System.Web of .NET has these types and no other. */
function isInNetsWeb(type: string): boolean {
	return type === 'System.Web.HttpUtility';
}

function sentence(
	asker: string,
	{ what, cure, package: id }: Part,
	names: readonly string[],
	platform: NodeJS.Platform,
): string {
	const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
	const uses = `${asker} uses ${what === undefined ? shown : `${what} (${shown})`}`;
	switch (cure) {
		case 'package':
			return `${uses}, which .NET does not bring: add the NuGet package ${id ?? names[0]} to the project, or that code fails.`;
		case 'mono':
			return `${uses}, which .NET does not have, so that code fails here: this version of Rolewright runs roles on .NET alone, so it needs a replacement.`;
		case 'windows':
			if (platform === 'win32') {
				return `${uses}, which only .NET Framework has, so that code fails here: it needs a replacement.`;
			}
			return `${uses}, which only Windows has, so that code fails here: run the role on Windows, or do without it where it is not there.`;
	}
}
