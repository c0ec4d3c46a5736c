import * as vscode from 'vscode';
import type { CloudProject } from '../../model/cloudProject';
import { folderOf, joinPath } from '../../model/paths';
import { readRolewrightFile } from '../../runner/rolewrightFile';
import type { FoundCode, Surroundings } from '../../scaffold/surroundings';
import { pathOf, uriOf } from './editorText';
import { type Around, type FileStore, isReadOnly } from './fileStore';
import type { ServiceIndex } from './serviceIndex';
import { virtualFolders } from './virtualFolders';
import { decode } from './workspaceFiles';

/** The files of a browser, which are on no disk: the editor reads them, and what it has read is known. */
export const browserStore: FileStore = {
	folders: virtualFolders,
	isLocked: isReadOnly,
	around,
};

/** What is at a path; neither where nothing is. */
interface Found {
	readonly text?: string;
	readonly isFolder?: boolean;
}

/** A plan asks at once and a file is read later: so it is made again and again until it asks for nothing that is unknown. */
function around(index: ServiceIndex, definition: string): Around {
	const known = new Map<string, Found>();
	const unknown = new Set<string>();
	const at = (path: string): Found => {
		const found = known.get(path);
		if (!found) {
			unknown.add(path);
		}
		return found ?? {};
	};
	const text = (path: string) => openText(path) ?? at(path).text;
	const isFolder = (path: string) => at(path).isFolder === true;
	return {
		now: () => {
			const project = index.projectOf(definition);
			return {
				...{ text, isFolder },
				cloudProjects: project ? [project.path] : [],
				codeOf: role => codeOf(role, definition, project, { text, isFolder }),
			};
		},
		know: async plan => {
			do {
				const paths = [...unknown];
				unknown.clear();
				await Promise.all(paths.map(async path => known.set(path, await look(uriOf(path)))));
				plan();
			} while (unknown.size > 0);
		},
	};
}

/** As on a disk: where `rolewright.json` says, the project that the `.ccproj` names, the folder of the role's name. */
function codeOf(
	role: string,
	definition: string,
	project: CloudProject | undefined,
	{ text, isFolder }: Pick<Surroundings, 'text' | 'isFolder'>,
): FoundCode | undefined {
	const file = joinPath(definition, 'rolewright.json');
	const said = readRolewrightFile(file, text(file) ?? '{}').roles[role];
	const own = said?.project === undefined ? undefined : joinPath(file, said.project);
	const named = own ?? project?.roles.find(({ name }) => name === role)?.project;
	if (said?.code !== undefined && own === undefined) {
		return { folder: joinPath(file, said.code) };
	}
	if (named !== undefined) {
		return { folder: folderOf(named), project: named };
	}
	const beside = joinPath(definition, role);
	return isFolder(beside) ? { folder: beside } : undefined;
}

function openText(path: string): string | undefined {
	return vscode.workspace.textDocuments.find(({ uri }) => pathOf(uri) === path)?.getText();
}

async function look(uri: vscode.Uri): Promise<Found> {
	try {
		const { type } = await vscode.workspace.fs.stat(uri);
		return (type & vscode.FileType.Directory) !== 0
			? { isFolder: true }
			: { text: decode(await vscode.workspace.fs.readFile(uri)) };
	} catch {
		// What is not there, or may not be read, is nothing that a plan could change.
		return {};
	}
}
