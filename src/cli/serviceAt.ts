import { statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../base/failure';
import type { Service } from '../model/service';
import { filesBelow, filesIn, findOnDisk } from '../node/serviceFiles';
import { codeOnDisk, textOnDisk } from '../runner/codeOnDisk';
import { openService } from '../runner/openService';
import type { Surroundings } from '../scaffold/surroundings';
import { editorFolder } from './editorFolder';

/** A service that is to be changed, with what lies around it. */
export interface ServiceAt {
	readonly service: Service;
	readonly surroundings: Surroundings;
}

/** The service of a folder or of a file that is named itself. Throws a `Failure`. */
export function serviceAt(place: string, wantsEditorFiles: boolean): ServiceAt {
	const { definition, configurations, cloudProject } = openService(definitionAt(place));
	return {
		service: { definition, configurations },
		surroundings: {
			text: textOnDisk,
			isFolder: folder => findOnDisk(folder)?.kind === 'folder',
			cloudProjects: cloudProject ? [cloudProject.path] : [],
			codeOf: role => codeOnDisk(role, definition.path, cloudProject),
			...(wantsEditorFiles && { editorFolder: editorFolder(path.dirname(definition.path)) }),
		},
	};
}

/** Among several definitions of a folder it is the one with the usual name. */
function definitionAt(place: string): string {
	if (statSync(place, { throwIfNoEntry: false })?.isFile()) {
		return place;
	}
	const here = filesIn(place).filter(file => /\.csdef$/i.test(file) && !/\.build\.csdef$/i.test(file));
	const usual = here.find(file => path.basename(file).toLowerCase() === 'servicedefinition.csdef');
	if (here.length > 1 && !usual) {
		throw new Failure(`There are several service definitions in '${place}'; name one of them with --service.`);
	}
	if (here.length === 0 && filesBelow(place, /\.csdef$/i).length === 0) {
		throw new Failure(
			`There is no service definition in '${place}'; make one with 'rolewright new service NAME', or name its folder with --service.`,
		);
	}
	return usual ?? here[0] ?? place;
}
