import { LineMap } from '../base/lines';
import type { CloudProject } from '../model/cloudProject';
import { folderOf, isBelow } from '../model/paths';
import type { Service } from '../model/service';
import { type CodeIgnore, ignoresIn } from './ignore';
import { codeExtensions, languageOf } from './languages';
import type { CodeNames } from './meaning';
import { type RoleFolder, roleFolders } from './ownership';
import { appSettingsIn } from './problems';
import { type CodeUse, usesIn } from './uses';

/** The extensions of the files that tell something of role code: sources, settings of applications, projects. */
export const fileExtensions: readonly string[] = [
	...codeExtensions,
	'config',
	...['csproj', 'vbproj', 'fsproj', 'njsproj', 'jsproj', 'pyproj', 'phpproj'],
];

/** What a source file names, and the lines that its offsets count in. */
interface CodeFile {
	readonly uses: readonly CodeUse[];
	readonly ignores: readonly CodeIgnore[];
	readonly lines: LineMap;
}

/** The source files of a workspace as far as they name something of a service, and what tells whose code they are. */
export class CodeFiles {
	private readonly found = new Map<string, CodeFile>();
	private readonly appSettings = new Map<string, readonly string[]>();
	private readonly projects = new Set<string>();
	/** What each `rolewright.json` says of the folders of roles, by its own folder. */
	private readonly said = new Map<string, ReadonlyMap<string, string>>();

	clear(): void {
		for (const known of this.all()) {
			known.clear();
		}
	}

	/** The names in all files, by path. */
	names(): CodeNames {
		return new Map([...this.found].map(([path, { uses }]) => [path, uses]));
	}

	/** The comments of a file that silence problems. */
	ignoresOf(path: string): readonly CodeIgnore[] {
		return this.found.get(path)?.ignores ?? [];
	}

	linesOf(path: string): LineMap | undefined {
		return this.found.get(path)?.lines;
	}

	/** The keys that the applications' own configuration files give a value. */
	appSettingKeys(): ReadonlySet<string> {
		return new Set([...this.appSettings.values()].flat());
	}

	/** Where the code of each role of a service is. */
	foldersOf(service: Service, own: CloudProject | undefined): readonly RoleFolder[] {
		const said = service.definition && this.said.get(folderOf(service.definition.path));
		return roleFolders(service, own, [...this.projects], said);
	}

	/** A source or a file of settings as it is now; only what names something is kept. */
	take(path: string, text: string): void {
		if (!languageOf(path)) {
			this.appSettings.set(path, appSettingsIn(text));
			return;
		}
		const uses = usesIn(path, text);
		if (uses.length > 0) {
			this.found.set(path, { uses, ignores: ignoresIn(path, text), lines: new LineMap(text) });
		} else {
			this.found.delete(path);
		}
	}

	takeProject(path: string): void {
		this.projects.add(path);
	}

	/** `folders`: by role, what the `rolewright.json` of this folder says. */
	takeSaid(folder: string, folders: ReadonlyMap<string, string>): void {
		this.said.set(folder, folders);
	}

	/** A file went, or a folder with all that was in it. */
	forget(gone: string): void {
		if (gone.endsWith('rolewright.json')) {
			this.said.delete(folderOf(gone));
		}
		for (const known of this.all()) {
			for (const path of [...known.keys()]) {
				if (isBelow(gone, path)) {
					known.delete(path);
				}
			}
		}
	}

	private all(): readonly (Map<string, unknown> | Set<string>)[] {
		return [this.found, this.appSettings, this.projects, this.said];
	}
}
