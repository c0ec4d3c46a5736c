import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RunningServices } from '../../src/extension/run/runningServices';
import type { InstanceSnapshot } from '../../src/lifecycle/snapshot';

/** What a test asks and waits for of one service that runs, or will. */
export function runOf(running: RunningServices, definition: string) {
	const snapshotOf = (instance: string): InstanceSnapshot | undefined =>
		running.runOf(definition)?.snapshot?.instances.find(each => each.instance === instance);

	function until(holds: () => boolean): Promise<void> {
		return new Promise(resolve => {
			const look = (): void => {
				if (holds()) {
					listening.dispose();
					resolve();
				}
			};
			const listening = running.onDidChange(look);
			look();
		});
	}

	/** What the tree hands to a command. */
	const nodeOf = (instance: string): object => ({
		...{ kind: 'instance', definition, instance },
		role: instance.split('_IN_')[0],
	});

	return {
		snapshotOf,
		nodeOf,
		until,
		becomes: (instance: string, state: string) => until(() => snapshotOf(instance)?.state === state),
		pidOf: (instance: string): number => snapshotOf(instance)?.pid ?? assert.fail(`${instance} has no process`),
		/** Through the tree's command; resolves when the next life has begun. */
		async recycle(instance: string): Promise<void> {
			const { life } = snapshotOf(instance) ?? assert.fail(`${instance} does not run`);
			await vscode.commands.executeCommand('rolewright.recycleInstance', nodeOf(instance));
			await until(() => snapshotOf(instance)?.life === life + 1);
		},
		/** The journal so far; it is read before the end, as nobody keeps it after. */
		journal: () => running.running(definition).deployment.journal.entries,
	};
}

/** As a person does who looks at the definition and has no launch.json. */
export async function pressF5(definition: string): Promise<void> {
	await vscode.window.showTextDocument(vscode.Uri.file(definition));
	await vscode.commands.executeCommand('workbench.action.debug.start');
}

/** Sets a breakpoint on the line that has this text; gives its number, from 1. */
export function breakAt(file: string, text: string): number {
	const index = readFileSync(file, 'utf8')
		.split('\n')
		.findIndex(line => line.includes(text));
	assert.ok(index >= 0, `${file} has no line with ${text}`);
	const place = new vscode.Location(vscode.Uri.file(file), new vscode.Position(index, 0));
	vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
	return index + 1;
}

export function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
