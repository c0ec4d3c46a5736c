import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { Failure } from '../base/failure';
import { explainAll, type InstanceExplanation, isNamed } from '../history/explanations';
import { readJournal } from '../history/readJournal';
import type { ReasonLink } from '../history/reasonChain';
import type { Reason } from '../history/reasons';
import { placeText } from '../history/thrown';
import { english } from '../history/words';
import { addressOf } from '../lifecycle/slots';
import { readText } from '../node/serviceFiles';
import { readArguments } from './arguments';
import { choiceOf } from './choice';
import type { Io } from './io';

const help = `rolewright explain [--format text|json] JOURNAL [INSTANCE]

Says why instances restarted: a sentence, and the chain under it. JOURNAL is what
rolewright run --format jsonl printed, or - for standard input.

Without INSTANCE the last restart of each; with one (Worker_IN_0) all of its own,
the newest first.

Exit code: 0 done, 2 it could not be done.
`;

/** `rolewright explain`: reads a journal and tells the reasons of restarts. Throws a `Failure`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: { format: { type: 'string', default: 'text' }, help: { type: 'boolean', short: 'h' } },
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const format = choiceOf('format', values.format, ['text', 'json']);
	const [journal, instance, ...others] = positionals;
	if (journal === undefined || others.length > 0) {
		throw new Failure('Name one journal, for example rolewright explain run.journal.jsonl Worker_IN_0.');
	}
	const chosen = choose(await explanationsOf(journal, io), instance);
	io.stdout.write(
		format === 'json' ? json(chosen) : chosen.map(each => report(each, instance !== undefined)).join('\n'),
	);
	return 0;
}

async function explanationsOf(journal: string, io: Io): Promise<readonly InstanceExplanation[]> {
	const text = journal === '-' ? await textOf(io.stdin) : readText(path.resolve(io.cwd, journal));
	const { entries, skipped } = readJournal(text);
	if (entries.length === 0) {
		const name = journal === '-' ? 'Standard input' : `'${journal}'`;
		throw new Failure(`${name} holds no journal: it is what rolewright run --format jsonl prints.`);
	}
	if (skipped.length > 0) {
		const one = skipped.length === 1;
		const lines = one
			? '1 line is no entry of a journal and is'
			: `${skipped.length} lines are no entries of a journal and are`;
		io.stderr.write(`${lines} left out.\n`);
	}
	return explainAll(entries, english);
}

function choose(all: readonly InstanceExplanation[], name: string | undefined): readonly InstanceExplanation[] {
	if (name === undefined) {
		return all;
	}
	const named = all.filter(each => isNamed(each, name));
	if (named.length === 0) {
		const known = all.map(addressOf).join(', ');
		throw new Failure(`The journal tells of no instance '${name}'; its instances are ${known || 'none'}.`);
	}
	return named;
}

function report(explanation: InstanceExplanation, everything: boolean): string {
	const { reasons, last } = explanation;
	const name = addressOf(explanation);
	if (reasons.length === 0) {
		const state = last ? `; at the end it is: ${last.text} (${last.state})` : '';
		return `${name} has not restarted${state}.\n`;
	}
	const shown = everything ? reasons : reasons.slice(0, 1);
	const times = reasons.length === 1 ? 'once' : `${reasons.length} times`;
	return [`${name} restarted ${times}.`, ...shown.flatMap(reasonLines), ''].join('\n');
}

function reasonLines({ at, n, sentence, chain, fix }: Reason): readonly string[] {
	return [
		'',
		`  ${new Date(at).toISOString()}, entry ${n}`,
		`  ${sentence}`,
		...chain.map((link, place) => `    ${place + 1}. ${link.text}${whereOf(link)}`),
		...(fix === undefined ? [] : [`    What to do: ${fix}`]),
	];
}

function whereOf({ n, place, page }: ReasonLink): string {
	const parts = [
		...(place ? [place.line === undefined ? place.file : `${place.file}:${place.line}`] : []),
		...(n === undefined ? [] : [`entry ${n}`]),
		...(page === undefined ? [] : [`docs/lifecycle/${page}.md`]),
	];
	return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

/** `place` as the text shows it, beside the file and the line. */
function json(explanations: readonly InstanceExplanation[]): string {
	const instances = explanations.map(explanation => ({
		...{ instance: explanation.instance, slot: explanation.slot, last: dated(explanation.last) },
		restarts: explanation.reasons.map(({ at, n, rule, isAsked, short, sentence, chain, fix, times, delay }) => ({
			...{ n, at: new Date(at).toISOString(), rule, asked: isAsked, short, sentence, fix, times, delay },
			chain: chain.map(link => ({ ...link, ...(link.place && { where: placeText(link.place) }) })),
		})),
	}));
	return `${JSON.stringify({ instances }, undefined, '\t')}\n`;
}

function dated(last: InstanceExplanation['last']) {
	return last && { ...last, since: new Date(last.since).toISOString() };
}
