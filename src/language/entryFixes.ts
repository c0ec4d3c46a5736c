import { nearest } from '../base/nearest';
import type { FileEdits } from '../base/span';
import type { Configuration } from '../model/configuration';
import type { RoleDefinition } from '../model/definition';
import { configureEntries, configureRole, declareEntry, declareRole } from '../model/entryEdits';
import type { RuleProblem, Unknown } from '../model/problems';
import type { Service } from '../model/service';
import type { ParsedFile } from './documents';
import { draft, type FixDraft } from './fix';
import { removeAt, replaceValue } from './placeFixes';

type Missing = Extract<
	RuleProblem,
	{ code: 'missingRole' | 'missingSetting' | 'missingCertificate' | 'unequalConfigurations' }
>;

/** In this configuration, and in all of them where another one lacks the same. */
export function missing(file: ParsedFile, service: Service, problem: Missing): readonly FixDraft[] {
	const all = service.configurations.flatMap(configuration => add(configuration, service, problem));
	const here = all.filter(({ path }) => path === file.path);
	const what = `${problem.kind} '${problem.name}'`;
	return [
		...(here.length > 0 ? [{ title: `Add ${what} to this configuration`, edits: here, preferred: true }] : []),
		...(all.length > 1
			? [{ title: `Add ${what} to all ${all.length} configurations without it`, edits: all, preferred: false }]
			: []),
	];
}

function add(configuration: Configuration, service: Service, { kind, name, role }: Missing): readonly FileEdits[] {
	const { path, roles } = configuration;
	const configured = roles.find(each => each.name?.text === role);
	if (kind === 'role') {
		const edit = configured ? undefined : configureRole(configuration, name, definitionOf(service, role));
		return edit ? [{ path, edits: [edit] }] : [];
	}
	const given = configured?.[kind === 'setting' ? 'settings' : 'certificates'].some(entry => entry.name.text === name);
	return configured && !given ? [{ path, edits: [configureEntries(configuration, configured, kind, [name])] }] : [];
}

type UnknownProblem = RuleProblem & Unknown;

export function rename(file: ParsedFile, { span, name, known }: UnknownProblem): readonly FixDraft[] {
	const near = nearest(name, known) ?? (known.length === 1 ? known[0] : undefined);
	return near === undefined ? [] : [replaceValue(file, span, near, true)];
}

export function declare(file: ParsedFile, service: Service, { kind, name, role }: UnknownProblem): readonly FixDraft[] {
	const { definition } = service;
	if (!definition) {
		return [];
	}
	const title = `Declare the ${kind} '${name}' in the service definition`;
	if (kind === 'role') {
		const edit = file.format === 'cscfg' ? declareRole(definition, newWorkerRole(name)) : undefined;
		return edit ? [draft(title.replace('role', 'worker role'), definition.path, [edit])] : [];
	}
	const owner = definitionOf(service, role);
	return owner && (kind === 'setting' || kind === 'certificate')
		? [draft(title, definition.path, [declareEntry(definition.document, owner.element, kind, name)])]
		: [];
}

/** The size is the one of new roles (csdef.md 4.1: the default does not deploy in extended support). */
function newWorkerRole(name: string) {
	const attributes = [
		['name', name],
		['vmsize', 'Standard_A1_v2'],
	] as const;
	return { name: 'WorkerRole', attributes };
}

/** An entry of a configuration or of a traffic rule is nothing but its name; an endpoint is more than its certificate. */
export function remove(
	file: ParsedFile,
	{ span, kind, name, code }: UnknownProblem & { code: string },
): readonly FixDraft[] {
	const ofEndpoint = file.format === 'csdef' && kind === 'certificate';
	return code === 'undeclaredCertificate' || ofEndpoint
		? []
		: removeAt(file, span, `Remove the ${kind} '${name}' here`);
}

export function definitionOf({ definition }: Service, role: string | undefined): RoleDefinition | undefined {
	return definition?.roles.find(each => each.name?.text === role);
}
