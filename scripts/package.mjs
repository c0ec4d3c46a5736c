// npm run package [-- --out FILE]
// Makes rolewright-<version>.vsix: bundles without source maps (the script vscode:prepublish), and only what .vscodeignore
// lets in. `npx @vscode/vsce package` does the same.
import { createRequire } from 'node:module';
import { mustRun } from './command.mjs';
import { installDependencies } from './dependencies.mjs';

await installDependencies();
const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
await mustRun(process.execPath, [vsce, 'package', ...process.argv.slice(2)]);
