import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { explainAll, type InstanceExplanation, isNamed } from '../../history/explanations';
import { filterEntries } from '../../history/filter';
import { placeText } from '../../history/thrown';
import { english } from '../../history/words';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import { entryText } from '../../lifecycle/journal/journalText';
import { addressOf } from '../../lifecycle/slots';
import { folderOf, isBelow } from '../../model/paths';
import { topologyOf } from '../history/topologyModel';
import { currentConfiguration } from '../run/currentConfiguration';
import { pathOf } from '../workspace/editorText';
import type { IndexedService } from '../workspace/serviceIndex';
import { maskedFor, numberGiven, serviceGiven, serviceNamed, textGiven } from './assistantInput';
import type { AssistantParts, AssistantTool } from './assistants';

/** How many problems or entries one answer holds at the most: the rest is told as a number, and can be asked for. */
const mostProblems = 200;
const mostEntries = 500;

/** Deployments, roles, instances, endpoints and who may speak to whom; live while the service runs. */
export function topologyTool(parts: AssistantParts): AssistantTool {
	return {
		doing: input => vscode.l10n.t('Reading the topology of {0}', serviceNamed(input, parts)),
		answer: input => {
			const { index, running, settings } = parts;
			const { definition, name } = serviceGiven(input, index);
			const model = index.modelOf(definition).definition;
			if (!model) {
				throw new Failure(`The definition of ${name} cannot be read.`);
			}
			const run = running.runOf(definition);
			const configuration = currentConfiguration(definition, index, running, settings);
			return JSON.stringify({
				definition,
				configuration: configuration?.path,
				state: run?.state ?? 'not running',
				...topologyOf(model, configuration, run?.snapshot),
			});
		},
	};
}

/** What is wrong in the files of a service and in the code of its roles. */
export function problemsTool({ index, running }: AssistantParts): AssistantTool {
	return {
		doing: () => vscode.l10n.t('Reading the problems of the service'),
		answer: input => {
			const service = serviceGiven(input, index);
			const masked = maskedFor(service.definition, index, running);
			const found = problemsOf(service, index.neighboursOf(service.definition), masked);
			const shown = found.slice(0, mostProblems);
			return JSON.stringify({ service: service.name, problems: shown, more: found.length - shown.length });
		},
	};
}

/** What happened in the run that goes on, or in the last one. */
export function journalTool({ index, running, histories }: AssistantParts): AssistantTool {
	return {
		doing: () => vscode.l10n.t('Reading the journal of the service'),
		answer: input => {
			const { definition, name } = serviceGiven(input, index);
			const entries = histories.of(definition)?.entries ?? [];
			if (entries.length === 0) {
				return `${name} has not run in this window, so there is no journal.`;
			}
			const after = numberGiven(input, 'after') ?? 0;
			const last = Math.min(numberGiven(input, 'last') ?? 100, mostEntries);
			const text = textGiven(input, 'text');
			const instance = textGiven(input, 'instance');
			const passing = new Set(filterEntries(entries, text === undefined ? {} : { text }));
			const found = entries.filter(
				entry => entry.n > after && passing.has(entry.n) && (instance === undefined || isOf(entry, instance)),
			);
			const shown = last === 0 ? [] : found.slice(-last);
			const head = `${shown.length} of ${found.length} entries; the journal of ${name} ends with number ${entries.at(-1)?.n}.`;
			return maskedFor(definition, index, running)([head, ...shown.map(lineOf)].join('\n'));
		},
	};
}

/** Why instances restarted: the sentence and the chain under it, as the timeline shows them. */
export function explainTool({ index, running, histories }: AssistantParts): AssistantTool {
	return {
		doing: () => vscode.l10n.t('Finding out why it restarted'),
		answer: input => {
			const { definition, name } = serviceGiven(input, index);
			const all = explainAll(histories.of(definition)?.entries ?? [], english);
			if (all.length === 0) {
				return `${name} has not run in this window, so nothing has restarted.`;
			}
			const instance = textGiven(input, 'instance');
			const chosen = instance === undefined ? all : all.filter(each => isNamed(each, instance));
			if (chosen.length === 0) {
				throw new Failure(`There is no instance '${instance}'; the instances are: ${all.map(addressOf).join(', ')}.`);
			}
			return maskedFor(definition, index, running)(chosen.map(explanation).join('\n\n'));
		},
	};
}

function problemsOf(
	{ definition }: IndexedService,
	files: readonly string[],
	masked: (text: string) => string,
): readonly object[] {
	const folder = folderOf(definition);
	return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => {
		const path = pathOf(uri);
		if (!files.includes(path) && !isBelow(folder, path)) {
			return [];
		}
		return diagnostics
			.filter(({ source }) => source === 'rolewright')
			.map(({ code, message, range, severity }) => ({
				file: path,
				line: range.start.line + 1,
				column: range.start.character + 1,
				severity: vscode.DiagnosticSeverity[severity],
				code: typeof code === 'object' ? code.value : code,
				message: masked(message),
			}));
	});
}

function isOf(entry: JournalEntry, instance: string): boolean {
	return entry.instance !== undefined && (entry.instance === instance || addressed(entry) === instance);
}

function addressed({ instance = '', slot }: JournalEntry): string {
	return addressOf({ instance, ...(slot && { slot }) });
}

function lineOf(entry: JournalEntry): string {
	const who = entry.instance === undefined ? 'deployment' : addressed(entry);
	return `${entry.n} ${entry.at} ${who} ${entry.event}: ${entryText(entry).lines.join('\n  ')}`;
}

function explanation({ instance, slot, reasons, last }: InstanceExplanation): string {
	const name = addressOf({ instance, slot });
	const now = last ? ` It is ${last.state} now (${last.text}).` : '';
	const [reason] = reasons;
	if (!reason) {
		return `${name} has not restarted.${now}`;
	}
	const times = reasons.length === 1 ? 'once' : `${reasons.length} times`;
	const chain = reason.chain.map(({ text, place, n }, at) => {
		const where = [...(place ? [placeText(place)] : []), ...(n === undefined ? [] : [`entry ${n}`])].join(', ');
		return `${at + 1}. ${text}${where && ` [${where}]`}`;
	});
	const fix = reason.fix === undefined ? [] : [`What to do: ${reason.fix}`];
	return [`${name} restarted ${times}.${now}`, `The last time: ${reason.sentence}`, ...chain, ...fix].join('\n');
}
