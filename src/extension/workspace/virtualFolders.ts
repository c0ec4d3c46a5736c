import * as vscode from 'vscode';
import { textOfError } from '../../base/failure';
import { isDeploymentTemplate } from '../../model/platform';
import { emptyRolewrightFile, readRolewrightFile } from '../../runner/rolewrightFile';
import { uriOf } from './editorText';
import type { FolderReader, FolderRules } from './projectRules';
import { decode } from './workspaceFiles';

const nothing: FolderRules = { settings: emptyRolewrightFile, hasDeploymentTemplate: false };

/** A template is text that a person wrote; whatever is larger is something else. Bytes. */
const largest = 1_000_000;

/**
 * What stands beside definitions where there is no disk, through the file system of the editor: nothing is known at first,
 * and what was read is there the next time. A file that is not right is as good as not there, and is told of.
 */
export function virtualFolders(log: vscode.LogOutputChannel): FolderReader {
	const known = new Map<string, FolderRules>();
	return {
		read: (folder, later) => {
			const found = known.get(folder);
			if (found) {
				// Whoever asks again wants to know what is there now.
				known.delete(folder);
				return found;
			}
			void rulesIn(uriOf(folder), log).then(rules => {
				if (rules !== nothing) {
					known.set(folder, rules);
					later();
				}
			});
			return nothing;
		},
	};
}

async function rulesIn(folder: vscode.Uri, log: vscode.LogOutputChannel): Promise<FolderRules> {
	try {
		const entries = await vscode.workspace.fs.readDirectory(folder);
		const files = entries.filter(([name, type]) => /\.json$/i.test(name) && (type & vscode.FileType.File) !== 0);
		const texts = await Promise.all(
			files.map(async ([name]) => ({ name, text: await textOf(vscode.Uri.joinPath(folder, name)) })),
		);
		const own = texts.find(({ name }) => name === 'rolewright.json');
		const hasDeploymentTemplate = texts.some(({ text }) => isDeploymentTemplate(text));
		if (!own && !hasDeploymentTemplate) {
			return nothing;
		}
		return { settings: own ? readRolewrightFile(own.name, own.text) : emptyRolewrightFile, hasDeploymentTemplate };
	} catch (error) {
		log.warn(textOfError(error));
		return nothing;
	}
}

async function textOf(uri: vscode.Uri): Promise<string> {
	const bytes = await vscode.workspace.fs.readFile(uri);
	return bytes.length > largest ? '' : decode(bytes);
}
