import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RoleModule } from '../../../types/rolewright-role';
import { Failure } from '../../base/failure';

const parts = ['onStart', 'run', 'onStop'] as const;

/**
 * Loads the role's module, CommonJS or ECMAScript, as `node` would load the same file. Throws a `Failure` when it is not
 * there or is no role; what its own code throws comes through as it is.
 */
export async function loadRole(approot: string, module: string): Promise<RoleModule> {
	const file = modulePath(approot, module);
	const loaded = isCommonJs(file) ? createRequire(file)(file) : await import(pathToFileURL(file).href);
	const exported = [loaded, loaded?.default, loaded?.default?.default].find(isRole);
	if (!exported) {
		throw new Failure(noRole(module, loaded));
	}
	const wrong = parts.find(part => part in exported && typeof exported[part] !== 'function');
	if (wrong) {
		throw new Failure(`The module '${module}' exports '${wrong}', but not as a function; make it one.`);
	}
	return exported;
}

/** The file of the module; never outside approot, neither by its name nor by a link. */
function modulePath(approot: string, module: string): string {
	const root = realpathSync(approot);
	const wanted = path.resolve(root, module);
	if (!isInside(root, wanted)) {
		throw new Failure(`The module '${module}' lies outside the role's folder; name a file inside it.`);
	}
	let file: string;
	try {
		file = createRequire(path.join(root, 'role.js')).resolve(wanted);
	} catch {
		throw new Failure(
			`The role's folder has no module '${module}'; build the role, or correct the name of its entry point.`,
		);
	}
	if (!isInside(root, realpathSync(file))) {
		throw new Failure(`The module '${module}' is a link out of the role's folder; put the file itself there.`);
	}
	return file;
}

function isInside(folder: string, file: string): boolean {
	const relative = path.relative(folder, file);
	return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Node's rule: the extension decides, and for `.js` the `type` of the nearest package.json. */
function isCommonJs(file: string): boolean {
	const extension = path.extname(file);
	if (extension !== '.js') {
		return extension !== '.mjs';
	}
	for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
		const manifest = path.join(folder, 'package.json');
		if (existsSync(manifest)) {
			return JSON.parse(readFileSync(manifest, 'utf8')).type !== 'module';
		}
		if (folder === path.dirname(folder)) {
			return true;
		}
	}
}

function isRole(value: unknown): value is RoleModule {
	return (
		((typeof value === 'object' && value !== null) || typeof value === 'function') && parts.some(part => part in value)
	);
}

function noRole(module: string, loaded: unknown): string {
	const names = typeof loaded === 'object' && loaded !== null ? Object.keys(loaded) : [];
	const near = parts.find(part => names.some(name => name.toLowerCase() === part.toLowerCase()));
	return near
		? `The module '${module}' exports '${names.find(name => name.toLowerCase() === near.toLowerCase())}'; the name must be '${near}'.`
		: `The module '${module}' is no role: export at least one of the functions 'onStart', 'run' and 'onStop'.`;
}
