import { certificateMarkup, settingMarkup } from '../model/entryEdits';
import { addToLists } from '../model/lists';
import { knownModules, moduleNamed } from '../model/modules';
import { freeName, partNameProblem } from './names';
import { inConfigurations, inDefinition, type Part } from './part';
import { nothing, together } from './plan';
import type { Question } from './question';
import { element } from './roleTemplate';

/** What the definition declares and every configuration gives a value: settings, certificates, and those of imports. */

export const settingPart: Part = {
	what: 'setting',
	questions: [
		{
			key: 'name',
			initial: ({ role }) =>
				freeName(
					'Setting',
					role.settings.map(each => each.name.text),
				),
			problem: (answer, { role }) =>
				partNameProblem(
					'setting',
					answer,
					role.settings.map(each => each.name.text),
				),
		},
		{ key: 'value', optional: () => true },
	],
	suits: () => true,
	plan: asked => {
		const { name = '', value } = asked.answers;
		return together(
			inDefinition(asked, ['ConfigurationSettings', [element('Setting', { name })]]),
			inConfigurations(asked, ({ document }, role) => {
				const isGiven = role.settings.some(each => each.name.text === name);
				return isGiven
					? []
					: addToLists(document, role.element, [['ConfigurationSettings', [settingMarkup(name, value)]]]);
			}),
		);
	},
};

const stores = [
	'My',
	'Root',
	'CA',
	'Trust',
	'Disallowed',
	'TrustedPeople',
	'TrustedPublisher',
	'AuthRoot',
	'AddressBook',
];

export const certificatePart: Part = {
	what: 'certificate',
	questions: [
		{
			key: 'name',
			initial: ({ role }) =>
				freeName(
					'Certificate',
					role.certificates.map(each => each.name.text),
				),
			problem: (answer, { role }) => {
				return partNameProblem(
					'certificate',
					answer,
					role.certificates.map(each => each.name.text),
				);
			},
		},
		{
			key: 'thumbprint',
			optional: () => true,
			problem: answer => {
				return /^[0-9A-F]{40}$/i.test(answer)
					? undefined
					: 'A thumbprint has 40 digits from 0 to 9 and from A to F; leave it out to fill it in later.';
			},
		},
		{
			key: 'store-location',
			choices: () => ['LocalMachine', 'CurrentUser'],
			initial: () => 'LocalMachine',
			isDetail: true,
		},
		{ key: 'store-name', choices: () => stores, initial: () => 'My', isDetail: true },
		{
			key: 'permission-level',
			choices: () => ['limitedOrElevated', 'elevated'],
			initial: () => 'limitedOrElevated',
			isDetail: true,
		},
	],
	suits: () => true,
	plan: asked => {
		const { name = '', thumbprint } = asked.answers;
		const attributes = {
			name,
			storeLocation: asked.answers['store-location'] ?? '',
			storeName: asked.answers['store-name'] ?? '',
			...(asked.answers['permission-level'] === 'elevated' && { permissionLevel: 'elevated' }),
		};
		return together(
			inDefinition(asked, ['Certificates', [element('Certificate', attributes)]]),
			inConfigurations(asked, ({ document }, role) => {
				const isGiven = role.certificates.some(each => each.name.text === name);
				const entry = certificateMarkup(name, thumbprint || undefined);
				return isGiven ? [] : addToLists(document, role.element, [['Certificates', [entry]]]);
			}),
		);
	},
};

/** Modules are folders of the SDK that we don't see, so any name may be right (csdef.md 5.1). */
const moduleName: Question = {
	key: 'name',
	problem: (answer, { role }) => {
		const label = role.name?.text ?? '';
		if (role.imports.some(each => each.moduleName.text === answer)) {
			return `The role '${label}' imports '${answer}' already; once is enough.`;
		}
		// Generated definitions hold what their imports have added.
		const added = moduleNamed(answer)?.endpoints.map(({ name }) => name) ?? [];
		const own = role.endpoints.find(({ name }) => name && added.includes(name.text));
		return own
			? `The role '${label}' declares the endpoint '${own.name?.text}' itself, which '${answer}' would add again; remove it first.`
			: partNameProblem('import', answer, []);
	},
};

export const importPart: Part = {
	what: 'import',
	questions: [moduleName],
	suits: () => true,
	plan: asked => {
		const name = asked.answers.name ?? '';
		const module = moduleNamed(name);
		const names = knownModules.map(each => each.moduleName).join(', ');
		const unknown = `'${name}' is none of the modules that Rolewright knows (${names}): add what it needs to the configurations.`;
		return together(
			inDefinition(asked, ['Imports', [element('Import', { moduleName: name })]]),
			inConfigurations(asked, ({ document }, role) => {
				const given = [...role.settings, ...role.certificates].map(each => each.name.text);
				const missing = (all: readonly string[] = []) => all.filter(each => !given.includes(each));
				return addToLists(document, role.element, [
					['ConfigurationSettings', missing(module?.settings).map(each => settingMarkup(each))],
					['Certificates', missing(module?.certificates).map(each => certificateMarkup(each))],
				]);
			}),
			{ ...nothing, notes: [module?.meaning ?? unknown] },
		);
	},
};
