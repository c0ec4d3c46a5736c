import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { type Command, type CommandWord, commandText, commandUsage, inSlot } from '../../lifecycle/command';
import { parseCommand } from '../../lifecycle/parseCommand';
import type { DeploymentSnapshot } from '../../lifecycle/snapshot';
import { targeted } from '../../lifecycle/targets';
import type { IndexedService } from '../workspace/serviceIndex';
import { numberGiven, serviceGiven, textGiven } from './assistantInput';
import type { AssistantParts, AssistantTool } from './assistants';

/**
 * What an assistant may do to a running service. Settings and instance counts are changed in the files, where an undo takes
 * them back; starting and ending a run stays with the person.
 */
export const injectableEvents = [
	...[
		'recycle',
		'reboot',
		'hard-reboot',
		'power-cycle',
		'reimage',
		'rebuild',
		'heal',
		'crash',
		'hang',
		'stop',
		'start',
	],
	...['suspend', 'resume', 'update', 'walk', 'rollback', 'guest-os-update', 'host-os-update', 'fail-domain'],
	...['stage', 'swap', 'unstage'],
] as const satisfies readonly CommandWord[];

/** Lets one event of the platform happen to a running service, after a person agreed. */
export function injectTool(parts: AssistantParts): AssistantTool {
	return {
		doing: () => vscode.l10n.t('Letting an event happen to the running service'),
		confirm: input => {
			const { command, service, target } = asked(input, parts);
			return {
				title: vscode.l10n.t('{0}: {1}?', service.name, commandText(command)),
				message: vscode.l10n.t(
					'An assistant wants this to happen to {0} of the running service {1} ({2}): {3}.',
					target,
					service.name,
					vscode.workspace.asRelativePath(service.definition),
					commandText(command),
				),
			};
		},
		answer: input => {
			const { command, service } = asked(input, parts);
			const run = parts.running.running(service.definition);
			const before = run.deployment.journal.entries.at(-1)?.n ?? 0;
			run.submit(command, 'assistant');
			return `Submitted to ${service.name}: ${commandText(command)}. What comes of it is in the journal after entry ${before}.`;
		},
	};
}

interface Asked {
	readonly service: IndexedService;
	readonly command: Command;
	/** Whom it will happen to, for the person who is asked. */
	readonly target: string;
}

function asked(input: unknown, { index, running }: AssistantParts): Asked {
	const service = serviceGiven(input, index);
	const snapshot = running.runOf(service.definition)?.snapshot;
	if (!snapshot) {
		throw new Failure(`${service.name} is not running; ask the person to start it.`);
	}
	const event = textGiven(input, 'event') ?? '';
	if (!injectableEvents.some(each => each === event)) {
		throw new Failure(`There is no event '${event}'; the events are: ${injectableEvents.join(', ')}.`);
	}
	const word = event as (typeof injectableEvents)[number];
	const command = parseCommand(lineOf(word, input));
	if ('error' in command) {
		throw new Failure(`'${word}' needs more: ${commandUsage[word]}.`);
	}
	return { service, command, target: targetOf(command, snapshot) };
}

/** As the only reader of commands takes it: no other way to say one is made up here. */
function lineOf(word: (typeof injectableEvents)[number], input: unknown): string {
	const usage = commandUsage[word];
	const argument = usage.includes('INSTANCE')
		? [textGiven(input, 'instance')]
		: [
				usage.includes(' N') ? numberGiven(input, 'domain') : undefined,
				word === 'update' ? textGiven(input, 'mode') : undefined,
				usage.includes('[staging]') && textGiven(input, 'slot') === 'staging' ? 'staging' : undefined,
			];
	return [word, ...argument.filter(each => each !== undefined)].join(' ');
}

/** The instances by name, so that nobody agrees to more than is said. Throws where there is none of that name. */
function targetOf(command: Command, snapshot: DeploymentSnapshot): string {
	if ('instance' in command) {
		const [instance] = targeted(command.instance, snapshot).instances;
		if (instance?.instance !== inSlot(command).command.instance) {
			const known = [...snapshot.instances, ...(snapshot.staging?.instances ?? [])].map(each => each.instance);
			throw new Failure(`There is no instance '${command.instance}'; the instances are: ${known.join(', ')}.`);
		}
		return vscode.l10n.t('the instance {0}', command.instance);
	}
	if (command.command === 'fail-domain') {
		return vscode.l10n.t('every instance of fault domain {0}', command.domain);
	}
	if (command.command === 'walk') {
		return vscode.l10n.t('every instance of upgrade domain {0}', command.domain);
	}
	return inSlot(command).slot === 'staging'
		? vscode.l10n.t('the deployment in staging')
		: vscode.l10n.t('the whole deployment');
}
