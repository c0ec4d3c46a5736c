import * as vscode from 'vscode';
import { ruleOf } from '../../history/restartRules';
import type { InstanceStatus } from '../../lifecycle/journal/journal';
import { addressOf } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';
import { coalesce } from '../coalesce';
import type { RunningServices } from '../run/runningServices';
import { stateWords } from './instanceWords';

/** What does not come right by itself, or not soon. */
const states: readonly InstanceStatus[] = ['CyclingRole', 'UnresponsiveRole', 'FailedStartingRole', 'FailedStartingVM'];

/** So many instances are named in the tooltip of the badge; of the others there is the number. */
const mostNamed = 10;

/** Milliseconds in which changes are gathered before the badge is counted anew. */
const countAfter = 100;

/**
 * The badge of the view counts what needs attention: instances that are in trouble, and those that have restarted, though
 * nobody asked for it, since the view was last seen.
 */
export function showAttention(
	running: Pick<RunningServices, 'all' | 'runOf' | 'onDidChange' | 'onDidWriteEntry'>,
	view: Pick<vscode.TreeView<unknown>, 'badge' | 'visible' | 'onDidChangeVisibility'>,
): vscode.Disposable {
	const unread = new Map<string, string>();
	const count = coalesce<true>(countAfter, () => {
		const troubled = running.all().flatMap(({ snapshot }) => troubledIn(snapshot));
		const restarted = [...unread.values()].filter(name => !troubled.some(each => addressOf(each) === name));
		view.badge = badgeOf(troubled, restarted);
	});
	return vscode.Disposable.from(
		count,
		running.onDidChange(definition => {
			if (!running.runOf(definition)) {
				forget(unread, definition);
			}
			count.add(true);
		}),
		running.onDidWriteEntry(({ definition, entry }) => {
			const { instance } = entry;
			const isUnasked = entry.event === 'restart' && ruleOf(entry.cause)?.rule.isAsked !== true;
			if (isUnasked && instance !== undefined && !view.visible) {
				const address = addressOf({ ...entry, instance });
				unread.set(`${definition}\n${address}`, address);
				count.add(true);
			}
		}),
		view.onDidChangeVisibility(({ visible }) => {
			if (visible) {
				unread.clear();
				count.add(true);
			}
		}),
	);
}

function troubledIn(snapshot: DeploymentSnapshot | undefined): readonly InstanceSnapshot[] {
	const all = [...(snapshot?.instances ?? []), ...(snapshot?.staging?.instances ?? [])];
	return all.filter(({ state }) => states.includes(state));
}

function badgeOf(troubled: readonly InstanceSnapshot[], restarted: readonly string[]): vscode.ViewBadge | undefined {
	const value = troubled.length + restarted.length;
	if (value === 0) {
		return undefined;
	}
	const lines = [
		...troubled.map(each => `${addressOf(each)}: ${stateWords(each)}`),
		...restarted.map(name => vscode.l10n.t('{0} has restarted', name)),
	];
	const more = lines.length - mostNamed;
	const rest = more > 0 ? [vscode.l10n.t('and {0} more', more)] : [];
	return { value, tooltip: [...lines.slice(0, mostNamed), ...rest].join('\n') };
}

function forget(unread: Map<string, string>, definition: string): void {
	for (const key of [...unread.keys()].filter(each => each.startsWith(`${definition}\n`))) {
		unread.delete(key);
	}
}
