import { Failure } from '../base/failure';

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
