import type { Problem } from '../../base/problem';
import { isSecret } from '../../base/secrets';
import type { Span } from '../../base/span';
import type { Matrix, Row, RowSubject } from '../../compare/matrix';
import {
	type FormEntry,
	type FormField,
	type PlacedProblems,
	placeProblems,
	type RoleForm,
} from '../../language/roleForm';
import type { ShownEntry, ShownField, ShownForm, ShownProblem, ShownSection } from '../../views/role/protocol';

/** What a field or an entry of a shown form stands for. */
export type Target =
	| { readonly in: 'definition'; readonly entry: FormEntry; readonly field: FormField }
	| { readonly in: 'configuration'; readonly path: string; readonly subject: RowSubject }
	| { readonly in: 'entry'; readonly entry: FormEntry }
	/** Values in the configurations that nobody declares. */
	| { readonly in: 'values'; readonly subject: RowSubject & { readonly kind: 'setting' | 'certificate' } };

/** What the definition and the configurations say of a role, put together. */
export interface RoleParts {
	readonly form: RoleForm;
	readonly matrix: Matrix;
	/** By the path of their file. */
	readonly problems: ReadonlyMap<string, readonly Problem[]>;
	/** Where the role stands in a configuration, by its path. */
	readonly configured: ReadonlyMap<string, Span>;
	/** Why a file can be looked at and not changed, by its path. */
	readonly locks: ReadonlyMap<string, string>;
	readonly definition: string;
}

export interface RoleModelWords {
	readonly kind: string;
	readonly sections: Readonly<Record<SectionId, string>>;
	readonly adds: Readonly<Partial<Record<SectionId, string>>>;
	readonly fromImport: string;
	readonly undeclared: string;
	readonly emulatorOnly: string;
	inFile(path: string, message: string): string;
}

export const sectionIds = [
	'role',
	'instances',
	'endpoint',
	'setting',
	'localStorage',
	'certificate',
	'startupTask',
] as const;
export type SectionId = (typeof sectionIds)[number];

/** The form as the page shows it, with what each id in it stands for. */
export function shownForm(
	parts: RoleParts,
	words: RoleModelWords,
): { readonly form: ShownForm; readonly targets: ReadonlyMap<string, Target> } {
	const { form, matrix, problems, definition } = parts;
	const targets = new Map<string, Target>();
	const placed = placeProblems(form, problems.get(definition) ?? []);
	const rows = matrix.rows.filter(row => row.role === form.role);
	const shared = { parts, words, placed, targets };
	const sections = sectionIds.map((id): ShownSection => {
		const text = words.adds[id];
		return {
			...{ id, title: words.sections[id], add: text === undefined ? undefined : { text, what: id } },
			entries: entriesOf(id, rows, shared),
		};
	});
	return {
		form: { role: form.role, kind: words.kind, problems: generalProblems(parts, rows, placed, words), sections },
		targets,
	};
}

interface Shared {
	readonly parts: RoleParts;
	readonly words: RoleModelWords;
	readonly placed: PlacedProblems;
	readonly targets: Map<string, Target>;
}

function entriesOf(id: SectionId, rows: readonly Row[], shared: Shared): readonly ShownEntry[] {
	const { form } = shared.parts;
	if (id === 'role') {
		return [{ ...plain(id), fields: definitionFields(form.own, id, shared) }];
	}
	if (id === 'instances') {
		const counts = rows.filter(({ kind }) => kind === 'instances');
		return [{ ...plain(id), fields: counts.flatMap(row => configurationFields(row, shared)) }];
	}
	const numbers = new Map<string, number>();
	const declared = form.entries
		.filter(({ kind }) => kind === id)
		.map(entry => {
			const number = (numbers.get(entry.title) ?? 0) + 1;
			numbers.set(entry.title, number);
			const row = number === 1 ? rows.find(each => each.kind === id && each.name === entry.title) : undefined;
			return declaredEntry(entry, number, row, shared);
		});
	const others = rows.filter(row => row.kind === id && !numbers.has(row.name));
	return [...declared, ...others.map(row => otherEntry(row, shared))];
}

function plain(id: string): Omit<ShownEntry, 'fields'> {
	return { id, title: '', note: '', problems: [], own: false, removable: false, renamable: false };
}

function declaredEntry(entry: FormEntry, number: number, row: Row | undefined, shared: Shared): ShownEntry {
	const { placed, targets } = shared;
	const id = idOf('entry', entry.kind, entry.title, number);
	targets.set(id, { in: 'entry', entry });
	return {
		...{ id, title: entry.title || entry.element, note: entry.element },
		problems: (placed.entries.get(entry) ?? []).map(shownProblem),
		fields: [...definitionFields(entry, id, shared), ...(row ? configurationFields(row, shared) : [])],
		...{ own: true, removable: true, renamable: entry.kind !== 'startupTask' },
	};
}

