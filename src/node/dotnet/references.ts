import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { outputOf } from '../hosts/programOutput';

/** Where the reference assemblies of one version of .NET Framework are, or why they could not be had. */
export type References =
	| { readonly root: string; readonly note?: string }
	| { readonly root: undefined; readonly text: string };

export interface ReferenceOptions {
	readonly dotnet: string;
	readonly env: NodeJS.ProcessEnv;
	readonly cache: string;
	/** Told what is fetched, before it is. */
	readonly progress?: ((text: string) => void) | undefined;
}

/**
 * The folder for `TargetFrameworkRootPath`, with the reference assemblies of `version` (`v4.5`) in it. What is asked for is
 * taken from the user's packages, else fetched by restoring a project of our own, which lies in the cache. Where exactly
 * this version cannot be had, a neighbour stands under its name (running-dotnet-roles.md 1.4).
 */
export function referenceAssemblies(version: string, options: ReferenceOptions): Promise<References> {
	const key = `${options.cache}\n${version}`;
	const running = fetching.get(key) ?? find(version, options).finally(() => fetching.delete(key));
	fetching.set(key, running);
	return running;
}

const fetching = new Map<string, Promise<References>>();

async function find(version: string, options: ReferenceOptions): Promise<References> {
	const root = path.join(options.cache, 'reference-assemblies');
	const link = path.join(root, '.NETFramework', version);
	if (existsSync(path.join(link, 'mscorlib.dll'))) {
		return { root };
	}
	const wanted = version.replace(/[v.]/g, '');
	const fetched = await exactOrNeighbour(wanted, options);
	if (typeof fetched === 'string') {
		return { root: undefined, text: couldNotFetch(version, fetched) };
	}
	await mkdir(path.dirname(link), { recursive: true });
	await rm(link, { recursive: true, force: true });
	await symlink(fetched.folder, link, 'junction');
	const used = path.basename(fetched.folder);
	return used === version
		? { root }
		: {
				root,
				note: `The reference assemblies of .NET Framework ${version} could not be had; those of ${used} are used.`,
			};
}

async function exactOrNeighbour(wanted: string, options: ReferenceOptions): Promise<Found | string> {
	const exact = (await inPackages(packagesFolder(), wanted)) ?? (await fetchPackage(wanted, options));
	if (typeof exact !== 'string') {
		return exact;
	}
	const others = neighbours(wanted);
	const here = await firstOf(others, name => inPackages(packagesFolder(), name));
	return here ?? (notInFeed.test(exact) ? fetchFirst(others, options) : exact);
}

/** The feed answered, and has no such package. Any other error would meet the next package too. */
const notInFeed = /\bNU110[12]\b/;

interface Found {
	/** `.../build/.NETFramework/v4.5` */
	readonly folder: string;
}

const versions = ['20', '35', '40', '403', '45', '451', '452', '46', '461', '462', '47', '471', '472', '48', '481'];

/** Later versions, which have everything that this one has, nearest first; then earlier ones. As text, `45` < `451` < `46`. */
function neighbours(wanted: string): readonly string[] {
	const later = versions.filter(version => version > wanted);
	const earlier = versions.filter(version => version < wanted).reverse();
	return [...later, ...earlier];
}

async function fetchFirst(candidates: readonly string[], options: ReferenceOptions): Promise<Found | string> {
	let reason = '';
	for (const name of candidates) {
		const found = await fetchPackage(name, options);
		if (typeof found !== 'string') {
			return found;
		}
		reason = found;
		if (!notInFeed.test(found)) {
			break;
		}
	}
	return reason;
}

/** The oldest version that the feed has will do. */
async function fetchPackage(name: string, options: ReferenceOptions): Promise<Found | string> {
	options.progress?.(`Fetching the reference assemblies of .NET Framework ${dotted(name)}, once for all projects`);
	const reference = `<PackageReference Include="${packageOf(name)}" Version="1.0.0" />`;
	const restored = await restoreOwnProject(`net${name}`, reference, options);
	if (restored.text !== undefined) {
		return restored.text;
	}
	const found = await firstOf(restored.folders, packages => inPackages(packages, name));
	return found ?? `The package ${packageOf(name)} holds no reference assemblies.`;
}

