import path from 'node:path';
import type { RolePlace } from '../lifecycle/plan/rolePlace';
import type { SiteApplication, SitePlan } from '../lifecycle/siteHost';
import type { RoleDefinition, Site, SitePart } from '../model/definition';
import { filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { isDotnetProject } from './roleCode';
import type { RoleSettings } from './roleSettings';
import { siteKindOf } from './siteKind';

export interface SitesRequest {
	readonly role: RoleDefinition;
	/** The path of the service definition: folders are relative to it (csdef.md 11). */
	readonly definition: string;
	readonly settings: RoleSettings | undefined;
	/** The role's project, where it has one: its folder means what it makes. */
	readonly project: string | undefined;
	/** Where the role's own code is: its project's output. */
	readonly code: string;
	/** Builds the project of a site that is not the role's; gives the folder of its output, or a sentence. */
	readonly build: (project: string) => Promise<{ readonly folder: string } | { readonly problem: string }>;
	/** What keeps a site from being served, in a sentence. */
	readonly note: (text: string) => void;
}

/** The sites of a web role, with what answers in each and the folders that are to be copied beside the role's code. */
export type PreparedSites = Pick<RolePlace, 'sites' | 'siteFolders'>;

/** The folder of the role's own site, where nothing else says where the role's code is. */
export function siteFolderOf(role: RoleDefinition, definition: string): string | undefined {
	const folders = role.sites.flatMap(site => site.physicalDirectory ?? []);
	return folders.map(folder => folderAt(definition, folder)).find(folder => folder !== undefined);
}

/** Looks at the sites of a web role. One whose folder is nowhere is left out, and that is said. */
export async function prepareSites(place: RolePlace, request: SitesRequest): Promise<PreparedSites> {
	const { role } = request;
	if (role.kind !== 'WebRole') {
		return {};
	}
	const folders = new SiteFolders(place);
	const sites: SitePlan[] = [];
	for (const site of sitesOf(role)) {
		const planned = await planSite(site, place, folders, request);
		if (planned) {
			sites.push(planned);
		}
	}
	return {
		...(sites.length > 0 && { sites }),
		...(folders.outside.length > 0 && { siteFolders: folders.outside }),
	};
}

type DeclaredSite = Pick<Site, 'physicalDirectory' | 'parts'> & Pick<SitePlan, 'name' | 'bindings'>;

/** A web role without any is the one site of its HTTP endpoints, as in the first SDKs (csdef.md 4.2). */
function sitesOf(role: RoleDefinition): readonly DeclaredSite[] {
	if (role.sites.length > 0) {
		return role.sites.map(({ name, physicalDirectory, bindings, parts }) => ({
			name: name?.text ?? 'Web',
			physicalDirectory,
			parts,
			bindings: bindings.map(({ endpointName, hostHeader }) => ({
				endpoint: endpointName.text,
				...(hostHeader && { hostHeader }),
			})),
		}));
	}
	const bindings = role.endpoints
		.filter(({ kind, protocol }) => kind === 'input' && (protocol === 'http' || protocol === 'https'))
		.flatMap(({ name }) => (name ? [{ endpoint: name.text }] : []));
	return bindings.length === 0 ? [] : [{ name: 'Web', physicalDirectory: undefined, parts: [], bindings }];
}

async function planSite(
	site: DeclaredSite,
	place: RolePlace,
	folders: SiteFolders,
	request: SitesRequest,
): Promise<SitePlan | undefined> {
	const { name, bindings } = site;
	const root = await folderOf(site.physicalDirectory, name, request, place.code);
	if (root === undefined) {
		return undefined;
	}
	const command = commandOf(request.settings, name);
	const applications: SiteApplication[] = [
		{ path: '/', folder: folders.add(root), serves: siteKindOf(root, command), directories: [] },
	];
	await addParts(site.parts, '', 0, { name, root, applications, folders, request });
	return { name, bindings, applications };
}

interface Adding {
	readonly name: string;
	/** The folder of the part that holds these. */
	readonly root: string;
	readonly applications: SiteApplication[];
	readonly folders: SiteFolders;
	readonly request: SitesRequest;
}

/** Virtual directories belong to the application around them (`owner`, by its place); applications stand by themselves. */
async function addParts(parts: readonly SitePart[], above: string, owner: number, adding: Adding): Promise<void> {
	const { name, root, applications, folders, request } = adding;
	for (const part of parts) {
		const mount = `${above}/${part.name?.text ?? ''}`;
		const inside = path.join(root, part.name?.text ?? '');
		const folder = part.name && (await folderOf(part.physicalDirectory, name + mount, request, inside));
		if (folder === undefined) {
			continue;
		}
		let next = owner;
		const at = folders.add(folder);
		if (part.kind === 'application') {
			const serves = siteKindOf(folder, commandOf(request.settings, name + mount));
			next = applications.push({ path: mount, folder: at, serves, directories: [] }) - 1;
		} else {
			const around = applications[owner];
			if (around) {
				applications[owner] = { ...around, directories: [...around.directories, { path: mount, folder: at }] };
			}
		}
		await addParts(part.parts, mount, next, { ...adding, root: folder });
	}
}

/** Where the files are: what the definition says, built where it is a project; `otherwise` where it says nothing. */
async function folderOf(
	said: string | undefined,
	name: string,
	{ definition, project, code, build, note }: SitesRequest,
	otherwise: string,
): Promise<string | undefined> {
	if (said === undefined) {
		if (findOnDisk(otherwise)?.kind === 'folder') {
			return otherwise;
		}
		note(`The site '${name}' is not served: give it a physicalDirectory in the service definition.`);
		return undefined;
	}
	const folder = folderAt(definition, said);
	if (folder === undefined) {
		note(`The site '${name}' is not served: its folder '${said}' is not there, seen from the service definition.`);
		return undefined;
	}
	if (project !== undefined && path.dirname(project) === folder) {
		return code;
	}
	const own = filesIn(folder).find(file => isDotnetProject(file) && isWebProject(file));
	if (own === undefined) {
		return folder;
	}
	const built = await build(own);
	if ('problem' in built) {
		note(`The site '${name}' is not served: ${built.problem}`);
		return undefined;
	}
	return built.folder;
}

function folderAt(definition: string, said: string): string | undefined {
	const found = findOnDisk(path.resolve(path.dirname(definition), said.replaceAll('\\', '/')));
	return found?.kind === 'folder' ? found.path.replace(/(?<=.)[\\/]+$/, '') : undefined;
}

/** A project of ASP.NET Core: what runs is what it makes, not its folder. */
function isWebProject(file: string): boolean {
	return /Sdk\s*=\s*["']Microsoft\.NET\.Sdk\.Web["'/]/i.test(readText(file));
}

/** One command line is that of every site's root; with names it is that of the site, or the application, of the name. */
function commandOf(settings: RoleSettings | undefined, name: string): string | undefined {
	const said = settings?.site;
	if (typeof said === 'string') {
		return name.includes('/') ? undefined : said;
	}
	return said !== undefined && Object.hasOwn(said, name) ? said[name] : undefined;
}

/** Folders in the role's code are named by their path in it, others by their place among the copies beside it. */
class SiteFolders {
	readonly outside: string[] = [];

	constructor(private readonly place: RolePlace) {}

	add(folder: string): string {
		const inCode = below(this.place.code, folder);
		if (inCode !== undefined) {
			return inCode;
		}
		for (const [index, other] of this.outside.entries()) {
			const inOther = below(other, folder);
			if (inOther !== undefined) {
				return inOther === '' ? `#${index}` : `#${index}/${inOther}`;
			}
		}
		return `#${this.outside.push(folder) - 1}`;
	}
}

/** The path below a folder, with slashes; undefined where it is not below. */
function below(folder: string, file: string): string | undefined {
	const relative = path.relative(folder, file);
	const isOutside = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
	return isOutside ? undefined : relative.split(path.sep).join('/');
}
