import path from 'node:path';
import { Failure } from '../base/failure';
import type { Configuration } from '../model/configuration';
import { findOnDisk, readText } from '../node/serviceFiles';
import { readCommentedJson } from './commentedJson';

/** Values of settings that stand in no configuration, by the name of its file, by role, by setting. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/**
 * The values that the file of secrets gives, which `rolewright.json` names and git ignores: none where there is none, as
 * in a fresh clone. Throws a `Failure` that says what may stand there, and never what stands there.
 */
export function secretsIn(folder: string, named: string | undefined): Secrets {
	const file = named === undefined ? undefined : findOnDisk(path.join(folder, named));
	return file?.kind === 'file' ? readSecrets(file.path, readText(file.path)) : {};
}

export function readSecrets(file: string, text: string): Secrets {
	const content: unknown = readCommentedJson(file, text);
	const isRight = isObjectOf(content, roles =>
		isObjectOf(roles, settings => isObjectOf(settings, value => typeof value === 'string')),
	);
	if (!isRight) {
		throw new Failure(
			`${file}: this file holds the values of settings, each a text, by configuration file, role and setting: {"ServiceConfiguration.Cloud.cscfg": {"ROLE": {"SETTING": "VALUE"}}}.`,
		);
	}
	return content as Secrets;
}

/** The configuration with these values in the place of its own. */
export function withSecrets(configuration: Configuration, secrets: Secrets): Configuration {
	const file = path.basename(configuration.path.replaceAll('\\', '/'));
	const ofRoles = own(secrets, file);
	if (!ofRoles) {
		return configuration;
	}
	return {
		...configuration,
		roles: configuration.roles.map(role => {
			const values = own(ofRoles, role.name?.text ?? '');
			const settings = role.settings.map(setting => {
				const value = values && own(values, setting.name.text);
				return value === undefined ? setting : { ...setting, value };
			});
			return values ? { ...role, settings } : role;
		}),
	};
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isObjectOf(value: unknown, isRight: (entry: unknown) => boolean): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isRight);
}
