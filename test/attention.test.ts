// The editor has to be there before what imports it.
import './support/fakeEditor';

import assert from 'node:assert/strict';
import type { Run } from '../src/extension/run/runningServices';
import { showAttention } from '../src/extension/tree/attention';
import type { JournalEntry } from '../src/lifecycle/journal/journal';
import type { InstanceSnapshot } from '../src/lifecycle/snapshot';
import { editor } from './support/fakeEditor';
import { rolePlan, startService } from './support/fakeService';
import { passing } from './support/passing';

const definition = '/shop/ServiceDefinition.csdef';

suite('the badge of the services', () => {
	const states: readonly (readonly [changes: Partial<InstanceSnapshot>, badge: string | undefined])[] = [
		[{}, undefined],
		[{ state: 'BusyRole', text: 'Busy' }, undefined],
		[{ state: 'RestartingRole', text: 'Recycling' }, undefined],
		[{ state: 'CyclingRole', text: 'Recycling again and again' }, '1: Worker_IN_1: Recycling again and again'],
		[{ state: 'UnresponsiveRole', text: 'No answer' }, '1: Worker_IN_1: No answer'],
		[{ state: 'FailedStartingVM', text: 'Failed' }, '1: Worker_IN_1: Failed'],
		[{ state: 'CyclingRole', text: 'Recycling', slot: 'staging' }, '1: staging:Worker_IN_1: Recycling'],
	];
	for (const [changes, badge] of states) {
		test(`${changes.state ?? 'nothing wrong'}: ${badge ?? 'none'}`, async () => {
			const window = await fakeWindow();
			assert.equal(
				window.badgeAfter(() => window.change(changes)),
				badge,
			);
		});
	}

	test('counts a restart that nobody asked for until the view is seen', async () => {
		const window = await fakeWindow();
		assert.equal(
			window.badgeAfter(() => window.restart('Run returned')),
			'1: Worker_IN_0 has restarted',
		);
		assert.equal(
			window.badgeAfter(() => window.restart('Run returned')),
			'1: Worker_IN_0 has restarted',
		);
		assert.equal(
			window.badgeAfter(() => window.see()),
			undefined,
		);
		assert.equal(
			window.badgeAfter(() => window.restart('Run returned')),
			undefined,
		);
	});

	test('does not count a restart that somebody asked for', async () => {
		const window = await fakeWindow();
		assert.equal(
			window.badgeAfter(() => window.restart('reboot')),
			undefined,
		);
	});

	test('forgets a service that has ended', async () => {
		const window = await fakeWindow();
		window.badgeAfter(() => window.restart('Run returned'));
		assert.equal(
			window.badgeAfter(() => window.end()),
			undefined,
		);
	});
});

/** A window in which another view is shown, and a service with two instances runs. */
async function fakeWindow() {
	const { deployment } = await startService([rolePlan({ count: 2 })]);
	const changed = new editor.EventEmitter<string>();
	const wrote = new editor.EventEmitter<{ definition: string; entry: JournalEntry }>();
	const seen = new editor.EventEmitter<{ visible: boolean }>();
	let snapshot = deployment.snapshot;
	let run: Run | undefined;
	const set = (changes: Partial<InstanceSnapshot>) => {
		const instances = snapshot.instances.map((each, index) => (index === 1 ? { ...each, ...changes } : each));
		snapshot = { ...snapshot, instances };
		run = { definition, state: 'running', snapshot } as Run;
	};
	set({});
	const view = {
		visible: false,
		onDidChangeVisibility: seen.event,
		badge: undefined as { value: number; tooltip: string } | undefined,
	};
	const services = {
		all: () => (run ? [run] : []),
		runOf: () => run,
		onDidChange: changed.event,
		onDidWriteEntry: wrote.event,
	};
	showAttention(services, view);
	return {
		change(changes: Partial<InstanceSnapshot>) {
			set(changes);
			changed.fire(definition);
		},
		restart(what: string) {
			const entry = {
				n: 1,
				at: '',
				instance: 'Worker_IN_0',
				event: 'restart',
				cause: [{ what, detail: '' }],
				delay: 0,
			};
			wrote.fire({ definition, entry: entry as JournalEntry });
			changed.fire(definition);
		},
		see() {
			view.visible = true;
			seen.fire({ visible: true });
		},
		end() {
			run = undefined;
			changed.fire(definition);
		},
		badgeAfter(act: () => void): string | undefined {
			passing(100, act);
			return view.badge && `${view.badge.value}: ${view.badge.tooltip}`;
		},
	};
}
