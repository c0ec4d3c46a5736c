import path from 'node:path';
import { Failure } from '../base/failure';
import { readJsonTree } from '../base/jsonTree';
import type { Problem } from '../base/problem';
import { severityCodes, severityProblems } from '../language/severityCodes';
import { filesIn, findOnDisk } from '../node/serviceFiles';
import { configurationAsked, declaredNames } from '../runner/declaredNames';
import { readRolewrightFile } from '../runner/rolewrightFile';
import { checkScenario, type KnownService } from '../scenario/checkScenario';
import { nameHover, nameProposals } from '../scenario/names';
import { readScenario } from '../scenario/readScenario';
import { playableScenario } from '../scenario/runScenario';
import { spotIn } from '../scenario/spot';
import type { FileLanguage, OtherFile } from '../server/fileLanguage';

/** Scenarios: what `rolewright test` would say before it plays one, and the names of the service. */
const scenarios: FileLanguage = {
	files: /\.lifecycle\.json$/i,
	problems: file => {
		const { scenario, problems } = readScenario(file.text);
		const service = scenario && serviceNamedIn(file);
		return service
			? checkScenario(scenario, service)
			: scenario && isNear(file)
				? playableScenario(file).wrong
				: problems;
	},
	proposals: (file, offset) => {
		const service = serviceNamedIn(file);
		return service ? nameProposals(file.text, offset, service) : [];
	},
	hover: (file, offset) => {
		const service = serviceNamedIn(file);
		return service && nameHover(file.text, offset, service);
	},
};

/** What stands beside a definition: whether it can be read, and codes that no problem has. */
const settings: FileLanguage = {
	files: /(?:^|[\\/])rolewright\.json$/i,
	problems: ({ text }) => [...readingProblems(text), ...severityProblems(text)],
	proposals: ({ text }, offset) => {
		const spot = spotIn(text, offset);
		return spot?.as === 'name' && spot.path.length === 1 && spot.path[0] === 'severity'
			? severityCodes.map(code => ({ label: code, text: JSON.stringify(code), replace: spot.replace }))
			: [];
	},
	hover: () => undefined,
};

/** What the language server helps with beside the models. */
export const fileLanguages: readonly FileLanguage[] = [scenarios, settings];

/** The reader's one sentence names its place in words. */
function readingProblems(text: string): readonly Problem[] {
	try {
		readRolewrightFile('', text);
		return [];
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		const message = error.message.replace(/^[:,] */, '');
		const span = { start: 0, end: 0 };
		return [{ code: 'settingsFile', severity: 'error', layer: 'schema', message, span }];
	}
}

/** Of a scenario that may be half-written. */
function serviceNamedIn(file: OtherFile): KnownService | undefined {
	const place = placeNamedIn(file);
	const service = place === undefined ? undefined : file.serviceAt(place);
	const configurations = service?.configurations.map(({ name }) => name);
	return service?.definition && configurations
		? {
				configurations,
				roles: declaredNames(
					service.definition,
					configurationAsked(service.configurations, textOf('configuration', file), file.path),
				),
			}
		: undefined;
}

/**
 * A service outside of the client's folders is looked at on the disk where that is a look at one folder: half a path may
 * mean the whole disk.
 */
function isNear(file: OtherFile): boolean {
	const found = findOnDisk(placeNamedIn(file) ?? '');
	return found?.kind !== 'folder' || filesIn(found.path).some(each => /\.csdef$/i.test(each));
}

function placeNamedIn(file: OtherFile): string | undefined {
	const service = textOf('service', file);
	return service === undefined ? undefined : path.resolve(path.dirname(file.path), service);
}

function textOf(property: string, { text }: OtherFile): string | undefined {
	const { root } = readJsonTree(text);
	const found = root?.kind === 'object' ? root.properties.find(({ name }) => name.text === property)?.value : undefined;
	return found?.kind === 'value' && typeof found.value === 'string' ? found.value : undefined;
}
