import * as vscode from 'vscode';
import { textOfError } from '../../base/failure';
import { coalesce } from '../coalesce';
import { uriOf } from '../workspace/editorText';
import { decode } from '../workspace/workspaceFiles';

/** What we use of the API that VS Code's own git extension offers to others, version 1. */
interface GitExtension {
	readonly enabled: boolean;
	readonly onDidChangeEnablement: vscode.Event<boolean>;
	getAPI(version: 1): GitApi;
}

interface GitApi {
	readonly repositories: readonly Repository[];
	readonly onDidOpenRepository: vscode.Event<Repository>;
	readonly onDidCloseRepository: vscode.Event<Repository>;
	getRepository(uri: vscode.Uri): Repository | null;
}

interface Repository {
	readonly state: { readonly HEAD: { readonly commit?: string } | undefined; readonly onDidChange: vscode.Event<void> };
	buffer(reference: string, path: string): Promise<Uint8Array>;
}

/** The texts of files as the last commit has them, by VS Code's git extension; nothing where that is off or not there. */
export class HeadTexts implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly soon = coalesce<'commit'>(100, () => this.changed.fire());
	private readonly disposables: vscode.Disposable[] = [this.changed, this.soon];
	/** The text of each file at the commit that was asked for last. */
	private readonly known = new Map<string, { readonly commit: string; readonly text: Promise<string | undefined> }>();
	private extension: Promise<GitExtension | undefined> | undefined;
	private api: GitApi | undefined;

	/** A repository came or went, or has another commit now. */
	readonly onDidChange = this.changed.event;

	constructor(private readonly log: vscode.LogOutputChannel) {}

	dispose(): void {
		vscode.Disposable.from(...this.disposables).dispose();
	}

	/** `undefined` where the file is in no repository, or there is no commit yet. */
	async commitOf(path: string): Promise<string | undefined> {
		return (await this.repositoryOf(path))?.state.HEAD?.commit;
	}

	/** `undefined` where the commit does not have the file. */
	async textAt(path: string, commit: string): Promise<string | undefined> {
		const known = this.known.get(path);
		if (known?.commit === commit) {
			return known.text;
		}
		const repository = await this.repositoryOf(path);
		const text = repository?.buffer(commit, uriOf(path).fsPath).then(decode, () => undefined);
		if (text) {
			this.known.set(path, { commit, text });
		}
		return text;
	}

	private async repositoryOf(path: string): Promise<Repository | undefined> {
		this.extension ??= this.connect();
		const git = await this.extension;
		if (git?.enabled && !this.api) {
			this.api = git.getAPI(1);
			this.follow(this.api);
		}
		return (git?.enabled && this.api?.getRepository(uriOf(path))) || undefined;
	}

	/** It may be turned off, and on again. */
	private async connect(): Promise<GitExtension | undefined> {
		try {
			const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
			if (git) {
				this.disposables.push(
					git.onDidChangeEnablement(() => {
						this.api = undefined;
						this.soon.add('commit');
					}),
				);
			}
			return git;
		} catch (error) {
			this.log.info(`The git extension does not answer: ${textOfError(error)}`);
			return undefined;
		}
	}

	private follow(api: GitApi): void {
		const changed = () => this.soon.add('commit');
		const watch = ({ state }: Repository) => this.disposables.push(state.onDidChange(changed));
		api.repositories.forEach(watch);
		this.disposables.push(
			api.onDidOpenRepository(repository => {
				watch(repository);
				changed();
			}),
			api.onDidCloseRepository(changed),
		);
	}
}
