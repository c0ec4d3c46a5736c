import type { Problem } from '../base/problem';
import { plainSpan, type Span } from '../base/span';
import type { RoleDefinition, RoleKind } from '../model/definition';
import { namedBy } from '../model/names';
import type { Service } from '../model/service';
import { type AttributeGrammar, grammarAt } from '../schema/grammar';
import { attribute, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { valuesToChoose } from './knownValues';
import { namesFor } from './nameProposals';

/** What the definition says of a role, as a form: every attribute that may be written is a field, with its meaning. */
export interface RoleForm {
	readonly role: string;
	readonly kind: RoleKind;
	/** The role's own attributes. */
	readonly own: FormEntry;
	/** In the order of the file. */
	readonly entries: readonly FormEntry[];
	readonly span: Span;
}

export type EntryKind = 'role' | 'endpoint' | 'setting' | 'localStorage' | 'certificate' | 'startupTask';

export interface FormEntry {
	readonly kind: EntryKind;
	/** The places among the children of their parents, from the role down to the element. */
	readonly at: readonly number[];
	/** As in the schema: `InputEndpoint`. */
	readonly element: string;
	/** Its name, or the command line of a task. */
	readonly title: string;
	readonly fields: readonly FormField[];
	readonly span: Span;
}

export interface FormField {
	readonly at: readonly number[];
	/** The local name of the element that has, or may have, the attribute. */
	readonly element: string;
	readonly attribute: string;
	/** Where the attribute belongs to an element inside the entry: that element, with its number where there are several. */
	readonly inside: string | undefined;
	/** Decoded; `undefined` where it is not written. */
	readonly value: string | undefined;
	readonly default: string | undefined;
	readonly required: boolean;
	/** Nothing but the choices is allowed. */
	readonly closed: boolean;
	readonly choices: readonly string[];
	/** Markdown. */
	readonly description: string;
	/** What it has to look like, in words; empty where anything goes. */
	readonly form: string;
	/** The whole attribute; `undefined` where it is not written. */
	readonly span: Span | undefined;
}

/** The form of the role of this name; `undefined` where the definition has none. */
export function roleForm(file: ParsedFile, service: Service, name: string): RoleForm | undefined {
	const role = service.definition?.roles.find(each => each.name?.text === name);
	if (!role || service.definition?.path !== file.path) {
		return undefined;
	}
	const entryOf = (kind: EntryKind, element: XmlElement, title: string): FormEntry => ({
		kind,
		at: placeIn(role.element, element),
		element: element.localName,
		title,
		fields: kind === 'role' ? fieldsOf(file, service, role, element) : allFields(file, service, role, element),
		span: plainSpan(element),
	});
	const named = (kind: EntryKind, all: readonly { element: XmlElement; name: { text: string } | undefined }[]) =>
		all.map(each => entryOf(kind, each.element, each.name?.text ?? ''));
	return {
		role: name,
		kind: role.kind,
		own: entryOf('role', role.element, name),
		entries: [
			...named('endpoint', role.endpoints),
			...named('setting', role.settings),
			...named('localStorage', role.localStorage),
			...named('certificate', role.certificates),
			...role.startupTasks.map(task => entryOf('startupTask', task.element, task.commandLine)),
		],
		span: plainSpan(role.element),
	};
}

/** What is wrong with a role, each problem at the field, the entry or the role that it is about. */
export interface PlacedProblems {
	readonly fields: ReadonlyMap<FormField, readonly Problem[]>;
	readonly entries: ReadonlyMap<FormEntry, readonly Problem[]>;
	readonly role: readonly Problem[];
}

export function placeProblems(form: RoleForm, problems: readonly Problem[]): PlacedProblems {
	const fields = new Map<FormField, Problem[]>();
	const entries = new Map<FormEntry, Problem[]>();
	const role: Problem[] = [];
	for (const problem of problems) {
		const entry = form.entries.find(each => holds(each.span, problem.span));
		const field = (entry ?? form.own).fields.find(each => each.span && holds(each.span, problem.span));
		if (field) {
			fields.set(field, [...(fields.get(field) ?? []), problem]);
		} else if (entry) {
			entries.set(entry, [...(entries.get(entry) ?? []), problem]);
		} else if (holds(form.span, problem.span)) {
			role.push(problem);
		}
	}
	return { fields, entries, role };
}

function holds(outer: Span, inner: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}

/** The fields of an element and of those inside it: port ranges, environment variables. */
function allFields(
	file: ParsedFile,
	service: Service,
	role: RoleDefinition,
	element: XmlElement,
	inside?: string,
): readonly FormField[] {
	const below = element.children.flatMap(each => {
		const alike = element.children.filter(other => other.localName === each.localName);
		const number = alike.length > 1 ? ` ${alike.indexOf(each) + 1}` : '';
		return allFields(file, service, role, each, each.localName + number);
	});
	return [...fieldsOf(file, service, role, element, inside), ...below];
}

/** A name that others refer to is no field: it is changed by renaming, which takes them along. */
function fieldsOf(
	file: ParsedFile,
	service: Service,
	role: RoleDefinition,
	element: XmlElement,
	inside?: string,
): readonly FormField[] {
	const grammars = grammarAt(file.format, element)?.attributes ?? [];
	return grammars
		.filter(({ name }) => !namedBy(element, name)?.declares)
		.map(grammar => {
			const written = attribute(element, grammar.name);
			return {
				at: placeIn(role.element, element),
				element: element.localName,
				attribute: grammar.name,
				inside,
				value: written?.rawValue ? written.value : undefined,
				default: grammar.default,
				required: grammar.required,
				...choicesOf(file, service, element, grammar),
				description: grammar.description,
				form: grammar.value.form,
				span: written && plainSpan(written),
			};
		});
}

function choicesOf(
	file: ParsedFile,
	service: Service,
	element: XmlElement,
	{ name, value }: AttributeGrammar,
): { readonly closed: boolean; readonly choices: readonly string[] } {
	const known = valuesToChoose(element, name);
	if (known) {
		return { closed: false, choices: known.map(each => each.value) };
	}
	if (namedBy(element, name)) {
		const own = attribute(element, name)?.value;
		return { closed: false, choices: [...new Set([...(own ? [own] : []), ...namesFor(file, service, element, name)])] };
	}
	const choices = value.kind === 'boolean' ? ['true', 'false'] : value.values.map(each => each.value);
	return { closed: value.kind === 'boolean' || value.kind === 'enumeration', choices };
}

function placeIn(role: XmlElement, element: XmlElement): readonly number[] {
	const at: number[] = [];
	for (let each = element; each !== role && each.parent; each = each.parent) {
		at.unshift(each.parent.children.indexOf(each));
	}
	return at;
}
