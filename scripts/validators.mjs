import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';

/** An esbuild plugin: the bundles get the schemas' validators as compiled code, instead of ajv and the time it takes to compile them. */
export const compiledValidators = {
	name: 'compiled-validators',
	setup({ onLoad, esbuild }) {
		onLoad({ filter: /[\\/]src[\\/]schema[\\/]validators\.ts$/ }, async ({ path: file }) => {
			const folder = path.dirname(file);
			const { validatorsSource } = await load(esbuild, path.join(folder, 'standalone.ts'));
			return { contents: validatorsSource(), loader: 'js', resolveDir: folder };
		});
	},
};

/** What a module in TypeScript exports. */
async function load(esbuild, file) {
	const { outputFiles } = await esbuild.build({
		entryPoints: [file],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		write: false,
	});
	const module = { exports: {} };
	const run = runInThisContext(`(module, require) => {${outputFiles[0].text}\n}`, { filename: file });
	run(module, createRequire(file));
	return module.exports;
}
