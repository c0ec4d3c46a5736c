import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './command.mjs';

/** The folder of the sample service: the one that `npm start` opens and the tests in VS Code copy. */
export function sampleFolder() {
	const samples = path.join(root, 'samples');
	const service = readdirSync(samples).find(name => existsSync(path.join(samples, name, 'ServiceDefinition.csdef')));
	if (!service) {
		throw new Error('There is no folder with a ServiceDefinition.csdef in samples/.');
	}
	return path.join(samples, service);
}
