import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

/** The web build, as `npm run build` makes it: nothing in it needs Node, and it works where there is none. */

const root = path.resolve(__dirname, '../..');

suite('the web build', () => {
	let code = '';
	let outside: readonly string[] = [];
	suiteSetup(async function () {
		this.timeout(60_000);
		// Written as text, or the tests would look for it as a module of theirs.
		const validators = '../../scripts/validators.mjs';
		const { compiledValidators } = await import(validators);
		const { outputFiles, metafile } = await build({
			absWorkingDir: root,
			entryPoints: ['src/extension/web.ts'],
			bundle: true,
			platform: 'browser',
			format: 'cjs',
			external: ['vscode'],
			plugins: [compiledValidators],
			write: false,
			metafile: true,
			logLevel: 'silent',
		});
		code = outputFiles?.[0]?.text ?? '';
		outside = Object.values(metafile?.outputs ?? {}).flatMap(({ imports }) => imports.map(each => each.path));
	});

	test('asks for nothing but the editor', () => {
		assert.deepEqual([...new Set(outside)], ['vscode']);
		assert.doesNotMatch(code, /require\("node:|from "node:/);
	});

	test('the build script makes it, and the manifest names it', () => {
		const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
		assert.equal(manifest.browser, './dist/web.js');
		assert.match(
			readFileSync(path.join(root, 'scripts/build.mjs'), 'utf8'),
			/entry: 'src\/extension\/web\.ts', out: 'dist\/web\.js'/,
		);
	});

	test('every command that needs a machine is out of the menus of a browser', () => {
		const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
		const inBrowser = commandsInBrowser();
		const hidden = (item: { readonly when?: string } | undefined) =>
			item?.when === 'false' || item?.when?.includes('!rolewright.noRunner');
		const inPalette = contributes.commands
			.map(({ command }) => command)
			.filter(command => !inBrowser.includes(command))
			.filter(command => !hidden(contributes.menus.commandPalette?.find(item => item.command === command)));
		assert.deepEqual(
			inPalette,
			[],
			"these need a 'when' with !rolewright.noRunner in menus.commandPalette of package.json",
		);
		const menus = ['editor/context', 'editor/title', 'editor/title/run', 'explorer/context', 'view/title'];
		const shown = menus
			.flatMap(menu => contributes.menus[menu] ?? [])
			.filter(({ command = '' }) => !inBrowser.includes(command) && command !== '');
		assert.deepEqual(
			shown.filter(item => !hidden(item)),
			[],
			"these need !rolewright.noRunner in their 'when'",
		);
		const lost = [...menus, 'commandPalette']
			.flatMap(menu => contributes.menus[menu] ?? [])
			.filter(item => inBrowser.includes(item.command ?? '') && item.when?.includes('!rolewright.noRunner'))
			.filter(({ when }) => !when?.startsWith('view == rolewright.services'));
		assert.deepEqual(lost, [], 'these work in a browser too');
	});

	test('answers where there is no Node: activates, and finds what is wrong in a text that is open', async () => {
		const text =
			'<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WorkerRole name="A" size="x"/></ServiceDefinition>';
		const published = new Promise<readonly Diagnostic[]>(resolve => {
			const module: { exports: { activate?: (context: object) => void } } = { exports: {} };
			// A bundle copies what a module has, so everything that it names has to be there.
			const names = [...code.matchAll(/\bvscode\d*\.(\w+)/g)].map(match => match[1] ?? '');
			const editor = fakeEditor(text, names, resolve);
			const load = (name: string) => (name === 'vscode' ? editor : assert.fail(`it asks for ${name}`));
			// What a worker has, and nothing of Node.
			const context = createContext({
				module,
				exports: module.exports,
				require: load,
				setTimeout,
				clearTimeout,
				TextDecoder,
				TextEncoder,
				URL,
				console,
				performance,
				queueMicrotask,
			});
			runInContext(code, context);
			const { activate } = module.exports;
			assert.ok(activate);
			activate({ subscriptions: [], extensionUri: editor.Uri.parse('memory:/x'), extension: { packageJSON: {} } });
		});
		const codes = (await published).map(each => each.code.value);
		assert.ok(codes.includes('unknownAttribute'), codes.join());
	});
});

/** As `src/extension/absentCommands.ts` says. */
function commandsInBrowser(): readonly string[] {
	const source = readFileSync(path.join(root, 'src/extension/absentCommands.ts'), 'utf8');
	const [, list = ''] = /new Set\(\[([^\]]*)\]\)/.exec(source) ?? [];
	const found = [...list.matchAll(/'([\w.]+)'/g)].map(([, command]) => command ?? '');
	assert.ok(found.includes('rolewright.showConfigurations'));
	return found;
}

