import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(__dirname, '../..');

/** Bundles the JavaScript role host as `npm run build` does, into a folder of its own, so that no build must go before. */
export async function bundleRoleHost(): Promise<{ folder: string; remove(): Promise<void> }> {
	const folder = await mkdtemp(path.join(tmpdir(), 'rolewright-dist-'));
	await build({
		absWorkingDir: root,
		entryPoints: ['src/node/roleHost/main.ts'],
		outfile: path.join(folder, 'role-host.js'),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node18',
		keepNames: true,
		logLevel: 'warning',
	});
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
