import { loadavg } from 'node:os';
import path from 'node:path';
import { measureActivation } from './activation';
import { measureBalancer } from './balancer';
import { loadBundled } from './bundled';
import { measureDotnet } from './dotnet';
import { measureFabric } from './fabric';
import { measureScale } from './fabricScale';
import { line, type Measured } from './measure';
import { measureTimeline } from './timeline';
import { measureTree } from './tree';

const root = path.resolve(__dirname, '..');

const parts: Readonly<Record<string, () => Promise<readonly Measured[]>>> = {
	language: async () => {
		// The bundle of the measurement lies elsewhere, so that it cannot find the corpus by itself.
		process.env.ROLEWRIGHT_CORPUS ??= path.resolve(root, '..', 'shared', 'corpus');
		const { measureLanguage } = await loadBundled<typeof import('./language')>('language.ts');
		return measureLanguage(path.join(root, 'test', 'fixtures', 'models'));
	},
	activation: async () => measureActivation(path.join(root, 'dist')),
	code: async () => {
		const { measureCode } = await loadBundled<typeof import('./code')>('code.ts');
		return measureCode();
	},
	fabric: async () => [...(await measureFabric(path.join(root, 'dist'))), ...(await measureScale())],
	dotnet: measureDotnet,
	balancer: measureBalancer,
	timeline: () => measureTimeline(),
	tree: measureTree,
};

/**
 * `npm run bench [-- PART...]`: prints each measured time (the median) beside its bound and its peer. Exit code 1 where a
 * bound is not kept, which says something on a quiet machine only.
 */
async function main(names: readonly string[]): Promise<void> {
	const unknown = names.find(name => !Object.hasOwn(parts, name));
	if (unknown !== undefined) {
		throw new Error(`There is no part '${unknown}' to measure: name ${Object.keys(parts).join(', ')}.`);
	}
	const [load = 0] = loadavg();
	if (load > 1) {
		console.log(`The machine is busy (load ${load.toFixed(1)}): the fastest run says more than the median.`);
	}
	for (const [name, measure] of Object.entries(parts)) {
		if (names.length > 0 && !names.includes(name)) {
			continue;
		}
		for (const measured of await measure()) {
			console.log(line(measured));
			if (measured.bound !== undefined && measured.milliseconds > measured.bound) {
				process.exitCode = 1;
			}
		}
	}
}

void main(process.argv.slice(2));