interface Manifest {
	readonly contributes: {
		readonly commands: readonly { readonly command: string }[];
		readonly menus: Readonly<
			Record<string, readonly { readonly command?: string; readonly when?: string }[] | undefined>
		>;
	};
}

interface Diagnostic {
	readonly code: { readonly value: string };
}

/** As much of the editor as the language needs to begin: whatever is not made here does nothing when it is called. */
function fakeEditor(text: string, names: readonly string[], published: (diagnostics: readonly Diagnostic[]) => void) {
	class Disposable {
		static from = () => new Disposable();
		dispose() {}
	}
	class EventEmitter {
		private readonly listeners = new Set<(value: unknown) => void>();
		readonly event = (listener: (value: unknown) => void) => {
			this.listeners.add(listener);
			return new Disposable();
		};
		fire(value: unknown) {
			for (const listener of this.listeners) {
				listener(value);
			}
		}
		dispose() {}
	}
	class Uri {
		constructor(
			readonly scheme: string,
			readonly path: string,
		) {}
		static parse = (address: string) =>
			new Uri(address.slice(0, address.indexOf(':')), address.slice(address.indexOf(':') + 1));
		static file = (name: string) => new Uri('file', name);
		static joinPath = (uri: Uri, ...parts: string[]) => new Uri(uri.scheme, path.posix.join(uri.path, ...parts));
		get fsPath() {
			return this.path;
		}
		toString() {
			return `${this.scheme}:${this.path}`;
		}
	}
	class Numbered {
		constructor(...given: unknown[]) {
			Object.assign(this, { given });
		}
	}
	class FoundProblem {
		constructor(
			readonly range: unknown,
			readonly message: string,
		) {}
	}
	const event = () => new Disposable();
	const document = { uri: new Uri('untitled', 'Untitled-1.csdef'), languageId: 'csdef', getText: () => text };
	const anything: unknown = new Proxy(class {}, {
		get: (_target, name) => (name === 'then' || typeof name === 'symbol' ? undefined : anything),
		apply: () => anything,
		construct: () => new Numbered(),
	});
	const rest = (own: object) =>
		new Proxy(own, {
			get: (target, name) => Reflect.get(target, name) ?? (String(name).startsWith('onDid') ? event : anything),
		});
	const all = Object.fromEntries(names.map(name => [name, anything]));
	return rest({
		...all,
		Disposable,
		EventEmitter,
		Uri,
		Position: Numbered,
		Range: Numbered,
		Diagnostic: FoundProblem,
		l10n: { t: (words: string) => words },
		workspace: rest({
			textDocuments: [document],
			workspaceFolders: [],
			getWorkspaceFolder: () => undefined,
			getConfiguration: () => ({ get: () => undefined }),
			asRelativePath: String,
			findFiles: async () => [],
			fs: rest({ readDirectory: async () => [], stat: () => Promise.reject(new Error('not there')) }),
		}),
		languages: rest({
			match: () => 0,
			createDiagnosticCollection: (name: string) => ({
				set: (_uri: Uri, diagnostics: readonly Diagnostic[]) => {
					if (name === 'rolewright') {
						published(diagnostics);
					}
				},
				delete: () => {},
				clear: () => {},
				dispose: () => {},
			}),
		}),
	}) as { Uri: typeof Uri };
}
