import type { Change } from '../../compare/change';
import type { Impact } from '../../compare/impact';
import { effectsOf, summaryOf } from '../../compare/impactText';
import { fileOf } from '../../model/paths';

/**
 * The impact of a service's changes as Markdown, file by file. Of a service with many instances the course of an update is
 * long, and most changes of a file share it: it is told once.
 */
export function impactPage({ changes, notes }: Impact): string {
	const told = new Map<string, number>();
	const paths = [...new Set(changes.map(({ path }) => path))];
	return [
		`**${literal(capital(summaryOf(changes)))}.**`,
		...notes.map(literal),
		...paths.flatMap(path => [
			`## ${literal(fileOf(path))}`,
			...changes
				.filter(change => change.path === path)
				.flatMap(change => section(change, changes.indexOf(change) + 1, told)),
		]),
		'',
	].join('\n\n');
}

function section(change: Change, number: number, told: Map<string, number>): readonly string[] {
	const { what, role, why, locally, loses, ifCancelled } = change;
	const facts = [
		...loses.map(lost => `Lost: ${lost}.`),
		...(ifCancelled ? [`Where a handler cancels: ${ifCancelled.join(', ')}.`] : []),
		...(locally === undefined ? [] : [`On this machine: ${locally}`]),
	];
	return [
		`### ${number}\\. ${literal(role === undefined ? what : `${role}: ${what}`)}`,
		`**${literal(capital(effectsOf([change])))}.** ${literal(why)}`,
		...(facts.length === 0 ? [] : [facts.map(fact => `- ${literal(fact)}`).join('\n')]),
		...course(change, number, told),
	];
}

function course({ course: steps }: Change, number: number, told: Map<string, number>): readonly string[] {
	if (steps.length === 0) {
		return [];
	}
	const key = JSON.stringify(steps);
	const first = told.get(key);
	if (first !== undefined) {
		return [`The same course as of change ${first}.`];
	}
	told.set(key, number);
	const rows = steps.map(
		({ domain, instances, events }) =>
			`| ${domain ?? 'all at once'} | ${literal(instances.join(', '))} | ${literal(events.join(', '))} |`,
	);
	return [['| Upgrade domain | Instances | What they go through |', '| --- | --- | --- |', ...rows].join('\n')];
}

/** Text of the files is text, whatever stands in it: Markdown lets every mark of ASCII be escaped. */
function literal(text: string): string {
	return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
