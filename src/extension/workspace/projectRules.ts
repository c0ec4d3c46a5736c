import * as vscode from 'vscode';
import { textOfError } from '../../base/failure';
import type { DiagnoseOptions } from '../../language/diagnostics';
import { folderOf } from '../../model/paths';
import type { Nearby } from '../../model/rules/rule';
import type { Service } from '../../model/service';
import type { Severities } from '../../model/severities';
import { emptyRolewrightFile, type RolewrightFile } from '../../runner/rolewrightFile';
import { pathOf, uriOf } from './editorText';
import type { InService } from './serviceIndex';
import type { Settings } from './settings';

/** What the folder of a service says to the rules. */
export interface FolderRules {
	readonly settings: RolewrightFile;
	readonly hasDeploymentTemplate: boolean;
}

/** Reads what stands beside definitions: from the disk at once (`diskFolders.ts`), or from wherever a browser gets it. */
export interface FolderReader {
	/** What is known by now; `later` is called when something else is. Throws where a file is not as it should be. */
	read(folder: string, later: () => void): FolderRules;
	/** Absent where the rules cannot look at other files. */
	readonly nearby?: Nearby;
}

/**
 * What the rules have to know of a service besides its files: `rolewright.json` and the deployment template beside the
 * definition, and the setting for the platform. What the project's own file says goes before what an editor is set to, so
 * that everyone who opens it sees what the command line says.
 */
export class ProjectRules implements vscode.Disposable {
	private readonly folders = new Map<string, FolderRules>();
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly listening: vscode.Disposable;

	/** What was said before may not hold any more. */
	readonly onDidChange = this.changed.event;

	constructor(
		private readonly settings: Settings,
		private readonly reader: FolderReader,
		private readonly log: vscode.LogOutputChannel,
	) {
		const files = vscode.workspace.createFileSystemWatcher('**/*.json');
		const forget = (uri: vscode.Uri) => {
			if (this.folders.delete(folderOf(pathOf(uri)))) {
				this.changed.fire();
			}
		};
		this.listening = vscode.Disposable.from(
			this.changed,
			files,
			files.onDidCreate(forget),
			files.onDidChange(forget),
			files.onDidDelete(forget),
			settings.platform.onDidChange(() => this.changed.fire()),
		);
	}

	dispose(): void {
		this.listening.dispose();
	}

	of({ file, service }: InService): DiagnoseOptions {
		const main = service.definition?.path ?? file.path;
		const { settings, hasDeploymentTemplate } = this.rulesIn(folderOf(main));
		return {
			platform: settings.platform ?? this.settings.platform.get(uriOf(main)),
			hasDeploymentTemplate,
			severity: settings.severity,
			today: new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
			...(this.reader.nearby && { nearby: this.reader.nearby }),
		};
	}

	/** The name of the file of secrets beside the definition, where `rolewright.json` says one. */
	secretsFileOf({ file, service }: InService): string | undefined {
		return this.rulesIn(folderOf(service.definition?.path ?? file.path)).settings.secrets;
	}

	/** How severe the problems of the code of a service are to be. */
	severitiesOf({ definition }: Service): Severities {
		return definition ? this.rulesIn(folderOf(definition.path)).settings.severity : {};
	}

	private rulesIn(folder: string): FolderRules {
		const known = this.folders.get(folder) ?? this.read(folder);
		this.folders.set(folder, known);
		return known;
	}

	/** A half-written file is normal while it is written, and its own schema says what is wrong there. */
	private read(folder: string): FolderRules {
		try {
			return this.reader.read(folder, () => {
				this.folders.delete(folder);
				this.changed.fire();
			});
		} catch (error) {
			this.log.warn(textOfError(error));
			return { settings: emptyRolewrightFile, hasDeploymentTemplate: false };
		}
	}
}