/** The package folders that a restore used, or what it wrote when it failed. */
type Restored = { readonly folders: readonly string[]; readonly text?: undefined } | { readonly text: string };

/** Restores a project of our own with these items. It lies in the cache, and nothing of a folder above it may take part. */
export async function restoreOwnProject(
	name: string,
	items: string,
	options: ReferenceOptions,
	kind: 'csproj' | 'fsproj' = 'csproj',
): Promise<Restored> {
	const folder = path.join(options.cache, 'fetch', name);
	await mkdir(folder, { recursive: true });
	for (const file of ['Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props']) {
		await writeFile(path.join(folder, file), '<Project />\n');
	}
	const project = path.join(folder, `fetch.${kind}`);
	await writeFile(project, ownProject(items));
	const result = await outputOf(options.dotnet, ['restore', project, '--nologo', '-v:q', '-tl:off'], {
		cwd: folder,
		env: options.env,
		limit: 300_000,
	});
	return result.exitCode === 0
		? { folders: await restoredTo(folder) }
		: { text: result.failure ?? result.stdout + result.stderr };
}

function ownProject(items: string): string {
	return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net472</TargetFramework>
    <AutomaticallyUseReferenceAssemblyPackages>false</AutomaticallyUseReferenceAssemblyPackages>
    <NuGetAudit>false</NuGetAudit>
    <NoWarn>NU1603</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    ${items}
  </ItemGroup>
</Project>
`;
}

function packageOf(name: string): string {
	return `Microsoft.NETFramework.ReferenceAssemblies.net${name}`;
}

/** The package folders of a restore, as it wrote them down. */
async function restoredTo(folder: string): Promise<readonly string[]> {
	const assets: unknown = JSON.parse(await readFile(path.join(folder, 'obj', 'project.assets.json'), 'utf8'));
	const folders =
		typeof assets === 'object' && assets !== null && 'packageFolders' in assets ? assets.packageFolders : {};
	return Object.keys(folders ?? {});
}

/** Where NuGet keeps the packages of this user. */
export function packagesFolder(): string {
	return process.env.NUGET_PACKAGES || path.join(homedir(), '.nuget', 'packages');
}

/** `472` is 4.7.2. */
function dotted(name: string): string {
	return [...name].join('.');
}

async function inPackages(packages: string, name: string): Promise<Found | undefined> {
	const base = path.join(packages, packageOf(name).toLowerCase());
	for (const version of (await readdir(base).catch(() => [])).sort().reverse()) {
		const frameworks = path.join(base, version, 'build', '.NETFramework');
		const folder = (await readdir(frameworks).catch(() => [])).find(entry => entry.replace(/[v.]/g, '') === name);
		if (folder && existsSync(path.join(frameworks, folder, 'mscorlib.dll'))) {
			return { folder: path.join(frameworks, folder) };
		}
	}
	return undefined;
}

async function firstOf<Value, Result>(
	values: readonly Value[],
	look: (value: Value) => Promise<Result | undefined>,
): Promise<Result | undefined> {
	for (const value of values) {
		const found = await look(value);
		if (found !== undefined) {
			return found;
		}
	}
	return undefined;
}

function couldNotFetch(version: string, output: string): string {
	const why = /error (NU\d+: [^\r\n]*?)(?: \[|\r?\n|$)/.exec(output)?.[1] ?? output.trim().split('\n')[0] ?? '';
	return `The reference assemblies of .NET Framework ${version} are needed to compile this project and could not be fetched from NuGet (${why}): connect to the network once, or install the package ${packageOf(version.replace(/[v.]/g, ''))}.`;
}
