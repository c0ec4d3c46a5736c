import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeText } from '../../src/node/serviceFiles';
import { planRole } from '../../src/scaffold/addRole';
import { planDuplicateRole } from '../../src/scaffold/duplicateRole';
import { planPart } from '../../src/scaffold/part';
import { parts } from '../../src/scaffold/parts';
import { planRemoveRole } from '../../src/scaffold/removeRole';
import { corpus, corpusFiles } from '../support/corpus';
import { Folder } from './folder';

/** The files of each service of the corpus that lies in one folder with one definition. */
export function corpusServices(): readonly (readonly string[])[] {
	const folders = new Map<string, string[]>();
	for (const file of corpusFiles()) {
		folders.set(path.dirname(file), [...(folders.get(path.dirname(file)) ?? []), file]);
	}
	return [...folders.values()].filter(files => files.filter(isDefinition).length === 1);
}

/**
 * Does everything that a scaffold can do to a real service, each to the files as they are: no bug is thrown, no error is
 * new, and all that was written stays, line ends included. Answers how often something was done.
 */
export function scaffoldEverything(files: readonly string[]): number {
	const texts = Object.fromEntries(
		files.map(file => [
			isDefinition(file) ? 'ServiceDefinition.csdef' : path.basename(file),
			decodeText(readFileSync(path.join(corpus ?? '', file))),
		]),
	);
	const before = new Folder().with(texts);
	const roles = before.service().definition?.roles.flatMap(role => role.name?.text || []) ?? [];
	const errors = before.problems(['error']).map(withoutNames);
	let done = 0;
	for (const action of actions(roles.slice(0, 3))) {
		const folder = new Folder().with(texts);
		try {
			action.does(folder);
		} catch (error) {
			assert.equal(error instanceof Error && error.name, 'Failure', `${files[0]} ${action.what}: ${error}`);
			continue;
		}
		done++;
		assert.deepEqual(newErrors(errors, folder, action), [], `${files[0]} ${action.what}`);
		for (const [name, text] of Object.entries(action.removes ? {} : texts)) {
			keepsText(text, folder.named(name), `${files[0]} ${action.what} ${name}`);
		}
	}
	return done;
}

interface Action {
	readonly what: string;
	readonly does: (folder: Folder) => void;
	readonly removes?: boolean;
	/** The second of two roles has the errors of the first. */
	readonly repeats?: boolean;
}

function actions(roles: readonly string[]): readonly Action[] {
	const added = roles.flatMap(role =>
		Object.values(parts).map((part): Action => {
			const answers: Record<string, string> = part.what === 'import' ? { name: 'RemoteAccess' } : {};
			const plan = (folder: Folder) => planPart(part, folder.service(), role, answers, folder.surroundings());
			return { what: `${part.what} of ${role}`, does: folder => folder.apply(plan(folder)) };
		}),
	);
	const changed = roles.flatMap((role): readonly Action[] => [
		{
			what: `without ${role}`,
			does: folder => folder.apply(planRemoveRole(folder.service(), role, folder.surroundings())),
			removes: true,
		},
		{
			what: `${role} twice`,
			does: folder => folder.apply(planDuplicateRole(folder.service(), role, 'BrandNew', folder.surroundings())),
			repeats: true,
		},
	]);
	const kinds = [
		{ kind: 'worker', language: 'javascript' },
		{ kind: 'web', site: 'node' },
	] as const;
	const made = kinds.map((kind): Action => {
		const plan = (folder: Folder) => planRole(folder.service(), { ...kind, name: 'BrandNew' }, folder.surroundings());
		return { what: `new ${kind.kind} role`, does: folder => folder.apply(plan(folder)) };
	});
	return [...added, ...changed, ...made];
}

function newErrors(before: readonly string[], folder: Folder, { repeats }: Action): readonly string[] {
	const left = [...before];
	return folder.problems(['error']).filter(problem => {
		const known = left.indexOf(withoutNames(problem));
		if (known >= 0 && !repeats) {
			left.splice(known, 1);
		}
		return known < 0;
	});
}

function withoutNames(problem: string): string {
	return problem.replace(/'[^']*'/g, "'…'");
}

function keepsText(before: string, after: string, where: string): void {
	let kept = 0;
	for (let at = 0; at < after.length && kept < before.length; at++) {
		kept += after[at] === before[kept] ? 1 : 0;
	}
	assert.equal(kept, before.length, `${where} lost text`);
	if (/\r\n/.test(before) && !/[^\r]\n/.test(before)) {
		assert.doesNotMatch(after, /[^\r]\n/, `${where} has other line ends`);
	}
}

function isDefinition(file: string): boolean {
	return /\.csdef$/i.test(file);
}
