import { addProperty } from '../base/jsonEdits';
import { isSecret } from '../base/secrets';
import { applyEdits, type Edit, type Span, touches } from '../base/span';
import { fileOf, joinPath } from '../model/paths';
import type { Service } from '../model/service';
import { attribute } from '../xml/syntax';
import type { ParsedFile } from './documents';

/** The files beside the definition that a secret moves to, by path; `undefined` for one that is not there yet. */
export type TextBeside = (path: string) => string | undefined;

/** A change of a file as a whole or in parts, or a new file. */
export type SecretEdit =
	| { readonly path: string; readonly edits: readonly Edit[] }
	| { readonly path: string; readonly created: string };

/** The usual name of the file with the secrets of a service. */
const usualName = 'rolewright.secrets.json';

/** The paths whose texts are asked for. `named`: what `rolewright.json` calls the file of secrets. */
export function filesForSecrets(service: Service, file: ParsedFile, named: string | undefined): SecretFiles {
	const main = service.definition?.path ?? file.path;
	return {
		rolewright: joinPath(main, 'rolewright.json'),
		secrets: joinPath(main, named ?? usualName),
		gitignore: joinPath(main, '.gitignore'),
	};
}

export interface SecretFiles {
	readonly rolewright: string;
	readonly secrets: string;
	readonly gitignore: string;
}

/** A setting of a configuration whose value is a secret. */
export interface SecretSetting {
	readonly role: string;
	readonly name: string;
	readonly value: string;
	/** Of the value between its quotes. */
	readonly span: Span;
}

/** The secrets of a configuration whose values a span meets. */
export function secretsAt(file: ParsedFile, service: Service, span: Span): readonly SecretSetting[] {
	const configuration = service.configurations.find(({ path }) => path === file.path);
	return (configuration?.roles ?? []).flatMap(({ name, settings }) =>
		settings.flatMap(({ element, name: setting, value }) => {
			const raw = attribute(element, 'value')?.rawValue;
			const meets =
				raw && (touches(raw, span.start) || touches(raw, span.end) || (span.start < raw.start && raw.end < span.end));
			return raw && meets && name?.text && value !== undefined && isSecret(setting.text, value)
				? [{ role: name.text, name: setting.text, value, span: { start: raw.start, end: raw.end } }]
				: [];
		}),
	);
}

/**
 * Moves the value of a setting into the file of secrets, which is laid over the configuration at run time: the value goes
 * from the configuration, `rolewright.json` names the file, and git ignores it. `undefined` where one of the JSON files is
 * not well-formed, or has a value for the setting already.
 */
export function moveSecret(
	file: ParsedFile,
	{ role, name, value, span }: SecretSetting,
	files: SecretFiles,
	textOf: TextBeside,
): readonly SecretEdit[] | undefined {
	const place = [fileOf(file.path), role, name];
	const secrets = withProperty(files.secrets, textOf, place, value);
	const named = isNamed(textOf(files.rolewright), fileOf(files.secrets))
		? []
		: withProperty(files.rolewright, textOf, ['secrets'], fileOf(files.secrets));
	return secrets && named
		? [{ path: file.path, edits: [{ span, text: '' }] }, ...secrets, ...named, ...ignored(files, textOf)]
		: undefined;
}

function withProperty(
	path: string,
	textOf: TextBeside,
	place: readonly string[],
	value: string,
): readonly SecretEdit[] | undefined {
	const text = textOf(path);
	const edits = addProperty(text ?? '{}\n', place, value);
	if (!edits) {
		return undefined;
	}
	return text === undefined ? [{ path, created: applyEdits('{}\n', edits) }] : [{ path, edits }];
}

function isNamed(text: string | undefined, name: string): boolean {
	const said = /"secrets"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text ?? '')?.[1];
	return said !== undefined && said === JSON.stringify(name);
}

function ignored({ gitignore, secrets }: SecretFiles, textOf: TextBeside): readonly SecretEdit[] {
	const name = fileOf(secrets);
	const text = textOf(gitignore);
	if (text === undefined) {
		return [{ path: gitignore, created: `${name}\n` }];
	}
	if (text.split(/\r?\n/).some(line => line.trim() === name || line.trim() === `/${name}`)) {
		return [];
	}
	const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	const lead = text === '' || text.endsWith('\n') ? '' : lineEnd;
	const end = { start: text.length, end: text.length };
	return [{ path: gitignore, edits: [{ span: end, text: `${lead}${name}${lineEnd}` }] }];
}
