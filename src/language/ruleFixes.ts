import { nearest } from '../base/nearest';
import type { Edit, FileEdits, Span } from '../base/span';
import type { Configuration } from '../model/configuration';
import type { RoleDefinition } from '../model/definition';
import { attributeNamed, integerOf } from '../model/elements';
import { configureEntries, configureRole, declareEntry, declareRole } from '../model/entryEdits';
import { escapeValue, removeElement, renderAttribute, styleOf } from '../model/markup';
import type { RuleProblem, Unknown } from '../model/problems';
import type { Service } from '../model/service';
import { elementAt } from '../xml/spot';
import type { XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { draft, type FixDraft } from './fix';

export function ruleFixes(file: ParsedFile, service: Service, problem: RuleProblem): readonly FixDraft[] {
	switch (problem.code) {
		case 'missingRole':
		case 'missingSetting':
		case 'missingCertificate':
			return missing(file, service, problem);
		case 'unknownRole':
		case 'unknownSetting':
		case 'unknownCertificate':
		case 'undeclaredCertificate':
			return [...rename(file, problem), ...declare(file, service, problem), ...remove(file, problem)];
		case 'unknownEndpoint':
			return rename(file, problem);
		case 'unsuitableBinding':
		case 'notInternalEndpoint':
			return problem.known.map(name => replaceValue(file, problem.span, name));
		case 'serviceNameDiffers':
			return [replaceValue(file, problem.span, problem.expected, true)];
		case 'duplicateSetting':
			return removeAt(file, problem.span, `Remove this setting '${problem.name}'`);
		case 'tooManyInstances':
			return [replaceValue(file, problem.span, String(problem.ports))];
		case 'httpsWithoutCertificate':
			return problem.known.flatMap(name => setCertificate(file, problem.span, name));
		case 'reversedPortRange':
			return swapRange(file, problem.span);
		case 'unusedIgnore':
			return [draft('Remove this comment', file.path, [{ span: problem.span, text: '' }], true)];
		case 'duplicateRole':
		case 'duplicateEndpoint':
		case 'duplicatePort':
		case 'portRangeOverlap':
		case 'sharedLocalPort':
		case 'ignoreWithoutReason':
			return [];
	}
}

type Missing = Extract<RuleProblem, { code: 'missingRole' | 'missingSetting' | 'missingCertificate' }>;

/** In this configuration, and in all of them where another one lacks the same. */
function missing(file: ParsedFile, service: Service, problem: Missing): readonly FixDraft[] {
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

function rename(file: ParsedFile, { span, name, known }: UnknownProblem): readonly FixDraft[] {
	const near = nearest(name, known) ?? (known.length === 1 ? known[0] : undefined);
	return near === undefined ? [] : [replaceValue(file, span, near, true)];
}

function declare(file: ParsedFile, service: Service, { kind, name, role }: UnknownProblem): readonly FixDraft[] {
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
function remove(file: ParsedFile, { span, kind, name, code }: UnknownProblem & { code: string }): readonly FixDraft[] {
	const ofEndpoint = file.format === 'csdef' && kind === 'certificate';
	return code === 'undeclaredCertificate' || ofEndpoint
		? []
		: removeAt(file, span, `Remove the ${kind} '${name}' here`);
}

function removeAt(file: ParsedFile, span: Span, title: string): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	return element ? [draft(title, file.path, [removeElement(file.document, element)])] : [];
}

function replaceValue(file: ParsedFile, span: Span, value: string, preferred = false): FixDraft {
	const quote = file.document.text.charAt(span.start - 1);
	return draft(`Change to '${value}'`, file.path, [{ span, text: escapeValue(value, quote) }], preferred);
}

function setCertificate(file: ParsedFile, span: Span, name: string): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	const edit = element && setAttribute(file, element, 'certificate', name);
	return edit ? [draft(`Use the certificate '${name}'`, file.path, [edit])] : [];
}

/** Gives an element an attribute, in the place of an old value or behind the other attributes. */
function setAttribute(file: ParsedFile, element: XmlElement, name: string, value: string): Edit {
	const existing = attributeNamed(element, name);
	const at = element.attributes.at(-1)?.end ?? element.name?.end ?? element.start;
	const text = renderAttribute(name, value, styleOf(file.document));
	return existing ? { span: existing, text } : { span: { start: at, end: at }, text: ` ${text}` };
}

function swapRange(file: ParsedFile, span: Span): readonly FixDraft[] {
	const element = elementAt(file.document, span.start);
	const min = attributeNamed(element, 'min')?.rawValue;
	const max = attributeNamed(element, 'max')?.rawValue;
	if (!min || !max) {
		return [];
	}
	const title = `Swap to ${integerOf(element, 'max')} and ${integerOf(element, 'min')}`;
	const edits = [
		{ span: min, text: max.text },
		{ span: max, text: min.text },
	];
	return [draft(title, file.path, edits, true)];
}

function definitionOf({ definition }: Service, role: string | undefined): RoleDefinition | undefined {
	return definition?.roles.find(each => each.name?.text === role);
}
