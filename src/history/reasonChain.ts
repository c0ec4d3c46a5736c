import { roleOf } from '../lifecycle/domains';
import type { Cause, JournalEntry } from '../lifecycle/journal/journal';
import { type Entries, keyOf } from './entries';
import type { LastWords } from './lastWords';
import type { RestartRule, RuleName } from './restartRules';
import { againText, type RestartEntry, type Series } from './restartSeries';
import type { Place } from './thrown';
import type { Localization } from './words';

export interface ReasonLink {
	readonly text: string;
	/** The journal entry that it speaks of. */
	readonly n?: number;
	readonly place?: Place;
	/** The page about the rule. */
	readonly page?: RuleName;
}

/** What else is known of a restart. */
export interface Known {
	readonly rule: RestartRule | undefined;
	/** The one that the rule is about. */
	readonly cause: Cause;
	readonly words: LastWords | undefined;
	readonly series: Series;
}

/** From what happened first to what comes next. */
export function chainOf(
	entries: Entries,
	restart: RestartEntry,
	{ rule, cause, words, series }: Known,
	l10n: Localization,
): readonly ReasonLink[] {
	const said: readonly ReasonLink[] = words
		? [
				{
					text: l10n.t('The role wrote: {0}', words.line),
					n: words.n,
					...(words.thrown?.place && { place: words.thrown.place }),
				},
			]
		: [];
	const causes = restart.cause.map((each): ReasonLink => {
		const place = placeOf(each);
		const text = each.detail ? `${sentence(each.what)}: ${each.detail}` : sentence(each.what);
		return { text, ...(each.n !== undefined && { n: each.n }), ...(place && { place }) };
	});
	const law: readonly ReasonLink[] = rule ? [{ text: `${sentence(rule.law(l10n, cause))}.`, page: rule.name }] : [];
	const again = `${sentence(againText(series, restart, l10n))}.`;
	const delay = restart.delay > 0 ? ` ${l10n.t("The delay is Rolewright's own.")}` : '';
	return [
		...submitted(entries, restart, { rule, cause }, l10n),
		...said,
		...causes,
		...law,
		...goodbye(entries, restart, l10n),
		{ text: `${again}${delay}`, n: restart.n },
	];
}

/** What was changed, where the role did not want to take it as it runs. */
function submitted(
	entries: Entries,
	restart: RestartEntry,
	{ rule, cause }: Pick<Known, 'rule' | 'cause'>,
	l10n: Localization,
): readonly ReasonLink[] {
	if (rule?.name !== 'changingCancelled' && rule?.name !== 'certificateChanged') {
		return [];
	}
	const found = submissionOf(entries, restart, cause.n ?? restart.n);
	if (found === undefined) {
		return [];
	}
	const names = found.changes.map(({ role, setting }) => (setting ? `${role}: ${setting}` : role));
	return [{ text: l10n.t('A configuration was submitted that changes {0}.', names.join(', ')), n: found.n }];
}

type Submission = JournalEntry & { readonly event: 'configuration' };

/**
 * The configuration that an instance was told of at the entry `told`. One change walks at a time, and others may have been
 * submitted meanwhile: it is the first of those since the instance was last told of one, else the last one before.
 */
function submissionOf(entries: Entries, restart: RestartEntry, told: number): Submission | undefined {
	const first = entries[0]?.n ?? 1;
	const key = keyOf(restart);
	const found: Submission[] = [];
	let isBefore = false;
	for (let index = told - first - 1; index >= 0 && !(isBefore && found.length > 0); index--) {
		const entry = entries[index];
		if (entry?.event === 'configuration' && concerns(entry, restart)) {
			found.unshift(entry);
		}
		isBefore ||= entry !== undefined && keyOf(entry) === key && beginsAnew(entry, told);
	}
	const role = roleOf(restart.instance ?? '');
	return found.find(({ changes }) => changes.some(change => change.role === role)) ?? found[0];
}

/** Its role has other values, or some role another number of instances, of which all may hear. */
function concerns({ changes, deploymentId }: Submission, { instance = '', ...restart }: RestartEntry): boolean {
	return (
		deploymentId === restart.deploymentId &&
		changes.some(({ role, setting }) => setting === undefined || role === roleOf(instance))
	);
}

/** The instance knows every change of before: it has been told of one, or its process was started with them. */
function beginsAnew(entry: JournalEntry, told: number): boolean {
	return (
		(entry.event === 'call' && entry.call === 'Changing' && entry.phase === 'end' && entry.n < told) ||
		(entry.event === 'process' && entry.phase === 'started' && entry.role !== 'task')
	);
}

/** Whether the role could say goodbye. */
function goodbye(entries: Entries, restart: RestartEntry, l10n: Localization): readonly ReasonLink[] {
	const first = entries[0]?.n ?? 1;
	const key = keyOf(restart);
	for (let index = restart.n - first - 1; index >= 0; index--) {
		const entry = entries[index];
		if (!entry || keyOf(entry) !== key) {
			continue;
		}
		if (entry.event === 'call' && entry.call === 'OnStop') {
			const text =
				entry.phase === 'begin'
					? l10n.t('OnStop was called and did not return.')
					: entry.error
						? l10n.t('OnStop was called and threw {0}.', entry.error.type)
						: l10n.t('OnStop was called and returned.');
			return [{ text, n: entry.n }];
		}
		if (entry.event === 'call' && entry.call === 'OnStart') {
			return [{ text: l10n.t('OnStop was not called.') }];
		}
		if (entry.event === 'restart') {
			break;
		}
	}
	return [];
}

/** Where in the role's code. */
export function placeOf({ file, line }: Cause): Place | undefined {
	return file === undefined ? undefined : { file, ...(line !== undefined && { line }) };
}

/** What is the middle of a sentence, as the beginning of one. */
export function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
