import { Failure } from '../../base/failure';
import { maskParts, secretParts } from '../../base/secrets';
import type { RunningServices } from '../run/runningServices';
import { pathOf, uriOf } from '../workspace/editorText';
import type { IndexedService, ServiceIndex } from '../workspace/serviceIndex';
import type { AssistantParts } from './assistants';

/** Reads what a language model gave to a tool: nothing about it is certain. */

/** A text, `undefined` where it was left out or is empty. Throws a `Failure` for anything else. */
export function textGiven(input: unknown, name: string): string | undefined {
	const value = given(input, name);
	if (value === undefined || value === null || value === '') {
		return undefined;
	}
	if (typeof value !== 'string') {
		throw new Failure(`'${name}' has to be a text.`);
	}
	return value;
}

/** A whole number that is not negative, likewise. */
export function numberGiven(input: unknown, name: string): number | undefined {
	const value = given(input, name);
	if (value === undefined || value === null) {
		return undefined;
	}
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 999_999) {
		throw new Failure(`'${name}' has to be a whole number from 0 on.`);
	}
	return value;
}

/** The service that the input names, by its name or by a path of one of its files; without one the only service. */
export function serviceGiven(input: unknown, index: ServiceIndex): IndexedService {
	const said = textGiven(input, 'service');
	const services = index.services();
	const names = services.map(({ name }) => name).join(', ');
	if (said === undefined) {
		const [only, ...others] = services;
		if (only && others.length === 0) {
			return only;
		}
		throw new Failure(
			only
				? `There are several services; give one of these as 'service': ${names}.`
				: 'There is no service definition (.csdef) in this workspace.',
		);
	}
	const found = services.find(({ name }) => name === said) ?? index.serviceWith(pathOf(uriOf(said)));
	if (!found) {
		throw new Failure(`There is no service '${said}'; the services are: ${names || 'none'}.`);
	}
	return found;
}

/**
 * Hides what the settings of a service keep secret, in its files and in what runs of it. The journal is masked already,
 * except for what roles print: that stays on this machine as they print it, and goes to no model.
 */
export function maskedFor(definition: string, index: ServiceIndex, running: RunningServices): (text: string) => string {
	const { configurations } = index.modelOf(definition);
	const inFiles = configurations.flatMap(({ roles }) =>
		roles.flatMap(({ settings }) => settings.flatMap(({ name, value }) => secretParts(name.text, value ?? ''))),
	);
	const deployment = running.runOf(definition)?.service?.deployment;
	const plans = [deployment?.planIn('production'), deployment?.planIn('staging')];
	const inRun = plans.flatMap(plan =>
		(plan?.roles ?? []).flatMap(({ settings }) =>
			Object.entries(settings).flatMap(([name, value]) => secretParts(name, value)),
		),
	);
	const parts = [...new Set([...inFiles, ...inRun])];
	return text => maskParts(text, parts);
}

/** For a tool that is only described by what it does to which service. */
export function serviceNamed(input: unknown, { index }: AssistantParts): string {
	const services = index.services();
	const said: unknown = given(input, 'service');
	return typeof said === 'string' && said !== '' ? said : (services[0]?.name ?? '');
}

function given(input: unknown, name: string): unknown {
	return typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
}
