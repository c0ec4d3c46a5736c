import { Failure } from '../base/failure';
import { readAddress } from '../lifecycle/slots';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';

/** A launch configuration of type `rolewright`, read and complete (interfaces.md 3). */
export interface LaunchArguments {
	/** Absolute path of a folder with one definition, of a `.csdef` or of a `.ccproj`. */
	readonly service: string;
	readonly configuration: string | undefined;
	/**
	 * The instances to debug; `first` means the first one of each role, and is what nobody has to say: ten sessions that
	 * stop at the same breakpoint help nobody.
	 */
	readonly instances: readonly string[];
	readonly onStopLimit: string | undefined;
}

/** Reads what a person wrote into `launch.json`; a wrong field is a Failure that names it. */
export function readLaunchArguments(values: Readonly<Record<string, unknown>>): LaunchArguments {
	const service = textOf(values, 'service');
	if (!service) {
		throw new Failure(
			'Name the service to run in "service" of the launch configuration: a folder, a .csdef or a .ccproj.',
		);
	}
	return {
		service,
		configuration: textOf(values, 'configuration'),
		instances: namesOf(values, 'instances') ?? ['first'],
		onStopLimit: textOf(values, 'onStopLimit'),
	};
}

/** A sentence about names that no instance has: a typing mistake there would only look like a breakpoint that is not hit. */
export function unknownInstances(launch: LaunchArguments, { instances }: DeploymentSnapshot): string | undefined {
	const names = instances.map(({ instance }) => instance);
	// What is staged later has the same roles, and its instances are not there yet.
	const unknown = launch.instances.filter(
		name => name !== 'first' && readAddress(name).slot === 'production' && !names.includes(readAddress(name).name),
	);
	return unknown.length === 0
		? undefined
		: `"instances" of the launch configuration names ${unknown.join(' and ')}, but the service has only ${names.join(', ')}.`;
}

function textOf(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
	const value = values[name];
	if (value === undefined || typeof value === 'string') {
		return value || undefined;
	}
	throw new Failure(`"${name}" of the launch configuration must be a text.`);
}

function namesOf(values: Readonly<Record<string, unknown>>, name: string): readonly string[] | undefined {
	const value = values[name];
	if (value === undefined) {
		return undefined;
	}
	if (Array.isArray(value) && value.every(item => typeof item === 'string')) {
		return value;
	}
	throw new Failure(`"${name}" of the launch configuration must be a list of instance names, such as ["Worker_IN_0"].`);
}
