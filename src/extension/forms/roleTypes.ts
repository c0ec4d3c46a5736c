import * as vscode from 'vscode';
import { LineMap } from '../../base/lines';
import { type RoleFolder, roleFolders, type ServiceWithCode } from '../../code/ownership';
import { roleClassesIn } from '../../code/roleClasses';
import { nameAt } from '../../model/names';
import type { CodeIndex } from '../code/codeIndex';
import { models } from '../language/languageFeatures';
import { locationOf, pathOf, uriOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { decode } from '../workspace/workspaceFiles';

const sources = '**/*.{cs,vb,fs,py}';
const leftOut = '**/{bin,obj,node_modules,packages,.git,.vs,dist}/**';
/** More files than any role has; a folder that holds a whole repository is not searched to its end. */
const mostFiles = 2000;

/** From the name of a role, in whichever file, to the class in its code that the platform starts. */
export function registerRoleTypes(code: CodeIndex, index: ServiceIndex): vscode.Disposable {
	const find = async (
		document: vscode.TextDocument,
		position: vscode.Position,
		token: vscode.CancellationToken,
	): Promise<vscode.Location[] | undefined> => {
		const { file, service } = index.of(document);
		const name = nameAt(file.path, file.document, document.offsetAt(position));
		if (name?.kind !== 'role') {
			return undefined;
		}
		// A service that has just been found is not among those whose code was searched yet.
		const folders =
			foldersOf(code.servicesWithCode(), file.path) ?? roleFolders(service, index.projectOf(file.path), []);
		const folder = folders.find(({ role }) => role === name.name)?.folder;
		return folder === undefined ? undefined : classesIn(folder, token);
	};
	return vscode.Disposable.from(
		vscode.languages.registerImplementationProvider(models, { provideImplementation: find }),
		vscode.languages.registerTypeDefinitionProvider(models, { provideTypeDefinition: find }),
	);
}

function foldersOf(services: readonly ServiceWithCode[], path: string): readonly RoleFolder[] | undefined {
	return services.find(({ service: { definition, configurations } }) =>
		[definition, ...configurations].some(each => each?.path === path),
	)?.folders;
}

async function classesIn(folder: string, token: vscode.CancellationToken): Promise<vscode.Location[]> {
	const pattern = new vscode.RelativePattern(uriOf(folder), sources);
	const found = await vscode.workspace.findFiles(pattern, leftOut, mostFiles, token);
	const places: vscode.Location[] = [];
	for (const uri of found) {
		if (token.isCancellationRequested) {
			return [];
		}
		const text = await textOf(uri);
		for (const { span } of roleClassesIn(uri.path, text)) {
			places.push(locationOf(pathOf(uri), span, new LineMap(text)));
		}
	}
	return places;
}

/** An open text wins over the one on disk; a file that cannot be read has no class to go to. */
async function textOf(uri: vscode.Uri): Promise<string> {
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
	if (open) {
		return open.getText();
	}
	return vscode.workspace.fs.readFile(uri).then(decode, () => '');
}
