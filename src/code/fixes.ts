import { nearest } from '../base/nearest';
import type { Edit, FileEdits } from '../base/span';
import type { Configuration } from '../model/configuration';
import type { RoleDefinition } from '../model/definition';
import { configureEntries, declareEntry } from '../model/entryEdits';
import { insertElements, type Markup } from '../model/markup';
import type { Service } from '../model/service';
import { child, type XmlDocument } from '../xml/syntax';
import { rolesMeant, written } from './meaning';
import type { CodeOwner } from './ownership';
import type { CodeProblem } from './problems';
import type { CodeKind, CodeUse } from './uses';

/** A way to mend a problem of code, in the words of a menu. */
export interface CodeFix {
	readonly title: string;
	readonly edits: readonly FileEdits[];
	readonly preferred: boolean;
}

/** The name that was meant; or the declaration, with a value in every configuration, in each role that the code is for. */
export function codeFixes(
	path: string,
	use: CodeUse,
	problem: CodeProblem,
	owners: readonly CodeOwner[],
): readonly CodeFix[] {
	const near = nearest(use.name, problem.known);
	const rename: readonly CodeFix[] =
		near === undefined
			? []
			: [{ title: `Change to '${near}'`, edits: [{ path, edits: [written(use, near)] }], preferred: true }];
	return [...rename, ...owners.flatMap(owner => declarations(use, owner, near === undefined))];
}

function declarations(use: CodeUse, owner: CodeOwner, preferred: boolean): readonly CodeFix[] {
	const { service } = owner;
	const { definition } = service;
	if (!definition || use.kind === 'role') {
		return [];
	}
	const roles = rolesMeant(use, owner, definition.roles);
	return roles.flatMap(role => {
		const edit = declare(definition.document, role, use);
		const name = role.name?.text;
		if (!edit || name === undefined) {
			return [];
		}
		const edits = [{ path: definition.path, edits: [edit] }, ...configured(service, name, use)];
		const title = `Declare the ${words[use.kind]} '${use.name}' in the role '${name}'`;
		return [{ title, edits, preferred: preferred && roles.length === 1 }];
	});
}

const words: Readonly<Record<CodeKind, string>> = {
	setting: 'setting',
	localStorage: 'local storage',
	endpoint: 'internal endpoint',
	role: 'role',
};

function declare(document: XmlDocument, role: RoleDefinition, { kind, name }: CodeUse): Edit | undefined {
	switch (kind) {
		case 'setting':
			return declareEntry(document, role.element, 'setting', name);
		case 'localStorage':
			return addTo(document, role, 'LocalResources', { name: 'LocalStorage', attributes: [['name', name]] });
		case 'endpoint':
			return addTo(document, role, 'Endpoints', {
				name: 'InternalEndpoint',
				attributes: [
					['name', name],
					['protocol', 'tcp'],
				],
			});
		case 'role':
			return undefined;
	}
}

function addTo(document: XmlDocument, { element }: RoleDefinition, list: string, item: Markup): Edit {
	const existing = child(element, list);
	return existing
		? insertElements(document, existing, [item])
		: insertElements(document, element, [{ name: list, children: [item] }]);
}

function configured({ configurations }: Service, roleName: string, { kind, name }: CodeUse): readonly FileEdits[] {
	if (kind !== 'setting') {
		return [];
	}
	return configurations.flatMap((configuration: Configuration) =>
		configuration.roles
			.filter(each => each.name?.text === roleName && !each.settings.some(setting => setting.name.text === name))
			.map(role => ({
				path: configuration.path,
				edits: [configureEntries(configuration, role, 'setting', [name])],
			})),
	);
}
