import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './command.mjs';

/** The folder of the sample service: the one that `npm start` opens and the tests in VS Code copy. */
export function sampleFolder() {
	const sample = path.join(root, 'samples', 'Greetings');
	if (!existsSync(path.join(sample, 'ServiceDefinition.csdef'))) {
		throw new Error(`There is no ServiceDefinition.csdef in ${sample}.`);
	}
	return sample;
}