/** What an import brings, or what a configuration says and nobody declares. */
function otherEntry(row: Row, shared: Shared): ShownEntry {
	const id = idOf('other', row.kind, row.name);
	const { kind, role, name } = row;
	if (!row.declared && (kind === 'setting' || kind === 'certificate')) {
		shared.targets.set(id, { in: 'values', subject: { kind, role, name } });
	}
	return {
		...{ id, title: row.name, removable: !row.declared },
		note: row.declared ? shared.words.fromImport : shared.words.undeclared,
		...{ problems: [], fields: configurationFields(row, shared), own: false, renamable: false },
	};
}

function definitionFields(
	entry: FormEntry,
	entryId: string,
	{ parts, placed, targets }: Shared,
): readonly ShownField[] {
	return entry.fields.map(field => {
		const inside = field.at.slice(entry.at.length).join('.');
		const id = idOf(entryId, inside, field.attribute);
		targets.set(id, { in: 'definition', entry, field });
		const secret = field.value !== undefined && isSecretField(entry, field);
		return {
			...{ id, label: field.inside === undefined ? field.attribute : `${field.inside} ${field.attribute}` },
			...{ value: secret ? '•••' : field.value, default: field.default, required: field.required },
			...{ closed: field.closed, choices: field.choices, hint: hintOf(field), secret, missing: false },
			problems: (placed.fields.get(field) ?? []).map(shownProblem),
			locked: parts.locks.get(parts.definition),
		};
	});
}

/** The value of an environment variable may be one, by the name of the variable or by its form. */
function isSecretField({ fields }: FormEntry, { at, attribute, value }: FormField): boolean {
	const beside = fields.find(each => each.attribute === 'name' && each.at.join('.') === at.join('.'));
	return attribute === 'value' && isSecret(beside?.value ?? '', value ?? '');
}

function configurationFields(row: Row, { parts, words, targets }: Shared): readonly ShownField[] {
	return parts.matrix.columns.map(({ path, name }, index) => {
		const cell = row.cells[index];
		const id = idOf('value', row.kind, row.name, path);
		targets.set(id, { in: 'configuration', path, subject: { kind: row.kind, role: row.role, name: row.name } });
		const own = (parts.problems.get(path) ?? []).filter(problem => isAbout(problem, row, cell?.entry));
		return {
			...{
				id,
				label: name,
				value: cell?.shown,
				default: undefined,
				required: row.declared,
				closed: false,
				choices: [],
			},
			hint: cell?.emulatorOnly ? words.emulatorOnly : '',
			problems: own.map(shownProblem),
			secret: cell?.secret ?? false,
			missing: cell?.shown === undefined && row.declared,
			locked: parts.locks.get(path),
		};
	});
}

/** Those of the role's element that stand at no field and no entry, and those of its parts in the configurations. */
function generalProblems(
	{ matrix, problems, configured }: RoleParts,
	rows: readonly Row[],
	placed: PlacedProblems,
	words: RoleModelWords,
): readonly ShownProblem[] {
	const elsewhere = matrix.columns.flatMap(({ path }, index) => {
		const role = configured.get(path);
		return (problems.get(path) ?? [])
			.filter(({ span }) => role && touching(role, span))
			.filter(problem => !rows.some(row => isAbout(problem, row, row.cells[index]?.entry)))
			.map(problem => ({ ...shownProblem(problem), message: words.inFile(path, problem.message) }));
	});
	return [...placed.role.map(shownProblem), ...elsewhere];
}

/** It stands in the entry, or says that there is none. */
function isAbout(
	{ span, kind, role, name }: Problem & { readonly [part in keyof RowSubject]?: unknown },
	row: Row,
	entry: Span | undefined,
): boolean {
	return entry ? touching(entry, span) : kind === row.kind && role === row.role && name === row.name;
}

function touching(outer: Span, problem: Span): boolean {
	return outer.start <= problem.end && problem.start <= outer.end;
}

/** The first sentence says what it is; a form that takes longer to say is said by the problem where it is missed. */
function hintOf({ description, form }: FormField): string {
	const [first = ''] = description.replace(/[`*]/g, '').split(/(?<=\.)\s/);
	return form === '' || form.length > 30 || first.includes(form) ? first : `${first} (${form})`;
}

function shownProblem({ severity, message }: Problem): ShownProblem {
	return { severity, message };
}

function idOf(...parts: readonly (string | number)[]): string {
	return JSON.stringify(parts);
}
