// npm run package
// Makes rolewright-<version>.vsix: bundles without source maps, and only what .vscodeignore lets in.
import { createRequire } from 'node:module';
import { mustRun } from './command.mjs';
import { installDependencies } from './dependencies.mjs';

await installDependencies();
await mustRun(process.execPath, ['scripts/build.mjs', '--package']);

const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
// Everything is in the bundles: vsce need not look for packages, nor start npm to do so.
await mustRun(process.execPath, [vsce, 'package', '--no-dependencies', '--skip-license', ...process.argv.slice(2)]);
