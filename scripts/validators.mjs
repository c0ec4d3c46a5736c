import path from 'node:path';
import { tsImport } from 'tsx/esm/api';

/** An esbuild plugin: the bundles get the schemas' validators as compiled code, instead of ajv and the time it takes to compile them. */
export const compiledValidators = {
	name: 'compiled-validators',
	setup(build) {
		build.onLoad({ filter: /[\\/]src[\\/]schema[\\/]validators\.ts$/ }, async ({ path: file }) => {
			const { validatorsSource } = await tsImport('../src/schema/standalone.ts', import.meta.url);
			return { contents: validatorsSource(), loader: 'js', resolveDir: path.dirname(file) };
		});
	},
};
