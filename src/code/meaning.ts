import type { FileEdits, Span } from '../base/span';
import { declaresSetting, endpointsOf } from '../model/declared';
import type { RoleDefinition } from '../model/definition';
import { mayComeFromUnknownModule } from '../model/modules';
import { type NameUse, namesOf } from '../model/names';
import type { Service } from '../model/service';
import type { CodeOwner } from './ownership';
import { ownersOf, type ServiceWithCode } from './ownership';
import type { CodeUse } from './uses';

/** The names in the code of a workspace, by the paths of the files. */
export type CodeNames = ReadonlyMap<string, readonly CodeUse[]>;

/** A thing of a service as it is named: what `NameUse` says of it. */
export type Thing = Pick<NameUse, 'kind' | 'name' | 'role'>;

/** A name in code, and the file that it is in. */
export interface PlacedUse {
	readonly path: string;
	readonly use: CodeUse;
}

/** Where the thing that code names is declared, or imported; several where several roles share the code. */
export function declarationsOf(use: CodeUse, owners: readonly CodeOwner[]): readonly NameUse[] {
	return owners.flatMap(owner =>
		namesOf(owner.service).filter(each => each.use !== 'reference' && means(use, owner, each)),
	);
}

/** Every place in the files of the services that names what code names. */
export function mentionsOf(use: CodeUse, owners: readonly CodeOwner[]): readonly NameUse[] {
	return owners.flatMap(owner => namesOf(owner.service).filter(each => means(use, owner, each)));
}

/** The names in code that mean a thing of a service; also what a lens counts. */
export function codeUsesOf(
	thing: Thing,
	service: Service,
	code: CodeNames,
	services: readonly ServiceWithCode[],
): readonly PlacedUse[] {
	const found: PlacedUse[] = [];
	for (const [path, uses] of code) {
		const named = uses.filter(use => use.kind === thing.kind && use.name === thing.name);
		if (named.length === 0) {
			continue;
		}
		const owners = ownersOf(path, services).filter(owner => isSame(owner.service, service));
		const meant = named.filter(use => owners.some(owner => means(use, owner, thing)));
		found.push(...meant.map(use => ({ path, use })));
	}
	return found;
}

/** The names that code may write in this place, of the role it belongs to or names. */
export function namesFor(use: CodeUse, owners: readonly CodeOwner[]): readonly string[] {
	const names = owners.flatMap(owner =>
		namesOf(owner.service).flatMap(each =>
			each.use !== 'reference' && means({ ...use, name: each.name }, owner, each) ? [each.name] : [],
		),
	);
	return [...new Set(names)];
}

/** True where some role that the code may run in, or that it names, has such a thing. */
export function isDeclared(use: CodeUse, owners: readonly CodeOwner[]): boolean {
	return owners.some(owner => {
		const roles = owner.service.definition?.roles ?? [];
		return use.kind === 'role'
			? roles.some(({ name }) => name?.text === use.name)
			: rolesMeant(use, owner, roles).some(role => declares(role, use));
	});
}

/** The edits of the code that go with a rename of a thing; in every place the new name is written as the old one was. */
export function codeRenameEdits(
	thing: Thing,
	newName: string,
	service: Service,
	code: CodeNames,
	services: readonly ServiceWithCode[],
): readonly FileEdits[] {
	const files = new Map<string, { span: Span; text: string }[]>();
	for (const { path, use } of codeUsesOf(thing, service, code, services)) {
		files.set(path, [...(files.get(path) ?? []), written(use, newName)]);
	}
	return [...files].map(([path, edits]) => ({ path, edits }));
}

/** The edit that puts another name in the place of one in code. */
export function written({ written, span, property }: CodeUse, name: string): { span: Span; text: string } {
	switch (written) {
		case 'property':
			return /^[A-Za-z_$][\w$]*$/.test(name)
				? { span, text: name }
				: { span: property ?? span, text: `['${name.replace(/[\\']/g, '\\$&')}']` };
		case 'backslash':
			return { span, text: name.replace(/[\\"']/g, '\\$&') };
		case 'doubled':
			return { span, text: name.replaceAll('"', '""') };
		case 'none':
			return { span, text: name };
	}
}

function means(use: CodeUse, owner: CodeOwner, thing: Thing): boolean {
	if (use.kind !== thing.kind || use.name !== thing.name) {
		return false;
	}
	if (use.kind === 'role' || use.role === 'any') {
		return true;
	}
	const role = use.role === 'own' ? owner.role : use.role.name;
	return role === undefined || role === thing.role;
}

export function rolesMeant(
	{ role }: CodeUse,
	owner: CodeOwner,
	roles: readonly RoleDefinition[],
): readonly RoleDefinition[] {
	const wanted = role === 'own' ? owner.role : role === 'any' ? undefined : role.name;
	return wanted === undefined ? roles : roles.filter(({ name }) => name?.text === wanted);
}

function declares(role: RoleDefinition, { kind, name }: CodeUse): boolean {
	switch (kind) {
		case 'setting':
			return declaresSetting(role, name);
		case 'endpoint':
			return endpointsOf(role).some(each => each.name === name) || mayComeFromUnknownModule(role, name);
		case 'localStorage':
			// Every role has the first; modules bring stores of their own, qualified as all their names (csdef.md 5.1).
			return (
				name === 'DiagnosticStore' ||
				role.localStorage.some(each => each.name?.text === name) ||
				(name.includes('.') && role.imports.length > 0)
			);
		case 'role':
			return false;
	}
}

/** The same service may have been put together anew since the owners were found. */
function isSame(a: Service, b: Service): boolean {
	return a === b || (a.definition !== undefined && a.definition.path === b.definition?.path);
}
