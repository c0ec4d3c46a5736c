import { constants, type Dirent } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Failure, textOfError } from '../../base/failure';
import type { DiskRequest, Disks } from '../../lifecycle/disks/worldDisks';
import { diskContents } from './diskContents';

/** Files that must not stand beside a role: our own assemblies take their place (running-dotnet-roles.md 3.3). */
const facades = [
	'Microsoft.WindowsAzure.ServiceRuntime.dll',
	'Microsoft.WindowsAzure.Diagnostics.dll',
	'Microsoft.WindowsAzure.Configuration.dll',
];
const sdkFiles = new Set([...facades, 'msshrtmi.dll'].map(name => name.toLowerCase()));

/** Folders of a role's source that no role needs to run. */
const notCode = new Set(['.git', '.vs', '.svn']);

/**
 * The disks of the instances, below one state folder. Whatever a request or a role's own code says, nothing outside an
 * instance's folder is written or removed: names are checked, and a link that stands in for a folder is taken away.
 */
export function instanceDisks(stateFolder: string, facadeFolder?: string): Disks {
	const roots = new Map<string, string>();
	/** Wall time at which the approot of an instance's folder was last a fresh copy of its code. */
	const stagedAt = new Map<string, number>();
	/** Beside the folders of the instances, whose names end in a number; what an earlier run left there goes first. */
	const packages = path.join(stateFolder, 'packages');
	let stages = 0;
	return {
		stage: async (role, code) => {
			const first = stages === 0;
			const folder = path.join(packages, String(++stages));
			const target = path.join(folder, role);
			mustBeInside(folder, target);
			await toFailure(`The code of role '${role}' cannot be copied`, async () => {
				await mkdir(stateFolder, { recursive: true });
				await (first ? removeTree(packages) : undefined);
				await stage(code, target, { stateFolder, facadeFolder });
			});
			return target;
		},
		unstage: async folder => {
			mustBeInside(packages, folder);
			await toFailure('A copy of code that is not needed any more cannot be removed', () =>
				removeTree(path.dirname(folder)),
			);
		},
		prepare: async request => {
			const { root } = request.folders;
			mustBeInside(stateFolder, root);
			roots.set(request.instance, root);
			const stagedBefore = stagedAt.get(root);
			const contents = stagedBefore === undefined ? undefined : await diskContents(request, stagedBefore);
			await toFailure(`The folder of ${request.instance} cannot be prepared`, () =>
				prepare(request, { stateFolder, facadeFolder }),
			);
			if (request.effects.application === 'rebuilt') {
				stagedAt.set(root, Date.now());
			}
			return contents;
		},
		remove: async instance => {
			const root = roots.get(instance);
			if (root !== undefined) {
				await toFailure(`The folder of ${instance} cannot be removed`, () => removeTree(root));
				roots.delete(instance);
				stagedAt.delete(root);
			}
		},
	};
}

interface Staging {
	readonly stateFolder: string;
	/** Where our assemblies are that take the place of the SDK's. */
	readonly facadeFolder: string | undefined;
}

async function prepare(request: DiskRequest, staging: Staging): Promise<void> {
	const { folders, code, sites = [], effects, localResources } = request;
	await mkdir(staging.stateFolder, { recursive: true });
	await ownFolder(folders.root);
	const local = [folders.resources, folders.temp, folders.logs];
	const disks: readonly [readonly string[], 'kept' | 'rebuilt'][] = [
		[local, effects.local],
		[[folders.windows], effects.windows],
		[[folders.approot, ...sites.map(site => site.to)], effects.application],
	];
	for (const [places, effect] of disks) {
		for (const place of places) {
			mustBeInside(folders.root, place);
			if (effect === 'rebuilt') {
				await removeTree(place);
			}
			await ownFolder(place);
		}
	}
	if (effects.application === 'rebuilt') {
		await stage(code, folders.approot, staging);
		for (const { from, to } of sites) {
			await stage(from, to, staging);
		}
	}
	for (const { path: place, effect } of localResources) {
		mustBeInside(folders.resources, place);
		if (effect === 'emptied') {
			await removeTree(place);
		}
		await ownFolder(place);
	}
}

