import * as vscode from 'vscode';
import { isMessage, type KeptState, type Message, type Words } from '../views/protocol';
import { nonce } from './nonce';

/** What a page is made of; its other half is `src/views/<name>/main.ts`, bundled to `dist/views/<name>.js`. */
export interface PageOptions<FromPage extends Message> {
	/** The view type is `rolewright.<name>`. */
	readonly name: string;
	readonly title: string;
	/** What the page is about, plain data: VS Code keeps it, and it is what a restored page is made from again. */
	readonly subject: unknown;
	readonly words: Words;
	/** The page knows nothing: it was made, was restored, or came back from behind another tab. Send it everything. */
	readonly onLoaded: () => void;
	readonly onMessage: (message: FromPage) => void;
	readonly onDidDispose: () => void;
}

/** A page in a tab of the editor. */
export interface Page<ToPage extends Message> {
	/** A page that is not loaded misses it: it is told everything when it is. */
	post(message: ToPage): void;
	/** Whether anybody can see it; what nobody sees need not be made. */
	readonly isLoaded: boolean;
	/** A page that is given back with the window is made before anybody knows the name of its service. */
	entitle(title: string): void;
	reveal(): void;
	dispose(): void;
}

/**
 * Opens a page, or fills a panel that VS Code has kept. Scripts run with a nonce only, styles come from `dist/views`, and
 * nothing is loaded from anywhere else. Whatever the page says is checked to be a message before it is heard.
 */
export function openPage<ToPage extends Message, FromPage extends Message>(
	extension: vscode.Uri,
	options: PageOptions<FromPage>,
	kept?: vscode.WebviewPanel,
): Page<ToPage> {
	const views = vscode.Uri.joinPath(extension, 'dist', 'views');
	const panel =
		kept ?? vscode.window.createWebviewPanel(`rolewright.${options.name}`, options.title, vscode.ViewColumn.Active, {});
	let loaded = false;
	panel.title = options.title;
	const icon = (kind: string) => vscode.Uri.joinPath(extension, 'media', `csdef-${kind}.svg`);
	panel.iconPath = { light: icon('light'), dark: icon('dark') };
	panel.webview.onDidReceiveMessage((message: unknown) => {
		if (!isMessage(message)) {
			return;
		}
		if (message.type === 'loaded') {
			loaded = true;
			options.onLoaded();
		} else {
			options.onMessage(message as FromPage);
		}
	});
	// VS Code throws a page away whose tab is hidden; it makes it anew when the tab is shown.
	panel.onDidChangeViewState(() => {
		loaded &&= panel.visible;
	});
	panel.onDidDispose(options.onDidDispose);
	panel.webview.options = { enableScripts: true, localResourceRoots: [views] };
	panel.webview.html = html(panel.webview, views, options);
	return {
		post: message => {
			if (loaded) {
				void panel.webview.postMessage(message);
			}
		},
		get isLoaded() {
			return loaded;
		},
		entitle: title => {
			if (panel.title !== title) {
				panel.title = title;
			}
		},
		reveal: () => panel.reveal(),
		dispose: () => panel.dispose(),
	};
}

/** Gives back the pages of this name when the window is loaded again. `restore` gets what each was about. */
export function restorePages(
	name: string,
	restore: (subject: unknown, panel: vscode.WebviewPanel) => void,
): vscode.Disposable {
	return vscode.window.registerWebviewPanelSerializer(`rolewright.${name}`, {
		deserializeWebviewPanel: async (panel, state: Partial<KeptState> | undefined) => restore(state?.subject, panel),
	});
}

function html(webview: vscode.Webview, views: vscode.Uri, { name, title, subject, words }: PageOptions<never>): string {
	const own = nonce();
	const at = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(views, file)).toString();
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${own}'`,
		`style-src ${webview.cspSource}`,
		`img-src ${webview.cspSource}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<link rel="stylesheet" href="${attribute(at('page.css'))}">
	<title>${attribute(title)}</title>
</head>
<body data-subject="${attribute(JSON.stringify(subject ?? null))}" data-words="${attribute(JSON.stringify(words))}">
	<main id="page"></main>
	<div id="announcements" class="visually-hidden" role="status" aria-live="polite"></div>
	<script nonce="${own}" src="${attribute(at(`${name}.js`))}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
