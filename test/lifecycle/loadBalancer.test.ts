import assert from 'node:assert/strict';
import type { EndpointPlan } from '../../src/lifecycle/plan/deploymentPlan';
import type { SitePlan } from '../../src/lifecycle/siteHost';
import { endpoint, rolePlan, startService } from '../support/fakeService';

/** Facts: role-lifecycle.md 9 and 4, csdef.md 3 and 7. */
suite('the load balancer of a deployment', () => {
	const http = (more: Partial<EndpointPlan> = {}): EndpointPlan => ({ ...endpoint('Http', 'input', 80), ...more });
	const health = { name: 'Health', path: '/ok', interval: 15_000, timeout: 31_000 };
	const web = (count: number, ...endpoints: readonly EndpointPlan[]) => rolePlan({ name: 'Web', count, endpoints });

	async function started(
		count: number,
		endpoints: EndpointPlan | readonly EndpointPlan[],
		behaviour: Parameters<typeof startService>[1] = {},
	) {
		const run = await startService([web(count, ...[endpoints].flat())], behaviour);
		const { network } = run.world;
		return {
			...run,
			network,
			inRotation: () => network.routes.get('Web/Http') ?? [],
			/** How the programs of the instances, from the first on, answer the probe from now on. */
			answer: (...answers: readonly (number | 'silent')[]) => {
				for (const [index, answer] of answers.entries()) {
					network.answers.set(
						20_000 + index,
						answer === 'silent'
							? { answer }
							: answer === 200
								? { answer: 'healthy' }
								: { answer: 'refused', status: answer },
					);
				}
			},
			order: (text: 'recycle' | 'crash' | 'stop', index: number) =>
				run.deployment.submit({ command: text, instance: `Web_IN_${index}` }, 'stdin'),
		};
	}

	test('without a probe of its own an endpoint follows the status of the instance', async () => {
		const { world, inRotation } = await started(2, http());
		assert.deepEqual(inRotation(), [20_000, 20_001]);
		world.process('Web_IN_0').say({ type: 'status', status: 'Busy' });
		assert.deepEqual(inRotation(), [20_001]);
		world.process('Web_IN_0').say({ type: 'status', status: 'Ready' });
		assert.deepEqual(inRotation(), [20_000, 20_001]);
	});

	test('out of rotation before Stopping', async () => {
		const { news, order, world } = await started(1, http());
		news();
		order('recycle', 0);
		await world.settled();
		const calls = news('rotation', 'call');
		assert.ok(calls.indexOf('Web_IN_0: rotation out') < calls.indexOf('Web_IN_0: Stopping begin'), calls.join());
		assert.deepEqual(calls.at(-2), 'Web_IN_0: rotation in');
	});

	test('the stop waits until the instance holds what was sent to it', async () => {
		const { news, order, world, network } = await started(1, http());
		let taken = (): void => {};
		network.draining.set(
			'Web_IN_0',
			new Promise(resolve => {
				taken = resolve;
			}),
		);
		news();
		order('stop', 0);
		await world.settled();
		assert.deepEqual(news('rotation', 'call'), ['Web_IN_0: rotation out']);
		taken();
		await world.settled();
		assert.equal(news('call')[0], 'Web_IN_0: Stopping begin');
	});

	test('... but no longer than five seconds', async () => {
		const { news, order, world, network } = await started(1, http());
		network.draining.set('Web_IN_0', new Promise(() => {}));
		news();
		order('stop', 0);
		await world.pass(4_999);
		assert.deepEqual(news('call'), []);
		await world.pass(1);
		assert.equal(news('call')[0], 'Web_IN_0: Stopping begin');
	});

	suite('a probe of its own', () => {
		test('decides alone: an instance that is Ready gets nothing before it answers', async () => {
			const { inRotation, answer, world, news } = await started(2, http({ probe: health }));
			assert.deepEqual(inRotation(), []);
			answer(200, 503);
			await world.pass(15_000);
			assert.deepEqual(inRotation(), [20_000]);
			assert.deepEqual(
				news('rotation').filter(words => words.includes('Web_IN_0')),
				['Web_IN_0: rotation in', 'Web_IN_0: rotation in'],
			);
		});

		test('SetBusy does not take it out, and its answer may go on during OnStop', async () => {
			const { inRotation, answer, world, order } = await started(2, [http({ probe: health })], {
				'*': { onStop: 'hangs' },
			});
			answer(200, 200);
			await world.pass(15_000);
			world.process('Web_IN_0').say({ type: 'status', status: 'Busy' });
			assert.deepEqual(inRotation(), [20_000, 20_001]);
			order('recycle', 1);
			await world.pass(20_000);
			assert.deepEqual(inRotation(), [20_000, 20_001]);
			answer(200, 'silent');
			world.process('Web_IN_1').stopReturns();
			await world.settled();
			assert.deepEqual(inRotation(), [20_000]);
		});

		test('an answer other than 200 takes it out at once, the next 200 brings it back', async () => {
			const { inRotation, answer, world, deployment } = await started(1, http({ probe: health }));
			answer(200);
			await world.pass(15_000);
			answer(503);
			await world.pass(15_000);
			assert.deepEqual(inRotation(), []);
			const [last] = deployment.journal.entries.filter(entry => entry.event === 'rotation').slice(-1);
			assert.deepEqual(last?.event === 'rotation' && [last.rotation, last.endpoint, last.why], [
				'out',
				'Http',
				"the probe 'Health' is answered with 503",
			]);
			answer(200);
			await world.pass(15_000);
			assert.deepEqual(inRotation(), [20_000]);
		});

		test('silence takes it out when it has lasted for the time-out, in fabric time', async () => {
			const { inRotation, answer, world } = await started(1, http({ probe: health }));
			answer(200);
			await world.pass(15_000);
			answer('silent');
			await world.pass(30_999);
			assert.deepEqual(inRotation(), [20_000]);
			await world.pass(1);
			assert.deepEqual(inRotation(), []);
		});

		test('is asked at its interval, once more when the instance is Ready, and no more when its process is gone', async () => {
			const { network, world, deployment } = await started(1, http({ probe: { ...health, interval: 5_000 } }));
			network.probed.length = 0;
			await world.pass(20_000);
			assert.equal(network.probed.length, 4);
			await deployment.stop();
			network.probed.length = 0;
			await world.pass(60_000);
			assert.equal(network.probed.length, 0);
		});

		test('asks at the port of another endpoint, where that is in this instance', async () => {
			const admin = { ...endpoint('Admin', 'internal'), localPort: 9000 };
			const { network } = await started(1, [http({ probe: { ...health, port: 9000 } }), admin]);
			assert.deepEqual([...new Set(network.probed)], [20_001]);
		});

		test('the snapshot says of each endpoint whether it is in rotation, and where clients come in', async () => {
			const { deployment, answer, world } = await started(1, [http({ probe: health }), endpoint('Inner', 'internal')]);
			answer(200);
			await world.pass(15_000);
			assert.deepEqual(deployment.snapshot.instances[0]?.endpoints, [
				{
					endpoint: 'Http',
					protocol: 'http',
					address: '127.0.0.1',
					port: 20_000,
					publicPort: 80,
					inRotation: true,
				},
				{ endpoint: 'Inner', protocol: 'http', address: '127.0.0.1', port: 20_001 },
			]);
		});
	});

	test('ignoreRoleInstanceStatus keeps every instance in rotation', async () => {
		const { inRotation, world } = await started(2, http({ ignoreStatus: true }));
		world.process('Web_IN_0').say({ type: 'status', status: 'Busy' });
		assert.deepEqual(inRotation(), [20_000, 20_001]);
	});

	suite('instance input endpoints', () => {
		const shell = (lastPublicPort: number) => ({ ...endpoint('Shell', 'instanceInput', 9000), lastPublicPort });

		test('an instance beyond the range runs without a public port, and that is said', async () => {
			const { network, news, deployment } = await started(2, shell(9000));
			assert.deepEqual([...network.opened.keys()], ['Web/Shell_IN_0']);
			assert.deepEqual(news('error'), [
				"Web_IN_1: error: The endpoint 'Shell' has the public ports 9000 to 9000 only, and none is left for this instance: make its FixedPortRange longer.",
			]);
			assert.deepEqual(
				deployment.snapshot.instances.map(({ state }) => state),
				['ReadyRole', 'ReadyRole'],
			);
		});

		test('the public port of an instance that is scaled in is closed', async () => {
			const { network, deployment, world } = await started(2, shell(9009));
			deployment.submit({ command: 'scale', role: 'Web', count: 1 }, 'stdin');
			await world.settled();
			assert.deepEqual(network.shutFronts, ['Web/Shell_IN_1']);
			assert.deepEqual([...network.opened.keys()], ['Web/Shell_IN_0']);
		});
	});

	suite('ports that nobody declared', () => {
		const listening = async (...places: readonly string[]) => {
			const run = await started(1, http());
			const { pid } = run.world.process('Web_IN_0');
			const listeners = places.map(place => {
				const [, address = '', port] = /^(.+):(\d+)$/.exec(place) ?? [];
				return { address, port: Number(port) };
			});
			run.network.listening.set(pid, listeners);
			run.news();
			await run.world.pass(300_000);
			return run.news('note');
		};

		test('are told once', async () => {
			assert.deepEqual(await listening('0.0.0.0:9999', '0.0.0.0:20000'), [
				'Web_IN_0: note: The instance listens at 0.0.0.0:9999, which no endpoint declares: on Azure nobody outside of the instance reaches it. Declare an endpoint for it, and listen where the role environment says that endpoint is.',
			]);
		});

		test('the port of an endpoint at another address is told too', async () => {
			assert.deepEqual(await listening('::1:20000'), [
				"Web_IN_0: note: The instance listens at [::1]:20000, but its endpoint 'Http' is at 127.0.0.1:20000, and connections are sent there: listen at the address of the endpoint, or at every address.",
			]);
		});

		test('nothing is said where all is well', async () => {
			assert.deepEqual(await listening('127.0.0.1:20000', ':::20000'), []);
		});
	});

	suite('the sites of a web role', () => {
		const sites: readonly SitePlan[] = [
			{
				name: 'Web',
				bindings: [{ endpoint: 'Http' }],
				applications: [
					{ path: '/', folder: '', serves: { kind: 'static' }, directories: [{ path: '/files', folder: '#0/files' }] },
					{ path: '/shop', folder: 'shop', serves: { kind: 'php' }, directories: [] },
				],
			},
		];
		const served = (behaviour: Parameters<typeof startService>[1] = {}) =>
			startService([{ ...web(1, http()), kind: 'WebRole', sites, siteFolders: ['/outside'] }], behaviour);

		test('start after OnStart, with folders of the instance and the place of their endpoint', async () => {
			const { world, news } = await served();
			const words = news('call', 'process', 'state');
			assert.ok(words.indexOf('Web_IN_0: OnStart end true') < words.indexOf('Web_IN_0: site started'), words.join());
			const [life] = world.siteRuns.map(run => run.life);
			assert.deepEqual(life?.places, { Http: { address: '127.0.0.1', port: 20_000 } });
			assert.deepEqual(
				life?.sites[0]?.applications.flatMap(({ folder, directories }) => [
					folder,
					...directories.map(each => each.folder),
				]),
				['/state/Web_IN_0/approot', '/state/Web_IN_0/sitesroot/0/files', '/state/Web_IN_0/approot/shop'],
			);
		});

		test('their folders outside of the code are copied when it is deployed, and beside approot', async () => {
			const { world } = await served();
			assert.deepEqual(world.diskRequests[0]?.sites, [{ from: '/outside@2', to: '/state/Web_IN_0/sitesroot/0' }]);
		});

		test('end before Stopping where nothing is in flight', async () => {
			const { world, deployment, news } = await served();
			news();
			deployment.submit({ command: 'stop', instance: 'Web_IN_0' }, 'stdin');
			await world.settled();
			assert.deepEqual(news('rotation', 'process', 'call').slice(0, 3), [
				'Web_IN_0: rotation out',
				'Web_IN_0: site ended 0',
				'Web_IN_0: Stopping begin',
			]);
		});

		test('answer what is in flight for a few seconds before OnStop, and all through it', async () => {
			const { world, deployment, news } = await served({ '*': { onStop: 'hangs' } });
			const [run] = world.siteRuns;
			assert.ok(run);
			run.busy = true;
			news();
			deployment.submit({ command: 'stop', instance: 'Web_IN_0' }, 'stdin');
			await world.pass(4_999);
			assert.deepEqual(news('process', 'call'), []);
			await world.pass(60_000);
			assert.deepEqual(news('process', 'call'), [
				'Web_IN_0: Stopping begin',
				'Web_IN_0: Stopping end',
				'Web_IN_0: OnStop begin',
			]);
			world.process('Web_IN_0').stopReturns();
			await world.settled();
			assert.ok(news('process').includes('Web_IN_0: site ended SIGKILL'));
		});

		test('live through nothing that ends the process of the role', async () => {
			const { world, deployment, news } = await served();
			news();
			deployment.submit({ command: 'crash', instance: 'Web_IN_0' }, 'stdin');
			await world.settled();
			assert.deepEqual(news('process'), [
				'Web_IN_0: host ended SIGKILL',
				'Web_IN_0: site ended SIGKILL',
				'Web_IN_0: host started',
				'Web_IN_0: site started',
			]);
		});

		test('hear of a changed setting, and may ask for a recycle', async () => {
			const { world, deployment, news } = await served();
			const [run] = world.siteRuns;
			deployment.submit({ command: 'set', role: 'Web', setting: 'Greeting', value: 'good day' }, 'stdin');
			await world.settled();
			assert.deepEqual(
				run?.changes.map(({ settings }) => settings),
				[{ Greeting: 'good day' }],
			);
			news();
			run?.say({ type: 'requestRecycle' });
			await world.settled();
			const words = news('command', 'call', 'restart');
			assert.equal(words[0], 'Web_IN_0: > recycle Web_IN_0 (role)');
			assert.ok(words.includes('Web_IN_0: Stopping begin'), words.join());
			assert.equal(world.siteRuns.length, 2);
		});

		test('are asked about a change before the entry point is, and one that cancels it restarts the instance', async () => {
			const { world, deployment, news } = await served();
			const [run] = world.siteRuns;
			assert.ok(run);
			let answer = (_: boolean): void => {};
			run.answers.push(
				new Promise(resolve => {
					answer = resolve;
				}),
			);
			news();
			deployment.submit({ command: 'set', role: 'Web', setting: 'Greeting', value: 'good day' }, 'stdin');
			await world.settled();
			assert.deepEqual(news('call'), [], 'the entry point waits for the sites');
			answer(true);
			await world.settled();
			const words = news('call', 'restart', 'process');
			assert.deepEqual(words.slice(0, 3), [
				'Web_IN_0: Changing begin',
				'Web_IN_0: Changing end {"cancel":false}',
				'Web_IN_0: site ended 0',
			]);
			assert.ok(words.includes('Web_IN_0: Stopping begin'), words.join());
			assert.ok(!words.some(word => word.includes('Changed')), words.join());
			assert.deepEqual(world.siteRuns[1]?.life.environment.settings, { Greeting: 'good day' });
		});

		test('a stop that comes while they are asked is not followed by the change', async () => {
			const { world, deployment, news } = await served();
			let answer = (_: boolean): void => {};
			world.siteRuns[0]?.answers.push(
				new Promise(resolve => {
					answer = resolve;
				}),
			);
			deployment.submit({ command: 'set', role: 'Web', setting: 'Greeting', value: 'good day' }, 'stdin');
			await world.settled();
			deployment.submit({ command: 'stop', instance: 'Web_IN_0' }, 'stdin');
			answer(false);
			await world.settled();
			assert.ok(!news('call').some(word => word.includes('Changing')));
		});

		test('take part in the status checks: busy when the entry point is or a site is', async () => {
			const { world, news } = await served();
			const [run] = world.siteRuns;
			await world.pass(15_000);
			assert.equal(run?.checks, 1);
			news();
			run?.say({ type: 'status', status: 'Busy' });
			await world.settled();
			assert.deepEqual(news('state', 'rotation'), ['Web_IN_0: BusyRole', 'Web_IN_0: rotation out']);
			await world.pass(15_000);
			assert.deepEqual(news('state', 'rotation'), [], 'the entry point says Ready, and the site is busy still');
			run?.say({ type: 'status', status: 'Ready' });
			await world.settled();
			assert.deepEqual(news('state', 'rotation'), ['Web_IN_0: ReadyRole', 'Web_IN_0: rotation in']);
		});

		test('the deployment has not ended before they have', async () => {
			const { deployment, news } = await served();
			await deployment.stop();
			const words = news('process', 'endpoint');
			assert.ok(words.indexOf('Web_IN_0: site ended 0') < words.indexOf('Http closed 80 balanced'), words.join());
		});
	});
});
