import * as vscode from 'vscode';

/** A setting is a value that is read when it is needed; a wrong value in a settings file counts as the default. */
export interface Setting<T> {
	get(scope?: vscode.ConfigurationScope): T;
	readonly onDidChange: vscode.Event<vscode.ConfigurationChangeEvent>;
}

/** Every setting of the extension: the names, defaults and explanations are in `package.json`. */
export interface Settings extends vscode.Disposable {
	/** The name of the configuration a service is started with; empty for Local, else the only one. */
	readonly configuration: Setting<string>;
	readonly buildMode: Setting<'auto' | 'always' | 'never'>;
	readonly onStopLimit: Setting<'5m' | '30s'>;
	readonly platform: Setting<'auto' | 'classic' | 'extended'>;
	/** A path, a debug type, or empty for whichever is found. */
	readonly dotnetDebugger: Setting<string>;
	/** The command line that starts the storage emulator, `off`, or empty for whichever is found. */
	readonly azurite: Setting<string>;
	readonly autoClosingTags: Setting<boolean>;
	/** Whether attributes that are left out and have a default are shown as inlay hints. */
	readonly showDefaults: Setting<boolean>;
}

export function createSettings(): Settings {
	const disposables: vscode.Disposable[] = [];
	const setting = <T>(name: string, accepts: (value: unknown) => value is T, fallback: T): Setting<T> => {
		const changed = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
		const listening = vscode.workspace.onDidChangeConfiguration(change => {
			if (change.affectsConfiguration(`rolewright.${name}`)) {
				changed.fire(change);
			}
		});
		disposables.push(changed, listening);
		return {
			get: scope => {
				const value = vscode.workspace.getConfiguration('rolewright', scope).get<unknown>(name);
				return accepts(value) ? value : fallback;
			},
			onDidChange: changed.event,
		};
	};
	return {
		configuration: setting('configuration', isText, ''),
		buildMode: setting('buildMode', oneOf('auto', 'always', 'never'), 'auto'),
		onStopLimit: setting('onStopLimit', oneOf('5m', '30s'), '5m'),
		platform: setting('platform', oneOf('auto', 'classic', 'extended'), 'auto'),
		dotnetDebugger: setting('dotnetDebugger', isText, ''),
		azurite: setting('azurite', isText, ''),
		autoClosingTags: setting('autoClosingTags', isBoolean, true),
		showDefaults: setting('showDefaults', isBoolean, false),
		dispose: () => vscode.Disposable.from(...disposables).dispose(),
	};
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
	return typeof value === 'boolean';
}

function oneOf<T extends string>(...values: readonly T[]): (value: unknown) => value is T {
	return (value): value is T => values.some(candidate => candidate === value);
}
