import { packageOf, quoted } from './javascriptWorker';
import { type RoleTemplate, workerElement } from './roleTemplate';

/** The compiled files lie in a folder of their own, so that an instance gets a copy of them and not of the compiler. */
export function typescriptWorker(name: string): RoleTemplate {
	const manifest = packageOf(name, {
		main: 'dist/worker.js',
		scripts: { build: 'node build.js', start: 'node dist/worker.js' },
		devDependencies: { '@types/node': '^20.0.0', typescript: '^5.9.0' },
	});
	return {
		files: [
			{ path: 'worker.ts', text: workerText(name) },
			{ path: 'tsconfig.json', text: settingsText },
			{ path: 'package.json', text: manifest },
			{ path: 'build.js', text: buildText },
		],
		role: workerElement(name, 'node worker.js'),
		settings: { build: `node ${/\s/.test(name) ? `"${name}/build.js"` : `${name}/build.js`}`, code: `${name}/dist` },
		buildTask: { command: 'node', args: [`${name}/build.js`], problemMatcher: '$tsc' },
		notes: [
			`Run 'npm install' in the folder '${name}' once: it fetches the TypeScript compiler, which Rolewright does not.`,
		],
	};
}

const settingsText = `{
  "compilerOptions": {
    "target": "es2022",
    "module": "node16",
    "moduleResolution": "node16",
    "types": ["node"],
    "strict": true,
    "sourceMap": true,
    "rootDir": ".",
    "outDir": "dist"
  },
  "include": ["*.ts"]
}
`;

/**
 * Node is there wherever this role runs; a script of npm would need a way to npm besides. The compiler comes last, since
 * a late one replaces the process.
 */
const buildText = `'use strict';

// Puts the scripts of startup tasks into the folder 'dist', and compiles the role into it. The compiler is the one of this
// folder or of one above it.
const { copyFileSync, mkdirSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

function compiler() {
  try {
    const manifest = require.resolve('typescript/package.json', { paths: [__dirname] });
    return path.join(path.dirname(manifest), require(manifest).bin.tsc);
  } catch {
    console.error('The TypeScript compiler is not installed: run "npm install" in ' + __dirname + ' once.');
    process.exit(1);
  }
}

const tsc = compiler();
mkdirSync(path.join(__dirname, 'dist'), { recursive: true });
for (const script of readdirSync(__dirname).filter(file => /\\.(cmd|ps1|sh)$/i.test(file))) {
  copyFileSync(path.join(__dirname, script), path.join(__dirname, 'dist', script));
}
// Instances run copies; errors and breakpoints find the sources all the same.
const sources = pathToFileURL(__dirname + path.sep).href;
process.argv = [process.execPath, tsc, '--project', __dirname, '--sourceRoot', sources];
import(pathToFileURL(tsc).href);
`;

function workerText(name: string): string {
	return `import { setTimeout as delay } from 'node:timers/promises';

const stopping = new AbortController();

/** The instance is Busy until this is done; false ends it. */
export async function onStart(): Promise<boolean> {
  console.log(${quoted(`${name} is starting`)});
  return true;
}

/** The work of the role. When this ends, the instance is recycled. */
export async function run(): Promise<void> {
  console.log(${quoted(`${name} is running`)});
  while (!stopping.signal.aborted) {
    console.log('Working');
    await delay(1000, undefined, { signal: stopping.signal }).catch(() => {});
  }
}

/** Five minutes are left when this is called. */
export async function onStop(): Promise<void> {
  console.log(${quoted(`${name} is stopping`)});
  stopping.abort();
}

// Started by itself (\`node worker.js\`, as the definition says), the module plays its own host.
if (require.main === module) {
  process.once('SIGINT', onStop);
  process.once('SIGTERM', onStop);
  void onStart().then(started => (started ? run() : process.exit(1)));
}
`;
}
