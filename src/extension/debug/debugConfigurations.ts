import path from 'node:path';
import * as vscode from 'vscode';
import { mayRun } from '../trust';
import { uriOf } from '../workspace/editorText';
import { chooseService } from '../workspace/serviceChoice';
import type { IndexedService, ServiceIndex } from '../workspace/serviceIndex';

/** F5 with and without a `launch.json`: what is not said there is chosen as the commands choose it. */
export function registerDebugConfigurations(index: ServiceIndex): vscode.Disposable {
	const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
	const provideDebugConfigurations = (): vscode.DebugConfiguration[] => index.services().map(written);
	return vscode.Disposable.from(
		vscode.debug.registerDebugConfigurationProvider(
			'rolewright',
			{
				provideDebugConfigurations,
				resolveDebugConfiguration: (_folder, configuration) => complete(index, configuration),
				resolveDebugConfigurationWithSubstitutedVariables: (folder, configuration) =>
					mayRun() ? withAbsolutePath(folder, configuration) : undefined,
			},
			Initial,
		),
		vscode.debug.registerDebugConfigurationProvider('rolewright', { provideDebugConfigurations }, Dynamic),
	);
}

/** Undefined: the user was asked for the service and named none, so nothing starts. */
async function complete(
	index: ServiceIndex,
	configuration: vscode.DebugConfiguration,
): Promise<vscode.DebugConfiguration | undefined> {
	if (configuration.service) {
		return configuration;
	}
	const service = await chooseService(index, undefined);
	const given = Object.entries(configuration).filter(([, value]) => value);
	return service && { ...configurationOf(service), ...Object.fromEntries(given) };
}

function configurationOf(service: IndexedService): vscode.DebugConfiguration {
	return { type: 'rolewright', request: 'launch', name: `Debug ${service.name}`, service: service.definition };
}

/** What is put into a `launch.json`: with the fields that a person may want to change, each explained where it stands. */
function written(service: IndexedService): vscode.DebugConfiguration {
	const relative = vscode.workspace.asRelativePath(uriOf(service.definition), false);
	const isInside = relative !== service.definition;
	return {
		...configurationOf(service),
		...(isInside && { service: `\${workspaceFolder}/${relative}` }),
		instances: ['first'],
		onStopLimit: '5m',
	};
}

/** A path in `launch.json` counts from the folder that it is the `launch.json` of. */
function withAbsolutePath(
	folder: vscode.WorkspaceFolder | undefined,
	configuration: vscode.DebugConfiguration,
): vscode.DebugConfiguration {
	return { ...configuration, service: path.resolve(folder?.uri.fsPath ?? '', String(configuration.service)) };
}
