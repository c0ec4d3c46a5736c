import { XMLParser } from 'fast-xml-parser';
import { joinPath } from './paths';

/** A cloud service project of Visual Studio (`.ccproj`), as far as it says what belongs together. Paths are absolute, unchecked. */
export interface CloudProject {
	readonly path: string;
	readonly definitions: readonly string[];
	readonly configurations: readonly string[];
	readonly roles: readonly { readonly name: string; readonly project: string }[];
}

/** Reads a project file, which a tool wrote and which is therefore well-formed; one that is not names nothing. */
export function readCloudProject(path: string, text: string): CloudProject {
	const items = itemGroups(text);
	const included = (item: string) =>
		items.flatMap(group => entries(group[item])).flatMap(entry => resolved(path, entry));
	return {
		path,
		definitions: included('ServiceDefinition'),
		configurations: included('ServiceConfiguration'),
		roles: items.flatMap(group => entries(group.ProjectReference)).flatMap(entry => role(path, entry)),
	};
}

type Entry = Readonly<Record<string, unknown>>;

function itemGroups(text: string): readonly Entry[] {
	// A number or a truth value in a name stays the text it was, hence no parsing of values.
	const parser = new XMLParser({
		ignoreAttributes: false,
		attributeNamePrefix: '@',
		parseTagValue: false,
		processEntities: true,
		removeNSPrefix: true,
	});
	try {
		const document: unknown = parser.parse(text.replace(/^\uFEFF/, ''));
		const project = isEntry(document) ? document.Project : undefined;
		return isEntry(project) ? entries(project.ItemGroup) : [];
	} catch {
		return [];
	}
}

function entries(value: unknown): readonly Entry[] {
	return (Array.isArray(value) ? value : [value]).filter(isEntry);
}

function isEntry(value: unknown): value is Entry {
	return typeof value === 'object' && value !== null;
}

function resolved(project: string, entry: Entry): readonly string[] {
	const include = entry['@Include'];
	// A property such as $(Configuration) has a value only during a build.
	return typeof include === 'string' && include !== '' && !include.includes('$(') ? [joinPath(project, include)] : [];
}

function role(project: string, entry: Entry): readonly { name: string; project: string }[] {
	return resolved(project, entry).flatMap(path => {
		const name = entry.RoleName ?? entry.Name;
		return typeof name === 'string' && name !== '' ? [{ name, project: path }] : [];
	});
}
