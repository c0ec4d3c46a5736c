import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { outputOf } from '../../src/node/hosts/programOutput';
import { childEnvironment } from '../../src/node/processes/childEnvironment';
import { findProgram } from '../../src/node/processes/programs';

/** The `node_modules` of an unmodified npm package, installed through npm once into the user's temporary folder. */
export async function npmPackage(name: string, version: string): Promise<string> {
	const folder = path.join(tmpdir(), `rolewright-${name}-${version}`);
	const modules = path.join(folder, 'node_modules');
	if (existsSync(path.join(folder, 'installed'))) {
		return modules;
	}
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
	const npm = findProgram('npm');
	const install = await outputOf(
		npm ?? 'npm',
		['install', `${name}@${version}`, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
		{ cwd: folder, env: childEnvironment(), limit: 300_000 },
	);
	if (install.exitCode !== 0) {
		throw new Error(
			`npm could not install ${name}@${version}, which these tests run unmodified; see to it that npm reaches a registry.\n${install.failure ?? install.stderr}`,
		);
	}
	writeFileSync(path.join(folder, 'installed'), version);
	return modules;
}
