import { freeName, partNameProblem } from './names';
import { inDefinition, type Part } from './part';
import { element } from './roleTemplate';

/** A folder of each instance; names are folder names, in which Windows does not tell case apart. */
export const localStoragePart: Part = {
	what: 'local-storage',
	questions: [
		{
			key: 'name',
			initial: ({ role }) =>
				freeName(
					'Storage',
					role.localStorage.map(each => each.name.text),
				),
			problem: (answer, { role }) => {
				const taken = role.localStorage.map(each => each.name.text);
				const same = taken.find(each => each.toLowerCase() === answer.toLowerCase());
				return partNameProblem('local storage', same ?? answer, taken);
			},
		},
		{
			key: 'size',
			initial: () => '100',
			problem: answer => {
				return /^[1-9]\d{0,8}$/.test(answer) ? undefined : `'${answer}' is no size; give the number of megabytes.`;
			},
		},
		{ key: 'clean-on-recycle', choices: () => ['true', 'false'], initial: () => 'true' },
	],
	suits: () => true,
	plan: asked => {
		const { name = '', size = '' } = asked.answers;
		const storage = { name, cleanOnRoleRecycle: asked.answers['clean-on-recycle'] ?? '', sizeInMB: size };
		return inDefinition(asked, ['LocalResources', [element('LocalStorage', storage)]]);
	},
};
