import path from 'node:path';
import { Failure } from '../base/failure';
import { filesBelow, findOnDisk, readText } from '../node/serviceFiles';
import { pathsOf } from './wildcards';

export interface ScenarioFile {
	readonly path: string;
	/** As given or found. */
	readonly shown: string;
	readonly text: string;
	readonly name: string;
}

/** The scenarios that these paths mean and the filter lets through. Throws a `Failure` where there is none. */
export function scenarioFiles(paths: readonly string[], filter: string, cwd: string): readonly ScenarioFile[] {
	const found = new Map(paths.flatMap(word => pathsOf(word, cwd)).flatMap(given => filesOf(given, cwd)));
	const files = [...found].map(([file, shown]): ScenarioFile => {
		const text = readText(file);
		return { path: file, shown, text, name: nameOf(text) ?? path.basename(file) };
	});
	const wanted = filter.toLowerCase();
	const chosen = files.filter(each => `${each.name}\n${each.shown}`.toLowerCase().includes(wanted));
	if (chosen.length === 0) {
		throw new Failure(
			`None of ${files.length} scenarios has '${filter}' in its name or path: choose another --filter.`,
		);
	}
	return chosen;
}

function filesOf(given: string, cwd: string): readonly (readonly [absolute: string, shown: string])[] {
	const absolute = path.resolve(cwd, given);
	const found = findOnDisk(absolute);
	if (!found) {
		throw new Failure(`There is no file or folder '${given}'.`);
	}
	if (found.kind === 'file') {
		return [[absolute, given]];
	}
	const files = filesBelow(absolute, /\.lifecycle\.json$/i);
	if (files.length === 0) {
		throw new Failure(`There is no scenario (*.lifecycle.json) below '${given}'.`);
	}
	return files.map(file => [file, path.join(given, path.relative(absolute, file))] as const);
}

/** Also of a scenario with problems, so that a filter finds it. */
function nameOf(text: string): string | undefined {
	return /"name"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
}
