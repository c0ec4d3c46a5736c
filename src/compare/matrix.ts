import { isSecret, maskSecret } from '../base/secrets';
import { plainSpan, type Span } from '../base/span';
import type { Configuration, RoleConfiguration } from '../model/configuration';
import { isEmulatorStorage } from '../model/connectionString';
import { certificatesOf, requiredSettings } from '../model/declared';
import { tokenOf } from '../model/elements';
import { comparable, fileOf } from '../model/paths';
import type { Service } from '../model/service';
import { configuredCertificate, configuredRole, configuredSetting, declaredRole, isAmong } from './byName';

/** The configurations of a service side by side: a row for everything that each of them has to say. */
export interface Matrix {
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
}

export interface Column {
	readonly path: string;
	/** `Cloud` of `ServiceConfiguration.Cloud.cscfg`; the name of the file where it has none of its own. */
	readonly name: string;
}

/** What a row is about; with its role and name it says which value of a configuration is meant. */
export interface RowSubject {
	readonly kind: 'osFamily' | 'osVersion' | 'instances' | 'setting' | 'certificate';
	/** `undefined` for what concerns the whole service. */
	readonly role: string | undefined;
	/** The name of the setting or certificate; empty for the others. */
	readonly name: string;
}

export interface Row extends RowSubject {
	/** False for an entry that the definition does not declare; true where there is no definition. */
	readonly declared: boolean;
	/** `missing`: some configuration lacks it and has to have it. */
	readonly mark: 'equal' | 'different' | 'missing';
	/** In the order of the columns. */
	readonly cells: readonly Cell[];
}

export interface Cell {
	/** As it may be shown: what is secret of it is masked. `undefined` where it is missing. */
	readonly shown: string | undefined;
	readonly secret: boolean;
	/** A value that only works on the emulator. */
	readonly emulatorOnly: boolean;
	/** The value between its quotes. */
	readonly span: Span | undefined;
	/** The element that says it, or the value itself where the root does; `undefined` where it is missing. */
	readonly entry: Span | undefined;
}

/** Rows: the guest operating system, then role by role the instances, settings and certificates, in their order. */
export function matrixOf({ definition, configurations }: Service): Matrix {
	const declaredRoles = definition?.roles.flatMap(({ name }) => name?.text || []) ?? [];
	const roles = unique([
		...declaredRoles,
		...configurations.flatMap(each => each.roles.flatMap(({ name }) => name?.text || [])),
	]);
	const system = (['osFamily', 'osVersion'] as const).map((kind): RowSubject => ({ kind, role: undefined, name: '' }));
	const subjects = [...system, ...roles.flatMap(role => subjectsOf(role, { definition, configurations }))];
	return {
		columns: configurations.map(({ path, name }) => ({ path, name: name || fileOf(path) })),
		rows: subjects.flatMap(subject => {
			const row = rowOf(subject, { definition, configurations });
			return row ? [row] : [];
		}),
	};
}

/** The value as it stands in the file, secret or not: for copying, and for who asked to see it. */
export function valueIn(configuration: Configuration, subject: RowSubject): string | undefined {
	return found(configuration, subject)?.value;
}

export function isSameSubject(a: RowSubject, b: RowSubject): boolean {
	return a.kind === b.kind && a.role === b.role && a.name === b.name;
}

/** The service with only these of its configurations, in this order: two of them are compared by a matrix of two. */
export function withConfigurations(service: Service, paths: readonly string[]): Service {
	const configurations = paths.flatMap(path =>
		service.configurations.filter(each => comparable(each.path) === comparable(path)),
	);
	return { ...service, configurations };
}

function subjectsOf(role: string, { definition, configurations }: Service): readonly RowSubject[] {
	const declared = definition && declaredRole(definition.roles, role);
	const configured = configurations.flatMap(each => configuredRole(each.roles, role) ?? []);
	const names = (
		own: readonly string[],
		given: (role: RoleConfiguration) => readonly { readonly name: { readonly text: string } }[],
	) => unique([...own, ...configured.flatMap(each => given(each).map(({ name }) => name.text))]);
	return [
		{ kind: 'instances', role, name: '' },
		...names(declared ? requiredSettings(declared) : [], each => each.settings).map(
			(name): RowSubject => ({ kind: 'setting', role, name }),
		),
		...names(declared ? certificatesOf(declared) : [], each => each.certificates).map(
			(name): RowSubject => ({ kind: 'certificate', role, name }),
		),
	];
}

function rowOf(subject: RowSubject, { definition, configurations }: Service): Row | undefined {
	const values = configurations.map(each => found(each, subject));
	const optional = subject.kind === 'osFamily' || subject.kind === 'osVersion';
	if (optional && values.every(value => value === undefined)) {
		return undefined;
	}
	const declared = isDeclared(subject, definition);
	const lacks = values.some(value => value === undefined);
	const differs = new Set(values.map(value => value?.value)).size > 1;
	return {
		...subject,
		declared,
		mark: lacks && declared && !optional ? 'missing' : differs ? 'different' : 'equal',
		cells: values.map(value => cellOf(subject, value)),
	};
}

function isDeclared({ kind, role, name }: RowSubject, definition: Service['definition']): boolean {
	const declared = definition && declaredRole(definition.roles, role);
	if (!definition || role === undefined) {
		return true;
	}
	switch (kind) {
		case 'setting':
			return declared !== undefined && isAmong(requiredSettings(declared), name);
		case 'certificate':
			return declared !== undefined && certificatesOf(declared).includes(name);
		default:
			return declared !== undefined;
	}
}

interface Found {
	readonly value: string;
	readonly span: Span;
	readonly entry: Span;
}

function cellOf({ kind, name }: RowSubject, value: Found | undefined): Cell {
	if (value === undefined) {
		return { shown: undefined, secret: false, emulatorOnly: false, span: undefined, entry: undefined };
	}
	const secret = kind === 'setting' && isSecret(name, value.value);
	return {
		shown: secret ? maskSecret(value.value) : value.value,
		secret,
		emulatorOnly: kind === 'setting' && isEmulatorOnly(value.value),
		span: value.span,
		entry: value.entry,
	};
}

/** The storage emulator by its short form, its account or its address, and every other address of this very machine. */
function isEmulatorOnly(value: string): boolean {
	return (
		isEmulatorStorage(value) || /\bdevstoreaccount1\b|:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/;]|$)/i.test(value)
	);
}

function found(configuration: Configuration, { kind, role: roleName, name }: RowSubject): Found | undefined {
	if (kind === 'osFamily' || kind === 'osVersion') {
		return token(configuration.element, kind);
	}
	const role = configuredRole(configuration.roles, roleName);
	switch (kind) {
		case 'instances':
			return token(role?.instances?.element, 'count');
		case 'setting':
			return token(role && configuredSetting(role.settings, name)?.element, 'value');
		case 'certificate':
			return token(role && configuredCertificate(role.certificates, name)?.element, 'thumbprint');
	}
}

function token(element: Parameters<typeof tokenOf>[0], attribute: string): Found | undefined {
	const value = tokenOf(element, attribute);
	if (!value || !element) {
		return undefined;
	}
	const span = plainSpan(value);
	return { value: value.text, span, entry: element.parent ? plainSpan(element) : span };
}

function unique(names: readonly string[]): readonly string[] {
	return [...new Set(names)];
}
