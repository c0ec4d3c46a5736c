import type { EntryKind } from '../../history/entryKinds';
import type { StateLook, stateLooks } from '../../history/looks';
import { themeColour } from '../page';

/** The colours of the theme that is on, read once for many frames. */
export interface Theme {
	readonly text: string;
	readonly quiet: string;
	readonly background: string;
	readonly lines: string;
	readonly focus: string;
	readonly bad: string;
	readonly font: string;
	readonly contrast: boolean;
	readonly states: Readonly<Record<StateLook, string>>;
	readonly kinds: Readonly<Record<EntryKind, string>>;
}

export function readTheme(): Theme {
	const text = themeColour('--vscode-foreground', '#888');
	const contrast = document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light');
	const coloured = (variable: string, otherwise: string) => (contrast ? text : themeColour(variable, otherwise));
	const blue = coloured('--vscode-charts-blue', '#3794ff');
	const green = coloured('--vscode-charts-green', '#388a34');
	const yellow = coloured('--vscode-charts-yellow', '#bf8803');
	const orange = coloured('--vscode-charts-orange', '#d18616');
	const purple = coloured('--vscode-charts-purple', '#652d90');
	const grey = coloured('--vscode-disabledForeground', '#888');
	const bad = themeColour('--vscode-errorForeground', '#e51400');
	return {
		...{ text, contrast, bad },
		quiet: coloured('--vscode-descriptionForeground', '#888'),
		background: themeColour('--vscode-editor-background', '#fff'),
		lines: themeColour('--vscode-contrastBorder', themeColour('--vscode-panel-border', '#8884')),
		focus: themeColour('--vscode-focusBorder', '#007fd4'),
		font: themeColour('--vscode-font-family', 'sans-serif'),
		states: {
			ready: green,
			busy: yellow,
			starting: blue,
			stopping: grey,
			stopped: grey,
			restarting: orange,
			failed: bad,
			unknown: grey,
		} satisfies Record<(typeof stateLooks)[keyof typeof stateLooks], string>,
		kinds: {
			states: text,
			calls: blue,
			processes: purple,
			restarts: orange,
			commands: text,
			network: green,
			disks: yellow,
			debugger: bad,
			messages: text,
			output: grey,
		},
	};
}
