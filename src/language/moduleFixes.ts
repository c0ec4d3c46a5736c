import type { Edit } from '../base/span';
import type { Definition, RoleDefinition } from '../model/definition';
import { declareEntry } from '../model/entryEdits';
import { insertElements, type Markup, removeElement } from '../model/markup';
import { diagnosticsSetting, moduleNamed, modulesOf } from '../model/modules';
import type { Service } from '../model/service';
import type { FixDraft } from './fix';

/** Removes an import, and what only it declared from every configuration: the service stays consistent. */
export function removeModule(service: Service, roleName: string, moduleName: string): readonly FixDraft[] {
	const { definition, configurations } = service;
	const role = roleOf(definition, roleName);
	const module = moduleNamed(moduleName);
	if (!definition || !role || !module) {
		return [];
	}
	const imports = role.imports.filter(entry => entry.moduleName.text === moduleName);
	const gone = namesOnlyOf(role, moduleName);
	const edits = configurations.map(({ path, document, roles }) => {
		const entries = roles
			.filter(each => each.name?.text === roleName)
			.flatMap(each => [...each.settings, ...each.certificates])
			.filter(({ name }) => gone.has(name.text));
		return { path, edits: entries.map(({ element }) => removeElement(document, element)) };
	});
	const removal = imports.map(({ element }) => removeElement(definition.document, element));
	return [
		{
			title: `Remove the import '${moduleName}' with its settings`,
			edits: [{ path: definition.path, edits: removal }, ...edits.filter(file => file.edits.length > 0)],
			preferred: false,
		},
	];
}

/** Imports another module beside one that the role has already. */
export function addModule(service: Service, roleName: string, moduleName: string): readonly FixDraft[] {
	const { definition } = service;
	const role = roleOf(definition, roleName);
	const last = role?.imports.at(-1)?.element;
	if (!definition || !last?.parent) {
		return [];
	}
	const markup: Markup = { name: 'Import', attributes: [['moduleName', moduleName]] };
	const edit = insertElements(definition.document, last.parent, [markup], { after: last });
	const edits = [{ path: definition.path, edits: [edit] }];
	return [{ title: `Import '${moduleName}' in the role '${roleName}'`, edits, preferred: false }];
}

/** Puts the plain setting in the place of the diagnostics module; the configurations keep their values. */
export function declareDiagnostics(service: Service, roleName: string): readonly FixDraft[] {
	const { definition } = service;
	const role = roleOf(definition, roleName);
	if (!definition || !role) {
		return [];
	}
	const removal: readonly Edit[] = role.imports
		.filter(entry => entry.moduleName.text === 'Diagnostics')
		.map(({ element }) => removeElement(definition.document, element));
	const declared = role.settings.some(({ name }) => name.text === diagnosticsSetting);
	const setting = declareEntry(definition.document, role.element, 'setting', diagnosticsSetting);
	const edits = [{ path: definition.path, edits: [...removal, ...(declared ? [] : [setting])] }];
	return [{ title: 'Declare its setting in place of the import', edits, preferred: true }];
}

function roleOf(definition: Definition | undefined, name: string): RoleDefinition | undefined {
	return definition?.roles.find(role => role.name?.text === name);
}

/** The settings and certificates that a module declares, without those that the role or another module declares too. */
function namesOnlyOf(role: RoleDefinition, moduleName: string): ReadonlySet<string> {
	const own = [...role.settings, ...role.certificates].map(({ name }) => name.text);
	const others = modulesOf(role).filter(module => module.moduleName !== moduleName);
	const kept = new Set([...own, ...others.flatMap(module => [...module.settings, ...module.certificates])]);
	const module = moduleNamed(moduleName);
	const all = module ? [...module.settings, ...module.optionalSettings, ...module.certificates] : [];
	return new Set(all.filter(name => !kept.has(name)));
}
