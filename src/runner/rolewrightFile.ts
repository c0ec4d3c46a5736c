import { Failure } from '../base/failure';
import { type Severities, severityChoices } from '../model/severities';
import { readCommentedJson } from './commentedJson';

/** `rolewright.json` beside the definition (interfaces.md 3, `schemas/rolewright.schema.json`); all of it is optional. */
export interface RolewrightFile {
	readonly roles: Readonly<Record<string, RoleSettings>>;
	readonly platform?: 'classic' | 'extended';
	/** Code of a problem to how severe it is here. */
	readonly severity: Severities;
}

/** Paths are relative to the folder of the file; the build command runs there. */
export interface RoleSettings {
	/** A folder with what is run: already built, or made by `build`. */
	readonly code?: string;
	/** The .NET project that is built and run. */
	readonly project?: string;
	readonly build?: string;
	/** A command line that is run in place of the entry point of the definition. */
	readonly run?: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** Whether a JavaScript file is a program, or a module that our own host loads. */
	readonly host?: 'program' | 'module';
}

export const emptyRolewrightFile: RolewrightFile = { roles: {}, severity: {} };

/** Throws a `Failure` that names the file, the property and what may stand there. */
export function readRolewrightFile(path: string, text: string): RolewrightFile {
	const content = record(path, 'The file', readCommentedJson(path, text));
	onlyNames(path, 'The file', content, ['$schema', 'roles', 'platform', 'severity']);
	const platform = optional(content.platform, value => choice(path, "'platform'", value, ['classic', 'extended']));
	return {
		roles: entries(path, "'roles'", content.roles, (role, value) => readRole(path, `'roles.${role}'`, value)),
		...(platform && { platform }),
		severity: entries(path, "'severity'", content.severity, (code, value) =>
			choice(path, `'severity.${code}'`, value, severityChoices),
		),
	};
}

function readRole(path: string, place: string, value: unknown): RoleSettings {
	const role = record(path, place, value);
	onlyNames(path, place, role, ['code', 'project', 'build', 'run', 'environment', 'host']);
	if (role.project !== undefined && (role.code !== undefined || role.build !== undefined)) {
		throw new Failure(
			`${path}: ${place} names a 'project', which is built as it is; leave out 'code' and 'build', or the project.`,
		);
	}
	const inside = (name: string) => `${place.slice(0, -1)}.${name}'`;
	const line = (name: 'code' | 'project' | 'build' | 'run') =>
		optional(role[name], entry => ({ [name]: nonEmptyText(path, inside(name), entry) }));
	const host = optional(role.host, entry => choice(path, inside('host'), entry, ['program', 'module']));
	const environment = optional(role.environment, entry =>
		entries(path, inside('environment'), entry, (name, text) => anyText(path, inside(`environment.${name}`), text)),
	);
	return {
		...line('code'),
		...line('project'),
		...line('build'),
		...line('run'),
		...(environment && { environment }),
		...(host && { host }),
	};
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
	return value === undefined ? undefined : read(value);
}

function record(path: string, place: string, value: unknown): Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Failure(`${path}: ${place} must be an object.`);
	}
	return Object.fromEntries(Object.entries(value));
}

function entries<T>(
	path: string,
	place: string,
	value: unknown,
	read: (name: string, value: unknown) => T,
): Readonly<Record<string, T>> {
	const found = value === undefined ? {} : record(path, place, value);
	return Object.fromEntries(Object.entries(found).map(([name, entry]) => [name, read(name, entry)]));
}

function choice<const T extends string>(path: string, place: string, value: unknown, allowed: readonly T[]): T {
	const found = allowed.find(one => one === value);
	if (found === undefined) {
		throw new Failure(`${path}: ${place} must be one of ${allowed.map(one => `"${one}"`).join(', ')}.`);
	}
	return found;
}

function anyText(path: string, place: string, value: unknown): string {
	if (typeof value !== 'string') {
		throw new Failure(`${path}: ${place} must be a text.`);
	}
	return value;
}

function nonEmptyText(path: string, place: string, value: unknown): string {
	const text = anyText(path, place, value);
	if (text.trim() === '') {
		throw new Failure(`${path}: ${place} is empty; write a value, or leave it out.`);
	}
	return text;
}

function onlyNames(path: string, place: string, value: Readonly<Record<string, unknown>>, names: readonly string[]) {
	const unknown = Object.keys(value).find(name => !names.includes(name));
	if (unknown !== undefined) {
		throw new Failure(`${path}: ${place} has no property '${unknown}'; the properties are ${names.join(', ')}.`);
	}
}
