import { insertElements, setAttribute } from '../model/markup';
import { child } from '../xml/syntax';
import { isPort, notAPort } from './endpointPart';
import { freeName, partNameProblem } from './names';
import type { Part } from './part';
import { type Plan, together } from './plan';
import type { Asked, Question } from './question';
import { element } from './roleTemplate';

const inputs = ({ role }: Asked) => role.endpoints.filter(each => each.kind === 'input');

/** The least that the schema takes, and what counts when nothing is said (csdef.md 3). */
const seconds = (key: string, least: number, usual: string): Question => ({
	key,
	isDetail: true,
	initial: () => usual,
	problem: answer => {
		return /^\d{1,6}$/.test(answer) && Number(answer) >= least
			? undefined
			: `'${answer}' cannot be the ${key}; give at least ${least} seconds.`;
	},
});

/** A probe of the load balancer, and the endpoint that it looks at. */
export const probePart: Part = {
	what: 'probe',
	questions: [
		{
			key: 'name',
			initial: ({ definition }) =>
				freeName(
					'Probe',
					definition.probes.map(each => each.name.text),
				),
			problem: (answer, { definition }) => {
				return partNameProblem(
					'probe',
					answer,
					definition.probes.map(each => each.name.text),
				);
			},
		},
		{
			key: 'endpoint',
			optional: () => true,
			choices: asked => inputs(asked).flatMap(each => each.name?.text ?? []),
			initial: asked => inputs(asked).find(each => !each.loadBalancerProbe)?.name?.text,
			problem: (answer, asked) => {
				const probe = inputs(asked).find(each => each.name?.text === answer)?.loadBalancerProbe;
				return probe && `The endpoint '${answer}' has the probe '${probe.text}' already; choose another endpoint.`;
			},
		},
		{
			key: 'protocol',
			choices: () => ['http', 'tcp'],
			initial: asked => {
				const found = inputs(asked).find(each => each.name?.text === asked.answers.endpoint);
				return found?.protocol === 'http' || found?.protocol === undefined ? 'http' : 'tcp';
			},
		},
		{
			key: 'path',
			applies: ({ answers }) => answers.protocol === 'http',
			initial: () => '/',
			problem: answer => {
				return /^\/[^\s<>"]*$/.test(answer)
					? undefined
					: `'${answer}' is no path; begin it with a slash, as in /health.`;
			},
		},
		{
			key: 'port',
			optional: () => true,
			isDetail: true,
			problem: answer => (isPort(answer) ? undefined : notAPort(answer)),
		},
		seconds('interval', 5, '15'),
		seconds('timeout', 11, '31'),
	],
	suits: () => true,
	plan: asked => together(declared(asked), used(asked)),
};

function declared({ answers, definition }: Asked): Plan {
	const probe = element('LoadBalancerProbe', {
		name: answers.name ?? '',
		protocol: answers.protocol ?? '',
		...(answers.path && { path: answers.path }),
		...(answers.port && { port: answers.port }),
		intervalInSeconds: answers.interval ?? '',
		timeoutInSeconds: answers.timeout ?? '',
	});
	const { document, element: root } = definition;
	const list = child(root, 'LoadBalancerProbes');
	// The probes stand before the roles (csdef.md 2).
	const edit = list
		? insertElements(document, list, [probe])
		: root && insertElements(document, root, [{ name: 'LoadBalancerProbes', children: [probe] }], 'first');
	return { files: [], edits: edit ? [{ path: definition.path, edits: [edit] }] : [] };
}

function used(asked: Asked): Plan {
	const { answers, definition } = asked;
	const endpoint = inputs(asked).find(each => answers.endpoint && each.name?.text === answers.endpoint);
	const edit = endpoint && setAttribute(definition.document, endpoint.element, 'loadBalancerProbe', answers.name ?? '');
	return { files: [], edits: edit ? [{ path: definition.path, edits: [edit] }] : [] };
}
