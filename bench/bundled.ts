import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { compiledValidators } from '../scripts/validators.mjs';

/** Loads a module of this folder bundled as the extension is, so that what is measured is what people run. */
export async function loadBundled<T>(file: string): Promise<T> {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	try {
		const outfile = path.join(folder, 'bundle.js');
		await build({
			entryPoints: [path.join(__dirname, file)],
			outfile,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node18',
			logLevel: 'warning',
			plugins: [compiledValidators],
		});
		return require(outfile) as T;
	} finally {
		rmSync(folder, { recursive: true });
	}
}
