import { Failure } from '../base/failure';

/** Readers of what a person wrote as JSON: each throws a `Failure` that names the file, the place and what may stand there. */

export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
	return value === undefined ? undefined : read(value);
}

export function record(path: string, place: string, value: unknown): Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Failure(`${path}: ${place} must be an object.`);
	}
	return Object.fromEntries(Object.entries(value));
}

export function entries<T>(
	path: string,
	place: string,
	value: unknown,
	read: (name: string, value: unknown) => T,
): Readonly<Record<string, T>> {
	const found = value === undefined ? {} : record(path, place, value);
	return Object.fromEntries(Object.entries(found).map(([name, entry]) => [name, read(name, entry)]));
}

export function choice<const T extends string>(path: string, place: string, value: unknown, allowed: readonly T[]): T {
	const found = allowed.find(one => one === value);
	if (found === undefined) {
		throw new Failure(`${path}: ${place} must be one of ${allowed.map(one => `"${one}"`).join(', ')}.`);
	}
	return found;
}

export function anyText(path: string, place: string, value: unknown): string {
	if (typeof value !== 'string') {
		throw new Failure(`${path}: ${place} must be a text.`);
	}
	return value;
}

export function nonEmptyText(path: string, place: string, value: unknown): string {
	const text = anyText(path, place, value);
	if (text.trim() === '') {
		throw new Failure(`${path}: ${place} is empty; write a value, or leave it out.`);
	}
	return text;
}

export function fileBeside(path: string, place: string, value: unknown): string {
	const name = nonEmptyText(path, place, value);
	if (/[\\/:]|^\.\.?$/.test(name)) {
		throw new Failure(`${path}: ${place} must be the name of a file in the same folder.`);
	}
	return name;
}

export function onlyNames(
	path: string,
	place: string,
	value: Readonly<Record<string, unknown>>,
	names: readonly string[],
) {
	const unknown = Object.keys(value).find(name => !names.includes(name));
	if (unknown !== undefined) {
		throw new Failure(`${path}: ${place} has no property '${unknown}'; the properties are ${names.join(', ')}.`);
	}
}
