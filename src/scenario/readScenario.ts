import { type JsonNode, readJsonTree } from '../base/jsonTree';
import type { Problem } from '../base/problem';
import type { Token } from '../base/span';
import { readExpectations } from './readExpectations';
import { readStep } from './readSteps';
import type { Scenario } from './scenario';
import { type Properties, Shape } from './shape';

export interface ReadScenario {
	/** `undefined` where something is wrong that keeps it from being played. */
	readonly scenario: Scenario | undefined;
	readonly problems: readonly Problem[];
}

/** Milliseconds of wall time that a step may take which does not say `within`. */
export const patience = 60_000;

const properties = [
	'$schema',
	'name',
	'service',
	'configuration',
	'roles',
	'counts',
	'build',
	'timeFactor',
	'onStopLimit',
	'steps',
	'expect',
	'exit',
];

/** Reads the text of a `*.lifecycle.json`. Whatever is wrong is a problem with its place; nothing is thrown. */
export function readScenario(text: string): ReadScenario {
	const tree = readJsonTree(text);
	const shape = new Shape(text);
	const root = shape.object(tree.root, 'A scenario');
	const read = root && readRoot(root, shape);
	const syntax = tree.faults.map(
		({ message, span }): Problem => ({ code: 'scenarioSyntax', severity: 'error', layer: 'syntax', message, span }),
	);
	const problems = [...syntax, ...shape.problems].sort((a, b) => a.span.start - b.span.start);
	return { scenario: problems.length === 0 ? read : undefined, problems };
}

function readRoot(root: Properties, shape: Shape): Scenario | undefined {
	shape.only(root, properties, 'A scenario');
	const name = shape.word(root.get('name'), '"name"');
	const service = shape.word(root.get('service'), '"service"');
	const timeFactor = shape.number(root.get('timeFactor'), '"timeFactor"', 0.01, 10_000) ?? 1;
	const steps = root.get('steps');
	for (const missing of ['name', 'service', 'steps'].filter(one => !root.names.has(one))) {
		shape.wrong(`A scenario needs "${missing}".`, { start: root.span.start, end: root.span.start + 1 });
	}
	const exit = root.get('exit');
	const code = shape.choice(exit, '"exit"', [0, 1]);
	const read = {
		configuration: shape.word(root.get('configuration'), '"configuration"'),
		roles: root.get('roles') && words(root.get('roles'), '"roles"', shape),
		counts: readCounts(root.get('counts'), shape),
		build: shape.choice(root.get('build'), '"build"', ['auto', 'always', 'never']) ?? ('auto' as const),
		timeFactor,
		onStopLimit: shape.duration(root.get('onStopLimit'), '"onStopLimit"') ?? 5 * 60_000,
		steps: shape.list(steps, '"steps"').flatMap(step => readStep(step, shape, patience * timeFactor) ?? []),
		expect: readExpectations(root.get('expect'), shape, patience * timeFactor),
		exit: exit && code !== undefined ? { code, span: exit.span } : undefined,
	};
	return name && service && { name: name.text, service, ...read };
}

export function words(node: JsonNode | undefined, what: string, shape: Shape): readonly Token[] {
	return shape.list(node, what).flatMap(item => shape.word(item, `Each of ${what}`) ?? []);
}

function readCounts(node: JsonNode | undefined, shape: Shape): Scenario['counts'] {
	const object = shape.object(node, '"counts"');
	return [...(object?.names.values() ?? [])].flatMap(role => {
		const count = shape.number(object?.get(role.text), `The count of "${role.text}"`, 0, 1_000, true);
		return count === undefined ? [] : [{ role, count }];
	});
}
