import { listed } from '../base/listed';
import { roleOf } from '../lifecycle/domains';
import { fileOf } from '../model/paths';
import { type Change, type ChangeEffect, effects } from './change';
import type { CourseStep } from './course';
import type { Impact } from './impact';

/** "3 changes: 1 restarts FrontDesk, 2 apply in place". */
export function summaryOf(changes: readonly Change[]): string {
	const { length } = changes;
	return length === 0 ? 'no changes' : `${length} change${length === 1 ? '' : 's'}: ${effectsOf(changes)}`;
}

/** "1 restarts FrontDesk, 2 apply in place"; the gravest first. One change alone needs no number. */
export function effectsOf(changes: readonly Change[]): string {
	const parts = [...effects].reverse().flatMap(effect => {
		const found = changes.filter(change => change.effect === effect);
		const number = changes.length === 1 ? '' : `${found.length} `;
		return found.length === 0 ? [] : [`${number}${effectWords(effect, found)}`];
	});
	return parts.join(', ');
}

/** What a person reads of one change: the change, what it does, why, and what happens to whom. */
export function linesOf(change: Change): readonly string[] {
	const { what, role, why, locally, loses, ifCancelled, course } = change;
	return [
		`${role === undefined ? '' : `${role}: `}${what}`,
		`  ${capital(effectWords(change.effect, [change]))}.`,
		...why.split(/(?<=[.:;]) (?=[A-Z])/).map(sentence => `  ${sentence}`),
		...course.map(step => `  ${stepWords(step)}`),
		...(ifCancelled ? [`  Where a handler cancels: ${ifCancelled.join(', ')}.`] : []),
		...loses.map(lost => `  Lost: ${lost}.`),
		...(locally === undefined ? [] : [`  On this machine: ${locally}`]),
	];
}

/** The whole of it, file by file. */
export function reportOf({ changes, notes }: Impact): string {
	const paths = [...new Set(changes.map(({ path }) => path))];
	const files = paths.flatMap(path => [
		'',
		fileOf(path),
		...changes
			.filter(change => change.path === path)
			.flatMap(change => ['', ...linesOf(change).map(line => `  ${line}`)]),
	]);
	return `${[`${capital(summaryOf(changes))}.`, ...notes, ...files].join('\n')}\n`;
}

export function stepWords({ domain, instances, events }: CourseStep): string {
	const where = domain === undefined ? '' : `Upgrade domain ${domain}, `;
	return `${where}${instances.join(', ')}: ${events.join(', ')}.`;
}

function effectWords(effect: ChangeEffect, changes: readonly Change[]): string {
	const one = changes.length === 1;
	switch (effect) {
		case 'inPlace':
			return one ? 'applies in place' : 'apply in place';
		case 'restarts':
			return `${one ? 'restarts' : 'restart'} ${rolesOf(changes)}`;
		case 'losesLocalData':
			return `${one ? 'loses' : 'lose'} local data of ${rolesOf(changes)}`;
		case 'notDocumented':
			return one ? 'is not documented' : 'are not documented';
		case 'needsSwap':
			return one ? 'needs a swap' : 'need a swap';
		case 'forbidden':
			return one ? 'is forbidden' : 'are forbidden';
	}
}

/** The roles whose instances restart, or whose disks are lost: of a changed size only those of the role itself. */
function rolesOf(changes: readonly Change[]): string {
	const instances = changes.flatMap(({ effect, role, restarts }) =>
		effect === 'losesLocalData' && role !== undefined ? [role] : restarts.map(roleOf),
	);
	const roles = [...new Set(instances)];
	return roles.length > 3 ? `${roles.length} roles` : roles.length === 0 ? 'no instance' : listed(roles, 'and');
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
