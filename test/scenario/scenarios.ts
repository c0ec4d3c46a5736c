import assert from 'node:assert/strict';
import { readScenario } from '../../src/scenario/readScenario';
import type { Scenario } from '../../src/scenario/scenario';

/** A scenario of these steps; they begin on line 4, further properties on line 3. */
export function scenarioText(steps: string, more = '"build": "auto"'): string {
	return `{ "name": "A scenario",\n"service": "..",\n${more}, "steps": [\n${steps}\n] }`;
}

export function scenarioOf(steps: string, more?: string): Scenario {
	const { scenario, problems } = readScenario(scenarioText(steps, more));
	assert.deepEqual(problems, []);
	return scenario ?? assert.fail('no scenario');
}
