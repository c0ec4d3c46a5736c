import { type Edit, type FileEdits, plainSpan, type Span } from '../base/span';
import { textOf } from '../model/cloudProject';
import { escapeValue } from '../model/markup';
import { type NameUse, nameAt, namesOf, sameThing } from '../model/names';
import type { Service } from '../model/service';
import { attributeGrammar, type ValueGrammar } from '../schema/grammar';
import { parse } from '../xml/parser';
import { childrenNamed, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';
import { kindWords } from './nameWords';

/** The text of a `.ccproj` that belongs to the service: it names the roles too. */
export interface ProjectText {
	readonly path: string;
	readonly text: string;
}

/** Why something cannot be renamed, as one sentence for the user. */
export interface Refusal {
	readonly refused: string;
}

/** The name under the cursor and what it may become. */
export interface Renamable {
	readonly span: Span;
	readonly name: string;
}

export function renamable(file: ParsedFile, service: Service, offset: number): Renamable | Refusal {
	const found = thingAt(file, service, offset);
	return 'refused' in found ? found : { span: plainSpan(found.use.span), name: found.use.name };
}

/**
 * Gives the thing under the cursor another name wherever the files of the service name it: definition, configurations,
 * paths in `xpath`, and for a role the projects.
 */
export function rename(
	file: ParsedFile,
	service: Service,
	offset: number,
	newName: string,
	projects: readonly ProjectText[] = [],
): readonly FileEdits[] | Refusal {
	const found = thingAt(file, service, offset);
	if ('refused' in found) {
		return found;
	}
	const { use, uses } = found;
	const refused = whyNot(service, use, uses, newName);
	if (refused !== undefined) {
		return { refused };
	}
	const sourceOf = textsOf(file, service);
	const paths = [...new Set(uses.map(({ path }) => path))];
	const edits = paths.map(path => ({
		path,
		edits: uses.filter(each => each.path === path).map(each => editOf(each, sourceOf(path), newName)),
	}));
	const inProjects = use.kind === 'role' ? projects.map(project => editsInProject(project, use.name, newName)) : [];
	return [...edits, ...inProjects.filter(each => each.edits.length > 0)];
}

interface Thing {
	readonly use: NameUse;
	/** Where the name itself stands, all files together. */
	readonly uses: readonly NameUse[];
}

function thingAt(file: ParsedFile, service: Service, offset: number): Thing | Refusal {
	const use = nameAt(file.path, file.document, offset);
	if (!use) {
		return {
			refused:
				'Only names can be renamed: put the cursor on the name of a role, setting, certificate, endpoint, local storage, probe or the service.',
		};
	}
	const uses = namesOf(service).filter(each => sameThing(each, use));
	const imported = uses.find(each => each.use === 'import');
	if (imported) {
		const module = imported.element.attributes.find(({ written }) => written === 'moduleName')?.value ?? '';
		return {
			refused: `The ${kindWords[use.kind]} '${use.name}' comes from the module '${module}', which knows it by this name, so it cannot be renamed.`,
		};
	}
	return { use, uses: uses.length > 0 ? uses : [use] };
}

function whyNot(service: Service, use: NameUse, uses: readonly NameUse[], newName: string): string | undefined {
	const words = kindWords[use.kind];
	const forms = uses.flatMap(each => formOf(each) ?? []);
	const broken = forms.find(({ pattern }) => pattern && !pattern.test(newName));
	if (newName === '' || /[\r\n\t]/.test(newName) || broken) {
		const form = broken?.form ?? forms.find(each => each.form !== '')?.form;
		return `'${newName}' cannot name the ${words} '${use.name}'${form ? `: it has to be ${form}` : ''}.`;
	}
	const taken = namesOf(service).some(each => sameThing(each, { ...use, name: newName }));
	return taken && newName !== use.name
		? `The name '${newName}' is taken by another ${words}${use.role === undefined ? '' : ` of the role '${use.role}'`}; choose another one.`
		: undefined;
}

function formOf(use: NameUse): ValueGrammar | undefined {
	const attribute = attributeOf(use);
	const format = rootOf(use.element).localName === 'ServiceDefinition' ? 'csdef' : 'cscfg';
	// In a path the name is only a part of the value.
	return attribute?.rawValue?.start === use.span.start
		? attributeGrammar(format, use.element, attribute.written)?.value
		: undefined;
}

function attributeOf({ element, span }: NameUse): XmlAttribute | undefined {
	return element.attributes.find(({ start, end }) => start <= span.start && span.end <= end);
}

function editOf(use: NameUse, text: string, newName: string): Edit {
	const raw = attributeOf(use)?.rawValue;
	return { span: plainSpan(use.span), text: escapeValue(newName, raw ? text.charAt(raw.start - 1) : '"') };
}

function textsOf(file: ParsedFile, { definition, configurations }: Service): (path: string) => string {
	const files = [...(definition ? [definition] : []), ...configurations, file];
	const texts = new Map(files.map(({ path, document }) => [path, document.text]));
	return path => texts.get(path) ?? '';
}

/** A project reference says `RoleName`; where it does not, its `Name` is the role's (`src/model/cloudProject.ts`). */
function editsInProject({ path, text }: ProjectText, oldName: string, newName: string): FileEdits {
	const document = parse(text);
	const references = childrenNamed(document.root, 'ItemGroup').flatMap(group =>
		childrenNamed(group, 'ProjectReference'),
	);
	const edits = references.flatMap(reference => {
		const [named] = [...childrenNamed(reference, 'RoleName'), ...childrenNamed(reference, 'Name')];
		return named && textOf(document, named) === oldName ? editsOfText(document, named, newName) : [];
	});
	return { path, edits };
}

/** The new text in place of the first piece that says something; comments and what encloses the pieces stay. */
function editsOfText({ text }: XmlDocument, { content }: XmlElement, newText: string): readonly Edit[] {
	const pieces = content.flatMap(node => {
		const raw = node.kind === 'text' && !node.blank ? text.slice(node.start, node.end) : '';
		return [...raw.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|[^\s<](?:[^<]*[^\s<])?/g)].map(
			({ index, 0: piece, 1: inside }) => {
				const start = node.start + index + (inside === undefined ? 0 : '<![CDATA['.length);
				return { span: { start, end: start + (inside ?? piece).length }, isPlain: inside === undefined };
			},
		);
	});
	return pieces.map(({ span, isPlain }, place) => ({
		span,
		text: place > 0 ? '' : isPlain ? escapeValue(newText, '') : newText,
	}));
}

function rootOf(element: XmlElement): XmlElement {
	return element.parent ? rootOf(element.parent) : element;
}
