import { insertElements } from '../model/markup';
import { child } from '../xml/syntax';
import type { Part } from './part';
import { partsOf } from './question';
import { element } from './roleTemplate';

/** The word for every role, which no role can be called in the same breath. */
const everyone = 'all';

/** Who may reach an internal endpoint of the role; its name is the name of the endpoint. */
export const trafficRulePart: Part = {
	what: 'internal-traffic-rule',
	questions: [
		{
			key: 'name',
			noChoices: 'The role has no internal endpoint that a rule could be about; add one first.',
			choices: ({ role }) => role.endpoints.flatMap(each => (each.kind === 'internal' && each.name?.text) || []),
			initial: ({ role }) => role.endpoints.find(each => each.kind === 'internal')?.name?.text,
			problem: (answer, { definition, role }) => {
				const same = definition.trafficRules.some(rule =>
					rule.destinations.some(each => {
						return each.roleName?.text === role.name?.text && each.endpointName?.text === answer;
					}),
				);
				return same
					? `There is already a rule for the endpoint '${answer}'; change that one in the definition.`
					: undefined;
			},
		},
		{
			key: 'from',
			several: true,
			choices: ({ definition }) => [...definition.roles.flatMap(each => each.name?.text || []), everyone],
			initial: ({ definition, role }) => {
				return definition.roles.find(each => each !== role && each.name?.text)?.name?.text ?? role.name?.text;
			},
		},
	],
	suits: () => true,
	plan: ({ definition, role, answers }) => {
		const destination = element('RoleEndpoint', { endpointName: answers.name ?? '', roleName: role.name?.text ?? '' });
		const from = partsOf(answers.from ?? '');
		const source = from.includes(everyone)
			? element('AllowAllTraffic', {})
			: element('WhenSource', { matches: 'AnyRule' }, ...from.map(roleName => element('FromRole', { roleName })));
		const rule = element('OnlyAllowTrafficTo', {}, element('Destinations', {}, destination), source);
		const { document, element: root } = definition;
		const list = child(root, 'NetworkTrafficRules');
		// The rules are the last child of the definition (csdef.md 14).
		const edit = list
			? insertElements(document, list, [rule])
			: root && insertElements(document, root, [element('NetworkTrafficRules', {}, rule)]);
		return { files: [], edits: edit ? [{ path: definition.path, edits: [edit] }] : [] };
	},
};
