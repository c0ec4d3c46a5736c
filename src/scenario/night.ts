import path from 'node:path';
import type { Played } from './playScenario';
import { recordScenario } from './recordScenario';
import type { Scenario } from './scenario';

/** A scenario with its text, and where it stands. */
export interface ScenarioText {
	/** Absolute. */
	readonly path: string;
	readonly text: string;
}

/** A play in which chance had its part: what it did can be saved. */
export function hasChaos({ steps }: Scenario): boolean {
	return steps.some(({ action }) => action.command === 'chaos');
}

/** The same events without chance, with what was expected of them, as a scenario that stands in `folder`. */
export function nightText(scenario: Scenario, file: ScenarioText, { entries, played }: Played, folder: string): string {
	const fromFolder = (place: string) => {
		const relative = path.relative(folder, path.resolve(path.dirname(file.path), place));
		return relative.split(path.sep).join('/') || '.';
	};
	const { service, configuration, roles, counts, steps, timeFactor } = scenario;
	const expected = [...steps.flatMap(step => (step.action.command === 'chaos' ? step.expect : [])), ...scenario.expect];
	return recordScenario(entries.slice(0, played), {
		name: `${scenario.name}: the night that failed`,
		service: fromFolder(service.text),
		...(configuration && {
			configuration: /[\\/]/.test(configuration.text) ? fromFolder(configuration.text) : configuration.text,
		}),
		...(roles && { roles: roles.map(role => role.text) }),
		...(counts.length > 0 && { counts: Object.fromEntries(counts.map(({ role, count }) => [role.text, count])) }),
		timeFactor,
		expect: expected.map(({ span }) => file.text.slice(span.start, span.end)),
	});
}
