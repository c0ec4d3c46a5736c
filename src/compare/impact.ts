import type { Configuration } from '../model/configuration';
import { comparable, fileOf } from '../model/paths';
import type { Service } from '../model/service';
import type { Change } from './change';
import { configurationImpact } from './configurationImpact';
import { definitionImpact } from './definitionImpact';
import { deployedConfiguration } from './deployments';

/** What the changes of a service's files do to a deployment that runs with what they were before. */
export interface Impact {
	/** The definition's first, then those of each configuration, in the order of the files. */
	readonly changes: readonly Change[];
	/** Sentences about what could not be compared. */
	readonly notes: readonly string[];
}

/**
 * Compares a service with itself at another time: an older commit, or the disk. A configuration is one deployment; the
 * definition is judged with the configuration that stands for the cloud, whose counts say which instances there are.
 */
export function impactOf(before: Service, after: Service): Impact {
	const pairs = after.configurations.map(configuration => ({
		after: configuration,
		before: before.configurations.find(each => isSameFile(each, configuration)),
	}));
	const deployed = deployedConfiguration(after);
	const old = before.configurations.find(each => deployed && isSameFile(each, deployed));
	return {
		changes: [
			...definitionImpact(
				{ definition: before.definition, configuration: old ?? deployed },
				{ definition: after.definition, configuration: deployed },
			),
			...pairs.flatMap(pair =>
				pair.before ? configurationImpact(before.definition ?? after.definition, pair.before, pair.after) : [],
			),
		],
		notes: [
			...(after.definition && !before.definition
				? [`${fileOf(after.definition.path)} is new; nothing runs with it yet.`]
				: []),
			...pairs.flatMap(pair => (pair.before ? [] : [`${fileOf(pair.after.path)} is new; nothing runs with it yet.`])),
			...before.configurations
				.filter(each => !after.configurations.some(other => isSameFile(each, other)))
				.map(each => `${fileOf(each.path)} is gone; what runs with it is not touched by that.`),
		],
	};
}

function isSameFile(a: Configuration, b: Configuration): boolean {
	return comparable(a.path) === comparable(b.path);
}
