import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment, outputOf } from '../../src/node/processes';
import { findProgram } from '../../src/node/programs';

const version = '0.10.6';

/** The `node_modules` of the unmodified npm package `azure`, installed through npm once into the user's temporary folder. */
export async function azurePackage(): Promise<string> {
	const folder = path.join(tmpdir(), `rolewright-azure-${version}`);
	const modules = path.join(folder, 'node_modules');
	if (existsSync(path.join(folder, 'installed'))) {
		return modules;
	}
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
	const npm = findProgram('npm');
	const install = await outputOf(
		npm ?? 'npm',
		['install', `azure@${version}`, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
		{ cwd: folder, env: childEnvironment(), limit: 300_000 },
	);
	if (install.exitCode !== 0) {
		throw new Error(
			`npm could not install azure@${version}, which these tests run unmodified; see to it that npm reaches a registry.\n${install.failure ?? install.stderr}`,
		);
	}
	writeFileSync(path.join(folder, 'installed'), version);
	return modules;
}
