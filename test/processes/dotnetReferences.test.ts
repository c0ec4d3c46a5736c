import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { referenceAssemblies } from '../../src/node/dotnet/references';

/** Stands for `dotnet restore` with a feed that has the reference assemblies of 4.6.1 and 4.7.2, and writes down what it is asked for. */
const feed = `#!/bin/sh
cd "$(dirname "$2")"
name=$(sed -n 's/.*Include="\\([^"]*\\)".*/\\1/p' fetch.csproj)
echo "$name" >> "$ASKED"
case "$name" in
*.net461) version=v4.6.1 ;;
*.net472) version=v4.7.2 ;;
*) echo "fetch.csproj : error NU1101: Unable to find package $name."; exit 1 ;;
esac
to="$STORE/$(echo "$name" | tr 'A-Z' 'a-z')/1.0.3/build/.NETFramework/$version"
mkdir -p "$to" obj
echo > "$to/mscorlib.dll"
echo "{\\"packageFolders\\":{\\"$STORE\\":{}}}" > obj/project.assets.json
`;

suite('reference assemblies', () => {
	let folder: string;
	const usual = process.env.NUGET_PACKAGES;

	suiteSetup(async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		folder = await mkdtemp(path.join(tmpdir(), 'rolewright references '));
		await writeFile(path.join(folder, 'dotnet'), feed, { mode: 0o755 });
		process.env.NUGET_PACKAGES = path.join(folder, 'packages of the user');
	});

	suiteTeardown(async () => {
		if (usual === undefined) {
			delete process.env.NUGET_PACKAGES;
		} else {
			process.env.NUGET_PACKAGES = usual;
		}
		await rm(folder, { recursive: true, force: true });
	});

	/** Asks for a version twice at a time; gives the note, what was told meanwhile, and the packages that the feed was asked for. */
	async function ask(version: string) {
		const asked = path.join(folder, `asked ${version}`);
		await writeFile(asked, '');
		const progress: string[] = [];
		const options = {
			dotnet: path.join(folder, 'dotnet'),
			env: { ...process.env, ASKED: asked, STORE: path.join(folder, 'store') },
			cache: path.join(folder, 'cache'),
			progress: (text: string) => progress.push(text),
		};
		const [found] = await Promise.all([referenceAssemblies(version, options), referenceAssemblies(version, options)]);
		const packages = (await readFile(asked, 'utf8')).trim().split('\n');
		return { found, progress, packages: packages.map(name => name.replace(/.*\.net/, '')) };
	}

	test('are fetched once, and only those that are asked for, and that is told', async () => {
		const first = await ask('v4.6.1');
		assert.ok(first.found.root);
		assert.ok((await readFile(path.join(first.found.root, '.NETFramework/v4.6.1/mscorlib.dll'))).length > 0);
		assert.deepEqual(first.packages, ['461']);
		assert.deepEqual(first.progress, [
			'Fetching the reference assemblies of .NET Framework 4.6.1, once for all projects',
		]);
		assert.deepEqual(await ask('v4.6.1'), { found: { root: first.found.root }, progress: [], packages: [''] });
	});

	test('of a version that no feed has are those of a later one, and that is said', async () => {
		const { found, packages } = await ask('v4.6.2');
		assert.deepEqual(packages, ['462', '47', '471', '472']);
		assert.equal(
			found.root && found.note,
			'The reference assemblies of .NET Framework v4.6.2 could not be had; those of v4.7.2 are used.',
		);
	});
});
