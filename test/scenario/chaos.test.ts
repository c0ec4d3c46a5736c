import assert from 'node:assert/strict';
import { commandText } from '../../src/lifecycle/command';
import { chaosEvents, randomNumbers } from '../../src/scenario/chaos';
import type { Chaos } from '../../src/scenario/scenario';
import { rolePlan } from '../support/fakeService';
import { fakeStage, misses } from './fakeStage';
import { scenarioOf } from './scenarios';

const chaos: Chaos = {
	...{ seed: 7, length: 3_600_000, rate: 1 / 10_000, roles: undefined, within: 60_000 },
	events: [
		{ event: 'recycle', weight: 3 },
		{ event: 'crash', weight: 1 },
	],
};
const instances = ['B_IN_0', 'A_IN_1', 'A_IN_0'].map(instance => ({ instance, role: instance.slice(0, 1) }));

function night(changes: Partial<Chaos> = {}, of = instances): readonly string[] {
	return chaosEvents({ ...chaos, ...changes }, of).map(({ at, command }) => `${at} ${commandText(command)}`);
}

suite('Chaos', () => {
	test('the generator is the known one', () => {
		const random = randomNumbers(42);
		assert.deepEqual(
			[random(), random(), random()].map(number => number.toFixed(10)),
			['0.6011037519', '0.4482905590', '0.8524657935'],
		);
	});

	test('the same seed gives the same night, whatever the order of the instances', () => {
		assert.deepEqual(night(), night({}, [...instances].reverse()));
		assert.notDeepEqual(night(), night({ seed: 8 }));
	});

	test('events come as often as asked, with their weights, to every instance', () => {
		const events = night();
		assert.ok(events.length > 300 && events.length < 420, String(events.length));
		const recycles = events.filter(event => event.includes(' recycle ')).length / events.length;
		assert.ok(recycles > 0.67 && recycles < 0.83, String(recycles));
		for (const { instance } of instances) {
			const share = events.filter(event => event.endsWith(instance)).length / events.length;
			assert.ok(share > 0.25 && share < 0.42, `${instance} ${share}`);
		}
	});

	test('only the roles that are named are struck, and none where there is none', () => {
		assert.deepEqual([...new Set(night({ roles: ['B'] }).map(event => event.split(' ')[2]))], ['B_IN_0']);
		assert.deepEqual(night({ roles: ['C'] }), []);
	});

	test('a weight of 0 never comes', () => {
		const events: Chaos['events'] = [
			{ event: 'recycle', weight: 0 },
			{ event: 'crash', weight: 1 },
		];
		assert.deepEqual(
			night({ events }).filter(event => event.includes('recycle')),
			[],
		);
	});

	const storm = '"for": "1m", "rate": "2/s", "events": { "recycle": 1, "crash": 1 }';

	test('never is more than one upgrade domain not ready, and the same seed does the same', async () => {
		const nights: string[][] = [];
		for (let time = 0; time < 2; time++) {
			const stage = fakeStage([rolePlan({ count: 3 }), rolePlan({ name: 'Other', count: 2 })]);
			let isStarted = false;
			const together: string[] = [];
			stage.deployment.onSnapshot(({ status, instances: all }) => {
				const down = all.filter(each => each.state !== 'ReadyRole');
				isStarted ||= down.length === 0;
				if (isStarted && status === 'Running' && new Set(down.map(each => each.upgradeDomain)).size > 1) {
					together.push(down.map(each => each.instance).join(' '));
				}
			});
			const steps = `{ "wait": "all", "state": "ReadyRole" }, { "chaos": { "seed": 7, ${storm} } }`;
			const played = await stage.play(scenarioOf(steps));
			assert.deepEqual(misses(played), []);
			assert.deepEqual(together, []);
			nights.push(played.entries.flatMap(entry => (entry.event === 'command' ? [entry.command] : [])));
		}
		assert.ok((nights[0]?.length ?? 0) > 100);
		assert.deepEqual(nights[0], nights[1]);
	});

	test('an instance that does not come back ends the night', async () => {
		const stage = fakeStage([rolePlan()], { '*#3': { onStart: 'hangs' } });
		const steps = `{ "wait": "all", "state": "ReadyRole" }, { "chaos": { "seed": 7, ${storm}, "within": "5m" } }`;
		const played = await stage.play(scenarioOf(steps));
		assert.match(
			misses(played).join(),
			/^chaos with seed 7: every instance is ready before the next event \(\w+ Worker_IN_0\), instead Worker_IN_0 is BusyRole \(Busy: OnStart is running\)$/,
		);
	});
});
