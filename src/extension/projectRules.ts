import path from 'node:path';
import * as vscode from 'vscode';
import type { DiagnoseOptions } from '../language/diagnostics';
import { folderOf } from '../model/paths';
import { findOnDisk, readText } from '../node/serviceFiles';
import { hasDeploymentTemplate, nearby } from '../runner/nearby';
import { emptyRolewrightFile, type RolewrightFile, readRolewrightFile } from '../runner/rolewrightFile';
import { pathOf, uriOf } from './editorText';
import type { InService } from './serviceIndex';
import type { Settings } from './settings';

/** What the folder of a service says to the rules. */
interface FolderRules {
	readonly settings: RolewrightFile;
	readonly hasDeploymentTemplate: boolean;
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
		private readonly log: vscode.LogOutputChannel,
	) {
		const files = vscode.workspace.createFileSystemWatcher('**/*.json');
		const forget = (uri: vscode.Uri) => {
			if (this.folders.delete(path.dirname(pathOf(uri)))) {
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
			nearby,
		};
	}

	private rulesIn(folder: string): FolderRules {
		const known = this.folders.get(folder) ?? {
			settings: this.fileIn(folder),
			hasDeploymentTemplate: hasDeploymentTemplate(folder),
		};
		this.folders.set(folder, known);
		return known;
	}

	/** A half-written file is normal while it is written, and its own schema says what is wrong there. */
	private fileIn(folder: string): RolewrightFile {
		const file = path.join(folder, 'rolewright.json');
		try {
			return findOnDisk(file)?.kind === 'file' ? readRolewrightFile(file, readText(file)) : emptyRolewrightFile;
		} catch (error) {
			this.log.warn(error instanceof Error ? error.message : String(error));
			return emptyRolewrightFile;
		}
	}
}
