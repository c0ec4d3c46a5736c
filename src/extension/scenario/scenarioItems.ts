import path from 'node:path';
import * as vscode from 'vscode';
import { readJsonTree } from '../../base/jsonTree';
import { LineMap } from '../../base/lines';
import type { Token } from '../../base/span';
import { guarded, rangeOf } from '../workspace/editorText';

export const scenarioPattern = '**/*.lifecycle.json';

/** What a build or a package manager writes is nobody's scenario, and no change of a service. */
export const madeFolders = /[\\/](?:bin|obj|node_modules|__pycache__|\.git)[\\/]/;

/** Keeps one test item for each scenario of the workspace, also while its text is being typed. */
export function followScenarios(controller: vscode.TestController, log: vscode.LogOutputChannel): vscode.Disposable {
	const watcher = vscode.workspace.createFileSystemWatcher(scenarioPattern);
	const show = (uri: vscode.Uri, text: string) =>
		guarded('scenarios', log, undefined, () => showItem(controller, uri, text));
	const read = async (uri: vscode.Uri) => {
		if (madeFolders.test(uri.fsPath)) {
			return;
		}
		try {
			show(uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
		} catch {
			// It is gone again.
			controller.items.delete(uri.toString());
		}
	};
	const discover = async () => {
		await Promise.all((await vscode.workspace.findFiles(scenarioPattern)).map(read));
	};
	controller.resolveHandler = item => (item?.uri ? read(item.uri) : discover());
	controller.refreshHandler = discover;
	void discover();
	return vscode.Disposable.from(
		watcher,
		watcher.onDidCreate(read),
		watcher.onDidChange(read),
		watcher.onDidDelete(uri => controller.items.delete(uri.toString())),
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			if (controller.items.get(document.uri.toString())) {
				show(document.uri, document.getText());
			}
		}),
	);
}

/** The items that a request means. */
export function itemsOf(request: vscode.TestRunRequest, { items }: vscode.TestController): readonly vscode.TestItem[] {
	const excluded = new Set(request.exclude?.map(({ id }) => id));
	const asked = request.include ?? [...items].map(([, item]) => item);
	return asked.filter(({ id }) => !excluded.has(id));
}

function showItem(controller: vscode.TestController, uri: vscode.Uri, text: string): void {
	const name = nameOf(text);
	const id = uri.toString();
	const label = name?.text.trim() || path.basename(uri.path).replace(/\.lifecycle\.json$/i, '');
	const item = controller.items.get(id) ?? controller.createTestItem(id, label, uri);
	item.label = label;
	const sameName = [...controller.items]
		.map(([, other]) => other)
		.filter(other => other !== item && other.label === label);
	// A screen reader speaks the description in place of the name, and it takes the room of a long one.
	for (const each of sameName.length > 0 ? [item, ...sameName] : []) {
		each.description = vscode.workspace.asRelativePath(each.uri ?? uri);
	}
	item.range = rangeOf(name ?? { start: 0, end: 0 }, new LineMap(text));
	controller.items.add(item);
}

function nameOf(text: string): Token | undefined {
	const { root } = readJsonTree(text);
	const value = root?.kind === 'object' ? root.properties.find(each => each.name.text === 'name')?.value : undefined;
	return value?.kind === 'value' && typeof value.value === 'string' ? { ...value.span, text: value.value } : undefined;
}
