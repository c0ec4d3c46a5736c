// node scripts/build-host.mjs [--force]
// Builds the C# half (host/) into dist/host: the host for .NET, and for .NET Framework and Mono; the facades that role
// projects compile against, and the targets file. Nothing is done when nothing has changed; without the .NET SDK everything else of the product still builds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './command.mjs';

const sources = path.join(root, 'host');
const output = path.join(root, 'dist/host');
const stamp = path.join(sources, 'obj/built.json');
const published = path.join(sources, 'obj/publish');
const facades = ['ServiceRuntime', 'Diagnostics', 'Configuration'].map(name => `Microsoft.WindowsAzure.${name}`);

/** One host from the same sources for .NET, and one for .NET Framework and Mono. */
const frameworks = ['net8.0', 'net472'];

const visualStudio = 'visual-studio/Microsoft/VisualStudio/v10.0';
const targetsOfOthers = ['WebApplications/Microsoft.WebApplication.targets', 'FSharp/Microsoft.FSharp.Targets'].map(
	name => `${visualStudio}/${name}`,
);

/** The variables of some machines switch the build servers off; a build of our own wants none left behind anyway. */
const environment = {
	DOTNET_CLI_TELEMETRY_OPTOUT: '1',
	DOTNET_NOLOGO: '1',
	MSBUILDDISABLENODEREUSE: '1',
	UseSharedCompilation: 'false',
};

/**
 * Resolves with true when dist/host is up to date. Without an SDK it says which part is missing and resolves with false;
 * a build that fails rejects.
 */
export async function buildHost({ force = false } = {}) {
	const fingerprint = await fingerprintOf(sources);
	if (!force && (await isUpToDate(fingerprint))) {
		return true;
	}
	const missing = missingSdk();
	if (missing) {
		console.log(`build: dist/host was not built, because ${missing}. C# roles cannot be run; everything else works.`);
		return false;
	}
	await rm(published, { recursive: true, force: true });
	for (const framework of frameworks) {
		await compile(framework);
	}
	const files = await publish();
	await writeFile(stamp, JSON.stringify({ fingerprint, files }));
	return true;
}

async function compile(framework) {
	const code = await run(
		'dotnet',
		[
			'publish',
			path.join(sources, 'Host'),
			'-c',
			'Release',
			'--nologo',
			'-v:q',
			'-tl:off',
			'-clp:NoSummary',
			'-f',
			framework,
			'-o',
			path.join(published, framework),
		],
		{ env: environment, stdio: ['ignore', 'inherit', 'inherit'] },
	);
	if (code !== 0) {
		throw new Error('The C# host could not be built; the lines above say why.');
	}
}

/** The hosts with their libraries, once more the facades for compiling with their texts, and the targets file. */
async function publish() {
	const hosts = await Promise.all(
		frameworks.map(async framework => {
			const names = (await readdir(path.join(published, framework))).filter(isOfHost);
			return names.map(name => [path.join(published, framework, name), `${framework}/${name}`]);
		}),
	);
	const copies = [
		...hosts.flat(),
		...facades.flatMap(name =>
			['.dll', '.xml'].map(end => [path.join(published, 'net8.0', name + end), `facades/${name}${end}`]),
		),
		[path.join(sources, 'Host/Net/machine.config'), 'net8.0/Config/machine.config'],
		[path.join(sources, 'build/rolewright.targets'), 'rolewright.targets'],
		...targetsOfOthers.map(name => [path.join(sources, 'build', name), name]),
		[path.join(sources, 'Host/framework-parts.json'), 'framework-parts.json'],
	];
	await rm(output, { recursive: true, force: true });
	for (const [from, to] of copies) {
		await mkdir(path.dirname(path.join(output, to)), { recursive: true });
		await (isCommented(to) ? copyWithoutComments : copyFile)(from, path.join(output, to));
	}
	return Promise.all(copies.map(async ([, to]) => ({ name: to, size: (await stat(path.join(output, to))).size })));
}

function isCommented(name) {
	return /\.(targets|config)$/i.test(name);
}

/** The comments are for whoever changes the file, and the package is small. */
async function copyWithoutComments(from, to) {
	await writeFile(to, (await readFile(from, 'utf8')).replace(/<!--.*?-->\s*/gs, ''));
}

function isOfHost(name) {
	return /\.(dll|exe|runtimeconfig\.json)$|^reserve\.xml$/.test(name);
}

async function isUpToDate(fingerprint) {
	const last = await readFile(stamp, 'utf8').then(JSON.parse, () => undefined);
	if (last?.fingerprint !== fingerprint) {
		return false;
	}
	const sizes = await Promise.all(
		last.files.map(file =>
			stat(path.join(output, file.name)).then(
				found => found.size === file.size,
				() => false,
			),
		),
	);
	return sizes.every(Boolean);
}

async function fingerprintOf(folder) {
	const hash = createHash('sha256');
	const names = await readdir(folder, { recursive: true });
	for (const name of names.filter(isSource).sort()) {
		hash.update(name.replaceAll(path.sep, '/')).update(await readFile(path.join(folder, name)));
	}
	return hash.digest('hex');
}

function isSource(name) {
	return /\.(cs|csproj|props|targets|json|xml|config)$/i.test(name) && !/(^|[\\/])(bin|obj)[\\/]/.test(name);
}

function missingSdk() {
	const asked = spawnSync('dotnet', ['--version'], { encoding: 'utf8', env: { ...process.env, ...environment } });
	if (asked.error || asked.status !== 0) {
		return 'the .NET SDK (8 or later) is not installed';
	}
	const version = asked.stdout.trim();
	return Number.parseInt(version, 10) < 8 ? `the .NET SDK is too old (${version}; 8 or later is needed)` : undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	await buildHost({ force: process.argv.includes('--force') });
}
