import * as vscode from 'vscode';
import { type Impact, impactOf } from '../../compare/impact';
import { type ParsedFile, parseFile, serviceOf } from '../../language/documents';
import { type Format, formatOf } from '../../schema/catalog';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import type { HeadTexts } from './headTexts';

/** What the texts of this moment are compared with: the last commit, or what was saved. */
export type Against = 'HEAD' | 'disk';

/** Compares the services of the workspace with what they were, when somebody asks. */
export class ChangeImpact implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly listening: vscode.Disposable;
	private readonly before = new Map<string, ParsedFile>();

	/** What was said of any service may not hold any more. */
	readonly onDidChange = this.changed.event;

	constructor(
		private readonly index: ServiceIndex,
		private readonly files: WorkspaceFiles,
		private readonly head: HeadTexts,
	) {
		const fire = () => this.changed.fire();
		this.listening = vscode.Disposable.from(
			files.onDidChange(fire),
			head.onDidChange(fire),
			vscode.workspace.onDidSaveTextDocument(fire),
		);
	}

	dispose(): void {
		vscode.Disposable.from(this.changed, this.listening).dispose();
	}

	/** The impact of what changed in the service of this file; `undefined` where there is nothing to compare with. */
	async of(path: string, against: Against): Promise<Impact | undefined> {
		const paths = this.index.neighboursOf(path);
		const texts =
			against === 'HEAD' ? await this.textsAtHead(path, paths) : paths.map(each => this.files.savedTextAt(each));
		const before = paths.flatMap((each, place) => {
			const text = texts?.[place];
			const format = formatOf(each);
			return text === undefined || !format ? [] : [this.parsed(each, format, text)];
		});
		// The texts of now, after whatever was waited for.
		return before.length === 0 ? undefined : impactOf(serviceOf(before), this.index.modelOf(path));
	}

	/** True where a file of this service is not saved. */
	isEdited(path: string): boolean {
		return this.index.neighboursOf(path).some(each => {
			const saved = this.files.savedTextAt(each);
			return saved !== undefined && saved !== this.files.textAt(each)?.replace(/^\uFEFF/, '');
		});
	}

	/** What was before stays the same while somebody types. */
	private parsed(path: string, format: Format, text: string): ParsedFile {
		const known = this.before.get(path);
		const file = known?.document.text === text ? known : parseFile(path, format, text);
		this.before.set(path, file);
		return file;
	}

	private async textsAtHead(
		path: string,
		paths: readonly string[],
	): Promise<readonly (string | undefined)[] | undefined> {
		const commit = await this.head.commitOf(path);
		return commit === undefined ? undefined : Promise.all(paths.map(each => this.head.textAt(each, commit)));
	}
}
