import path from 'node:path';
import * as vscode from 'vscode';
import { coalesce } from '../coalesce';
import { itemsOf, madeFolders } from './scenarioItems';

/** Somebody who saves several files wants one run, in milliseconds. */
const runAfter = 300;

/**
 * A continuous run: scenarios are played again when they or a file of their service change, until the token says that it is
 * enough. What changes while they are played is played next.
 */
export async function followChanges(
	request: vscode.TestRunRequest,
	controller: vscode.TestController,
	token: vscode.CancellationToken,
	play: (again: vscode.TestRunRequest) => Promise<void>,
): Promise<void> {
	let waiting = new Set<string>();
	let playing = false;
	const playWaiting = async () => {
		if (playing) {
			return;
		}
		playing = true;
		while (waiting.size > 0 && !token.isCancellationRequested) {
			const concerned = itemsOf(request, controller).filter(({ id }) => waiting.has(id));
			waiting = new Set();
			await (concerned.length > 0 && play(new vscode.TestRunRequest(concerned, undefined, request.profile, true)));
		}
		playing = false;
	};
	const changes = coalesce<vscode.Uri>(runAfter, async uris => {
		for (const item of itemsOf(request, controller)) {
			const folder = await serviceFolder(item);
			if ([...uris].some(uri => uri.toString() === item.id || isInside(folder, uri))) {
				waiting.add(item.id);
			}
		}
		await playWaiting();
	});
	const watcher = vscode.workspace.createFileSystemWatcher('**/*');
	const note = (uri: vscode.Uri) => void (madeFolders.test(`${uri.fsPath}/`) || changes.add(uri));
	const listening = vscode.Disposable.from(
		...[changes, watcher, watcher.onDidCreate(note), watcher.onDidChange(note), watcher.onDidDelete(note)],
	);
	token.onCancellationRequested(() => listening.dispose());
}

async function serviceFolder({ uri }: vscode.TestItem): Promise<string | undefined> {
	try {
		const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri ?? vscode.Uri.parse('')));
		const { readScenario } = await import('../../scenario/readScenario');
		const { serviceOf } = await import('../../scenario/runScenario');
		const { scenario } = readScenario(text);
		const service = scenario && uri && serviceOf(scenario, uri.fsPath);
		return service && /\.(?:csdef|ccproj)$/i.test(service) ? path.dirname(service) : service;
	} catch {
		return undefined;
	}
}

/** Another scenario of the same folder changes nothing for this one. */
function isInside(folder: string | undefined, { fsPath }: vscode.Uri): boolean {
	return folder !== undefined && fsPath.startsWith(folder + path.sep) && !/\.lifecycle\.json$/i.test(fsPath);
}
