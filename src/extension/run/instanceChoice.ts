import * as vscode from 'vscode';
import { addressOf } from '../../lifecycle/slots';
import type { InstanceSnapshot } from '../../lifecycle/snapshot';
import { MendableFailure, offer } from '../commands';
import { iconOf, stateWords } from '../tree/instanceWords';
import type { RunningServices } from './runningServices';

/** An instance of a running service, by its address; its service is known by the path of its definition. */
export interface ChosenInstance {
	readonly definition: string;
	readonly instance: string;
}

/**
 * The instance that a command is about: the one it was called on, else one that the user picks among those of which
 * this can be asked now.
 */
export async function chooseInstance(
	running: RunningServices,
	argument: unknown,
	suits: (instance: InstanceSnapshot) => boolean,
): Promise<ChosenInstance | undefined> {
	if (isInstance(argument)) {
		return argument;
	}
	const items = running.all().flatMap(({ definition, snapshot }) =>
		[...(snapshot?.instances ?? []), ...(snapshot?.staging?.instances ?? [])].filter(suits).map(instance => ({
			label: addressOf(instance),
			description: stateWords(instance),
			iconPath: iconOf(instance),
			chosen: { definition, instance: addressOf(instance) },
		})),
	);
	if (items.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t('There is no instance now for which this could be done.'),
			running.all().length === 0
				? offer(vscode.l10n.t('Start Service'), 'rolewright.startService')
				: offer(vscode.l10n.t('Show Instances'), 'rolewright.services.focus'),
		);
	}
	const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which instance?') });
	return picked?.chosen;
}

/** A node of the tree, or what a keybinding or a test names. */
export function isInstance(argument: unknown): argument is ChosenInstance {
	return (
		typeof argument === 'object' &&
		argument !== null &&
		'definition' in argument &&
		'instance' in argument &&
		typeof argument.definition === 'string' &&
		typeof argument.instance === 'string'
	);
}

/** What a node of the tree names: its service (by the path of the definition), its role. */
export function textIn(argument: unknown, name: 'definition' | 'role' | 'kind' | 'slot'): string | undefined {
	const value: unknown = typeof argument === 'object' && argument !== null ? Reflect.get(argument, name) : undefined;
	return typeof value === 'string' ? value : undefined;
}
