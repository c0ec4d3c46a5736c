import { certificatesOf, requiredSettings } from '../model/declared';
import { certificateMarkup, settingMarkup } from '../model/entryEdits';
import type { Markup } from '../model/markup';
import type { Service } from '../model/service';
import { elementGrammar } from '../schema/grammar';
import type { NewElement } from './newElement';

/** What a new `Role` of a configuration has to give besides its instances: an entry for all that its role declares. */
export function configuredParts({ definition }: Service, roleName: string, prefix: string): readonly NewElement[] {
	const role = definition?.roles.find(({ name }) => name?.text === roleName);
	if (!role) {
		return [];
	}
	return [
		...listOf(
			'ConfigurationSettings',
			requiredSettings(role).map(name => settingMarkup(name)),
			prefix,
		),
		...listOf(
			'Certificates',
			certificatesOf(role).map(name => certificateMarkup(name)),
			prefix,
		),
	];
}

function listOf(list: string, entries: readonly Markup[], prefix: string): readonly NewElement[] {
	const children = entries.map(({ name, attributes = [] }): NewElement => {
		const grammar = elementGrammar('cscfg', ['ServiceConfiguration', 'Role', list, name]);
		return {
			name: prefix + name,
			attributes: attributes.flatMap(([key, initial]) => {
				const found = grammar?.attributes.find(each => each.name === key);
				return found ? [{ name: key, initial, grammar: found, fixed: key === 'name' }] : [];
			}),
			children: [],
			canHaveChildren: false,
		};
	});
	return children.length === 0 ? [] : [{ name: prefix + list, attributes: [], children, canHaveChildren: true }];
}
