import { nearest } from '../base/nearest';
import type { FileEdits, Span } from '../base/span';
import type { Configuration, RoleConfiguration } from '../model/configuration';
import type { Definition, RoleDefinition } from '../model/definition';
import { attributeValue } from '../model/elements';
import { configureEntries, configureRole, declareEntry, declareRole, entryMarkup } from '../model/entryEdits';
import type { Markup } from '../model/markup';
import { type KnownModule, knownModules } from '../model/modules';
import type { RuleProblem, Unknown } from '../model/problems';
import type { Service } from '../model/service';
import { replacementSize } from '../model/vmSizes';
import { attributeGrammar } from '../schema/grammar';
import { elementAt } from '../xml/spot';
import { childrenNamed, localName } from '../xml/syntax';
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

function add(
	configuration: Configuration,
	service: Service,
	{ kind, name, role }: Pick<Missing, 'kind' | 'name' | 'role'>,
): readonly FileEdits[] {
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

/** To a name that is not taken yet by an entry beside this one. */
export function rename(file: ParsedFile, { span, name, known }: UnknownProblem): readonly FixDraft[] {
	const taken = namesBeside(file, span);
	const free = known.filter(each => !taken.has(each));
	const near = nearest(name, free) ?? (free.length === 1 ? free[0] : undefined);
	return near === undefined ? [] : [replaceValue(file, span, near, true)];
}

/** Elements that stand for one thing each, which an endpoint or a rule does not: several may name the same. */
const entries: ReadonlySet<string> = new Set(['Role', 'Setting', 'Certificate', 'InstanceAddress']);

function namesBeside(file: ParsedFile, span: Span): ReadonlySet<string> {
	const element = elementAt(file.document, span.start);
	const siblings = element && entries.has(localName(element)) ? childrenNamed(element.parent, localName(element)) : [];
	const key = element && localName(element) === 'InstanceAddress' ? 'roleName' : 'name';
	return new Set(siblings.flatMap(sibling => attributeValue(sibling, key) ?? []));
}

export function declare(
	file: ParsedFile,
	service: Service,
	{ span, kind, name, role }: UnknownProblem,
): readonly FixDraft[] {
	const { definition } = service;
	if (!definition || !mayBeDeclared(definition, name)) {
		return [];
	}
	const title = `Declare the ${kind} '${name}' in the service definition`;
	if (kind === 'role') {
		// Elsewhere, as in a network rule, a role is only spoken of.
		const configured = service.configurations
			.find(each => each.path === file.path)
			?.roles.find(each => each.name?.start === span.start);
		const edit = configured && declareRole(definition, newWorkerRole(name, configured));
		return edit ? [draft(title.replace('role', 'worker role'), definition.path, [edit])] : [];
	}
	const owner = definitionOf(service, role);
	if (!owner || (kind !== 'setting' && kind !== 'certificate')) {
		return [];
	}
	const declaration = declareEntry(definition.document, owner.element, kind, name);
	// What is declared needs an entry everywhere.
	const others =
		role === undefined ? [] : service.configurations.flatMap(each => add(each, service, { kind, name, role }));
	return [
		{
			title: others.length === 0 ? title : `${title} and in every configuration`,
			edits: [{ path: definition.path, edits: [declaration] }, ...others],
			preferred: false,
		},
	];
}

/** All names of a definition have one form, that of the names of its roles. */
function mayBeDeclared({ roles }: Definition, name: string): boolean {
	const form = roles[0] && attributeGrammar('csdef', roles[0].element, 'name')?.value.pattern;
	return form?.test(name) ?? true;
}

/**
 * The role with all that its configuration gives: its own settings and certificates, and the imports that the others come
 * from. The size is the one of new roles (csdef.md 4.1: the default does not deploy in extended support).
 */
function newWorkerRole(name: string, { settings, certificates }: RoleConfiguration): Markup {
	const given = [...settings, ...certificates].map(entry => entry.name.text);
	const modules = knownModules.filter(
		module => module.moduleName !== 'Diagnostics' && namesIn(module).some(each => given.includes(each)),
	);
	const imported = new Set(modules.flatMap(module => [...namesIn(module)]));
	const own = (list: typeof settings | typeof certificates) => [
		...new Set(list.map(entry => entry.name.text).filter(each => each !== '' && !imported.has(each))),
	];
	return {
		name: 'WorkerRole',
		attributes: [
			['name', name],
			['vmsize', replacementSize],
		],
		children: [
			...wrapped(
				'Imports',
				modules.map(({ moduleName }) => ({ name: 'Import', attributes: [['moduleName', moduleName]] })),
			),
			...wrapped(
				'ConfigurationSettings',
				own(settings).map(each => entryMarkup('setting', each)),
			),
			...wrapped(
				'Certificates',
				own(certificates).map(each => entryMarkup('certificate', each)),
			),
		],
	};
}

function namesIn({ settings, optionalSettings, certificates }: KnownModule): readonly string[] {
	return [...settings, ...optionalSettings, ...certificates];
}

function wrapped(name: string, children: readonly Markup[]): readonly Markup[] {
	return children.length > 0 ? [{ name, children }] : [];
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
