// npm run package [-- --out FILE]
// Makes rolewright-<version>.vsix: bundles without source maps, and only what .vscodeignore lets in.
import { createRequire } from 'node:module';
import { mustRun } from './command.mjs';
import { installDependencies } from './dependencies.mjs';

await installDependencies();
await mustRun(process.execPath, ['scripts/build.mjs', '--package']);

const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
// Everything is in the bundles: vsce need not look for packages, nor start npm to do so. There is no public repository
// to which links of the README could point.
const options = [
	...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
	...process.argv.slice(2),
];
await mustRun(process.execPath, [vsce, 'package', ...options]);
