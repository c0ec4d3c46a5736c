import assert from 'node:assert/strict';
import { Failure } from '../../src/base/failure';
import { readLaunchArguments } from '../../src/debug/launchArguments';

suite('launch arguments', () => {
	test('are read as they stand in launch.json', () => {
		const given = {
			type: 'rolewright',
			name: 'x',
			service: '/orders',
			configuration: 'Cloud',
			instances: ['Worker_IN_1'],
		};
		assert.deepEqual(readLaunchArguments(given), {
			service: '/orders',
			configuration: 'Cloud',
			instances: ['Worker_IN_1'],
			onStopLimit: undefined,
		});
	});

	const wrong: readonly [given: Record<string, unknown>, field: string][] = [
		[{}, 'service'],
		[{ service: '' }, 'service'],
		[{ service: 7 }, 'service'],
		[{ service: '/orders', configuration: ['Cloud'] }, 'configuration'],
		[{ service: '/orders', instances: 'Worker_IN_0' }, 'instances'],
		[{ service: '/orders', instances: [0] }, 'instances'],
		[{ service: '/orders', onStopLimit: 30 }, 'onStopLimit'],
	];
	for (const [given, field] of wrong) {
		test(`${JSON.stringify(given)} is a Failure that names ${field}`, () => {
			const namesField = (error: unknown): boolean => error instanceof Failure && error.message.includes(`"${field}"`);
			assert.throws(() => readLaunchArguments(given), namesField);
		});
	}

	test('without a list the first instance of each role is debugged; an empty list debugs none', () => {
		assert.deepEqual(readLaunchArguments({ service: '/orders' }).instances, ['first']);
		assert.deepEqual(readLaunchArguments({ service: '/orders', instances: [] }).instances, []);
	});
});
