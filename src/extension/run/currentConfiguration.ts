import * as vscode from 'vscode';
import type { Configuration } from '../../model/configuration';
import { fileOf } from '../../model/paths';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Settings } from '../workspace/settings';
import type { RunningServices } from './runningServices';

/** The configuration that a service runs with, or would be started with. */
export function currentConfiguration(
	definition: string,
	index: ServiceIndex,
	running: RunningServices,
	settings: Settings,
): Configuration | undefined {
	const { configurations } = index.modelOf(definition);
	const inUse = running.runOf(definition)?.service?.configuration;
	const preferred = settings.configuration.get(vscode.Uri.file(definition)) || 'Local';
	return (
		configurations.find(({ path }) => path === inUse) ??
		configurations.find(({ name, path }) => name === preferred || fileOf(path) === preferred) ??
		configurations[0]
	);
}
