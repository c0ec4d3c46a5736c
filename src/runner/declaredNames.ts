import type { Configuration } from '../model/configuration';
import type { Definition } from '../model/definition';
import { comparable, fileOf, joinPath } from '../model/paths';

/** A role with the names that it declares, and the instances that it has in one configuration. */
export interface DeclaredRole {
	readonly name: string;
	readonly count: number;
	readonly settings: readonly string[];
	readonly localResources: readonly string[];
}

/** What a scenario may name. A role that the configuration does not have has no instance; without one each has its first. */
export function declaredNames(
	{ roles }: Pick<Definition, 'roles'>,
	configuration: Pick<Configuration, 'roles'> | undefined,
): readonly DeclaredRole[] {
	const countOf = (name: string) =>
		configuration ? (configuration.roles.find(role => role.name?.text === name)?.instances?.count ?? 0) : 1;
	return roles.flatMap(({ name, settings, localStorage }) =>
		name === undefined
			? []
			: [
					{
						name: name.text,
						count: countOf(name.text),
						settings: settings.map(setting => setting.name.text),
						localResources: localStorage.map(storage => storage.name.text),
					},
				],
	);
}

/**
 * The configuration that the file `own` asks for, by its name or its file; Local, else the first, where it asks for none.
 * One that is not there yet has no counts.
 */
export function configurationAsked(
	configurations: readonly Configuration[],
	asked: string | undefined,
	own: string,
): Configuration | undefined {
	const named = (asked ?? 'Local').toLowerCase();
	const place = comparable(joinPath(own, asked ?? ''));
	return (
		configurations.find(({ name }) => name.toLowerCase() === named) ??
		configurations.find(({ path }) => comparable(path) === place) ??
		configurations.find(({ path }) => fileOf(path).toLowerCase() === named) ??
		(asked === undefined ? configurations[0] : undefined)
	);
}
