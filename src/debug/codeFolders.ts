import { instanceFolders } from '../lifecycle/actor/environment';
import { readAddress } from '../lifecycle/slots';
import { planAt } from './debuggedInstances';
import type { DebuggedRun } from './debugWorld';

/** The folder of a role's code, and the copy of it that an instance runs. */
export interface CodeFolders {
	readonly original: string;
	readonly copy: string;
}

/** `undefined` where the role has no code here. */
export function codeFoldersOf(run: DebuggedRun, address: string, role: string | undefined): CodeFolders | undefined {
	const plan = planAt(run, address);
	const original = plan.roles.find(({ name }) => name === role)?.code;
	const copy = instanceFolders(plan, readAddress(address).name).approot;
	return original === undefined ? undefined : { original, copy };
}

/** The file that a copy was made of: the one that a person has open, and mends. */
export function originalOf(file: string, code: CodeFolders | undefined): string {
	const below = code && file.startsWith(code.copy) ? file.slice(code.copy.length) : '';
	return code && /^[\\/]/.test(below) ? code.original + below : file;
}