/**
 * Copies the code of a role. Files are cloned where the file system can (copy on write); a hard link would let the role
 * write into the user's build. A link inside the code is kept as a link, one that leads out of it leads there still.
 */
async function stage(code: string, approot: string, { stateFolder, facadeFolder }: Staging): Promise<void> {
	const from = await realpath(code).catch(() => {
		throw new Failure(`There is no folder '${code}' with the role's code; build the role, then start it again.`);
	});
	const state = await realpath(stateFolder);
	const copy = async (source: string, target: string): Promise<void> => {
		await mkdir(target, { recursive: true });
		const entries = await readdir(source, { withFileTypes: true });
		// .NET starts no program that lacks a file which its list of assemblies names.
		const isProgram = entries.some(({ name }) => /\.runtimeconfig\.json$/i.test(name));
		for (const entry of entries) {
			const file = path.join(source, entry.name);
			const copied = path.join(target, entry.name);
			if (entry.isDirectory()) {
				// The state folder may lie inside the role's folder; a copy of itself would never end.
				if (!notCode.has(entry.name) && file !== state) {
					await copy(file, copied);
				}
			} else if (entry.isSymbolicLink()) {
				await copyLink(file, copied, from);
			} else if (isCode(entry)) {
				await copyFile(file, copied, constants.COPYFILE_FICLONE);
			} else if (isProgram && entry.isFile()) {
				await copyFacade(entry.name, copied, facadeFolder);
			}
		}
	};
	await copy(from, approot);
}

async function copyFacade(name: string, copied: string, folder: string | undefined): Promise<void> {
	const facade = facades.find(each => each.toLowerCase() === name.toLowerCase());
	if (folder !== undefined && facade !== undefined) {
		await copyFile(path.join(folder, facade), copied).catch(() => {});
	}
}

function isCode(entry: Dirent): boolean {
	return entry.isFile() && !sdkFiles.has(entry.name.toLowerCase());
}

async function copyLink(link: string, copied: string, code: string): Promise<void> {
	const target = await realpath(link).catch(() => undefined);
	if (target === undefined) {
		return;
	}
	const written = await readlink(link);
	const isFolder = (await lstat(target)).isDirectory();
	const keeps = isInside(code, target) && !path.isAbsolute(written);
	if (process.platform === 'win32' && !isFolder) {
		await copyFile(target, copied);
		return;
	}
	await symlink(keeps ? written : target, copied, isFolder ? 'junction' : 'file');
}

/** Makes a folder that is really there: no link to another place, no file. */
async function ownFolder(folder: string): Promise<void> {
	const found = await lstat(trimmed(folder)).catch(() => undefined);
	if (found && !found.isDirectory()) {
		await rm(trimmed(folder), { force: true });
	}
	await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Removes a folder, or a link in its place without following it. On Windows an ended process may hold files a moment longer. */
async function removeTree(folder: string): Promise<void> {
	await rm(trimmed(folder), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** With a separator at its end a path would name what a link leads to. */
function trimmed(folder: string): string {
	return folder.replace(/[\\/]+$/, '');
}

function mustBeInside(folder: string, place: string): void {
	if (!isInside(folder, place)) {
		throw new Failure(`The folder '${place}' lies outside '${folder}'; correct the name that leads there.`);
	}
}

function isInside(folder: string, place: string): boolean {
	const relative = path.relative(folder, place);
	return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

async function toFailure(what: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (error instanceof Failure) {
			throw error;
		}
		const reason = textOfError(error);
		throw new Failure(`${what}: ${reason}. Close what uses the files there, or choose another state folder.`);
	}
}
