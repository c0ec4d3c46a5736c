import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Parts } from '../../src/extension/main';
import type { TreeNode } from '../../src/extension/tree/treeNodes';

/** The folder that is open: a copy of the sample service, made for this run. */
export function workspaceFolder(): vscode.Uri {
	const folder = vscode.workspace.workspaceFolders?.[0];
	assert.ok(folder, 'no folder is open');
	return folder.uri;
}

/** The extension itself; what VS Code has no question for is looked at in its parts. */
export async function parts(): Promise<Parts> {
	const found = await vscode.extensions.getExtension<Parts | undefined>('rolewright.rolewright')?.activate();
	assert.ok(found, 'the extension is not running as one under test');
	return found;
}

/** A text with one `|` where the cursor stands, without it and with its offset. */
export function marked(text: string): { readonly text: string; readonly offset: number } {
	const offset = text.indexOf('|');
	assert.ok(offset >= 0 && text.indexOf('|', offset + 1) < 0, `exactly one | is needed in: ${text}`);
	return { text: text.slice(0, offset) + text.slice(offset + 1), offset };
}

/** A service of these files in a folder of its own below the workspace, which is gone when the test ends. */
export async function withService<T>(
	files: Readonly<Record<string, string>>,
	work: (at: (file: string) => vscode.Uri) => Promise<T>,
): Promise<T> {
	// Every test file is a bundle of its own: a counter would give the same names, and VS Code remembers texts by name.
	const folder = vscode.Uri.joinPath(workspaceFolder(), `service-of-a-test-${randomUUID()}`);
	const at = (file: string) => vscode.Uri.joinPath(folder, ...file.split('/'));
	for (const [file, text] of Object.entries(files)) {
		await vscode.workspace.fs.writeFile(at(file), Buffer.from(text));
	}
	const paths = Object.keys(files)
		.filter(file => /\.cs(def|cfg)$/.test(file))
		.map(file => at(file).fsPath);
	const known = (await parts()).files;
	try {
		await eventually(known.onDidChange, () => paths.filter(each => known.textAt(each) === undefined), []);
		return await work(at);
	} finally {
		await closeEditors();
		await vscode.workspace.fs.delete(folder, { recursive: true });
	}
}

/** Opens a file and shows it; its text is put in place of the one on disk, as if it had been typed. */
export async function edit(uri: vscode.Uri, text?: string): Promise<vscode.TextEditor> {
	const editor = await vscode.window.showTextDocument(uri);
	if (text !== undefined) {
		const { document } = editor;
		const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
		assert.ok(await editor.edit(change => change.replace(all, text)));
	}
	return editor;
}

export async function closeEditors(): Promise<void> {
	while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	}
}

/** Waits until what is read is what is expected; looks again whenever `changed` fires. Says what it was at the end. */
export async function eventually<T>(
	changed: vscode.Event<unknown>,
	read: () => T,
	expected: T,
	milliseconds = 10_000,
): Promise<void> {
	const reached = () => JSON.stringify(read()) === JSON.stringify(expected);
	if (!reached()) {
		await new Promise<void>(resolve => {
			const end = () => {
				clearTimeout(timer);
				listening.dispose();
				resolve();
			};
			const listening = changed(() => reached() && end());
			const timer = setTimeout(end, milliseconds);
		});
	}
	assert.deepEqual(read(), expected);
}

/** The errors of a file as `line code`, in the order of the text; advice grows with every rule and is tested with the rules. */
export function errorsOf(uri: vscode.Uri): readonly string[] {
	return vscode.languages
		.getDiagnostics(uri)
		.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
		.sort((a, b) => a.range.start.compareTo(b.range.start))
		.map(({ range, code }) => `${range.start.line + 1} ${typeof code === 'object' ? code.value : code}`);
}

export function hasErrors(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
	return eventually(vscode.languages.onDidChangeDiagnostics, () => errorsOf(uri), expected);
}

/** A place as `file:line:column`, which count from 1. */
export function placeOf({ uri, range }: vscode.Location): string {
	return `${path.basename(uri.fsPath)}:${range.start.line + 1}:${range.start.character + 1}`;
}

/** The service as the view draws it: `label: description [context value]`, indented; of an instance no more than its state. */
export function drawn(tree: Parts['tree'], definition: string): readonly string[] {
	const draw = (node: TreeNode, indent: string): readonly string[] => {
		const { label, description, contextValue } = tree.getTreeItem(node);
		const below = tree.getChildren(node).flatMap(child => draw(child, `${indent}  `));
		const [state] = String(description).split(' · ');
		return [`${indent}${label}: ${state} [${contextValue}]`, ...below];
	};
	return tree
		.getChildren()
		.filter(node => node.definition === definition)
		.flatMap(node => draw(node, ''));
}

/** The sample service, as files for `withService`: a test that changes it gets one of its own. */
export async function filesOfSample(): Promise<Readonly<Record<string, string>>> {
	const found = await vscode.workspace.findFiles('**', '**/{bin,obj,service-of-a-test-*}/**');
	const folder = `${workspaceFolder().path}/`;
	const read = async (uri: vscode.Uri) =>
		[uri.path.slice(folder.length), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))] as const;
	return Object.fromEntries(await Promise.all(found.map(read)));
}

/** The titles of the quick fixes for the first error of a file, and a way to have one of them done. */
export async function quickFixes(uri: vscode.Uri): Promise<{ titles: string[]; apply(title: RegExp): Promise<void> }> {
	await vscode.window.showTextDocument(uri);
	const problem = vscode.languages
		.getDiagnostics(uri)
		.find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
	const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
		'vscode.executeCodeActionProvider',
		uri,
		problem?.range,
	);
	const titles = actions.map(({ title }) => title);
	return {
		titles,
		async apply(title) {
			const edit = actions.find(action => title.test(action.title))?.edit;
			assert.ok(edit && (await vscode.workspace.applyEdit(edit)), `offered: ${titles.join(', ')}`);
		},
	};
}

/** The labels of what is proposed at a place. */
export async function proposals(document: vscode.TextDocument, offset: number): Promise<readonly string[]> {
	const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
		'vscode.executeCompletionItemProvider',
		document.uri,
		document.positionAt(offset),
	);
	return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

const clerk = `exports.onStart = () => console.log('the shop opens');
exports.run = () => new Promise(() => setInterval(() => {}, 1000));
exports.onStop = () => console.log('the shop closes');
`;

/** A service that starts in no time: two instances of one role, in this JavaScript. */
export function shop(worker = clerk): Readonly<Record<string, string>> {
	return {
		'ServiceDefinition.csdef': `<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
	<WorkerRole name="Clerk">
		<Runtime>
			<EntryPoint>
				<ProgramEntryPoint commandLine="node clerk.js" setReadyOnProcessStart="true" />
			</EntryPoint>
		</Runtime>
	</WorkerRole>
</ServiceDefinition>
`,
		'ServiceConfiguration.Local.cscfg': `<ServiceConfiguration serviceName="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">
	<Role name="Clerk">
		<Instances count="2" />
	</Role>
</ServiceConfiguration>
`,
		'Clerk/clerk.js': worker,
	};
}
