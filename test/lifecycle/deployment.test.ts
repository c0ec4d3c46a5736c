import assert from 'node:assert/strict';
import { endpoint, newService, rolePlan, startService, task } from '../support/fakeService';

const worker = 'Worker_IN_0';

suite('start of a deployment', () => {
	test('the nine steps in their order, startup tasks, OnStart, Ready, Run', async () => {
		const plan = rolePlan({ startupTasks: [task('exit 0'), task('agent', 'background')] });
		const { news } = await startService([plan]);
		assert.deepEqual(news('step', 'state', 'process', 'call', 'rotation'), [
			'Worker_IN_0: CreatingVM',
			...steps(1, 2),
			'Worker_IN_0: StartingVM',
			...steps(3, 6),
			'Worker_IN_0: StartingRole',
			'Worker_IN_0: StartingRole',
			'Worker_IN_0: step 7 begin',
			'Worker_IN_0: task started',
			'Worker_IN_0: task ended 0',
			'Worker_IN_0: step 7 end',
			'Worker_IN_0: step 8 begin',
			'Worker_IN_0: step 8 end',
			'Worker_IN_0: step 9 begin',
			'Worker_IN_0: StartingRole',
			'Worker_IN_0: host started',
			'Worker_IN_0: StartingRole',
			'Worker_IN_0: OnStart begin',
			'Worker_IN_0: BusyRole',
			'Worker_IN_0: OnStart end true',
			'Worker_IN_0: ReadyRole',
			'Worker_IN_0: step 9 end',
			'Worker_IN_0: rotation in',
			'Worker_IN_0: Run begin',
			'Worker_IN_0: task started',
		]);
	});

	test('disks as the table says: all new at first, kept over a recycle, the code afresh after stop and start', async () => {
		const localStorage = [
			{ name: 'Cache', sizeInMB: 1, cleanOnRoleRecycle: true },
			{ name: 'Data', sizeInMB: 1, cleanOnRoleRecycle: false },
		];
		const { deployment, world, news } = await startService([rolePlan({ localStorage })]);
		const disks = () => news('disk').map(words => words.slice(worker.length + 2));
		assert.deepEqual(disks(), [
			'local rebuilt',
			'windows rebuilt',
			'application rebuilt',
			'local Cache emptied',
			'local Data emptied',
		]);
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await world.settled();
		assert.deepEqual(disks(), [
			'local kept',
			'windows kept',
			'application kept',
			'local Cache emptied',
			'local Data kept',
		]);
		deployment.submit({ command: 'stop', instance: worker }, 'stdin');
		deployment.submit({ command: 'start', instance: worker }, 'stdin');
		await world.settled();
		assert.deepEqual(disks(), [
			'local kept',
			'windows kept',
			'application rebuilt',
			'local Cache emptied',
			'local Data kept',
		]);
		assert.equal(world.diskRequests[0]?.localResources[1]?.path, '/state/Worker_IN_0/resources/Data/');
	});

	test('every instance gets a port of its own; the public one leads to those in rotation', async () => {
		const roles = [rolePlan({ name: 'Web', count: 2, endpoints: [endpoint('Http', 'input', 80)] })];
		const { deployment, world, news } = await startService(roles);
		assert.deepEqual(news('endpoint'), [
			'Http open 80 balanced',
			'Web_IN_0: Http open 20000',
			'Web_IN_1: Http open 20001',
		]);
		assert.deepEqual(world.network.routes.get('Web/Http'), [20_000, 20_001]);
		deployment.submit({ command: 'stop', instance: 'Web_IN_0' }, 'stdin');
		assert.deepEqual(world.network.routes.get('Web/Http'), [20_001]);
		await deployment.stop();
		assert.deepEqual(news('endpoint'), [
			'Web_IN_0: Http closed 20000',
			'Web_IN_1: Http closed 20001',
			'Http closed 80 balanced',
		]);
		assert.deepEqual([world.network.closed, world.network.claimed.size], [true, 0]);
	});

	test('every instance of an instance input endpoint has a public port of its own', async () => {
		const roles = [rolePlan({ count: 2, endpoints: [endpoint('Shell', 'instanceInput', 9000)] })];
		const { world } = await startService(roles);
		assert.deepEqual(
			[...world.network.opened.values()].map(place => place.port),
			[9000, 9001],
		);
		assert.deepEqual(
			[...world.network.routes],
			[
				['Worker/Shell_IN_0', [20_000]],
				['Worker/Shell_IN_1', [20_001]],
			],
		);
		const view = world.process('Worker_IN_1').life.environment.roles[0]?.instances[0]?.endpoints[0];
		assert.deepEqual(view, { name: 'Shell', protocol: 'http', address: '127.0.0.1', port: 20_001, publicPort: 9001 });
	});

	test('a public port that somebody else has is replaced, and that is said', async () => {
		const { world, deployment, news } = newService([rolePlan({ endpoints: [endpoint('Http', 'input', 80)] })]);
		world.network.taken.add(80);
		deployment.start();
		await world.settled();
		assert.deepEqual(news('endpoint', 'note'), [
			'Http open 81 balanced',
			"note: Port 80 of endpoint 'Http' is taken; the endpoint is at 127.0.0.1:81 instead.",
			'Worker_IN_0: Http open 20000',
		]);
	});

	test('a port that cannot be had keeps no other from being opened, and everything starts', async () => {
		const endpoints = [endpoint('Http', 'input', 80), endpoint('Inner', 'internal')];
		const { world, deployment, news } = newService([
			rolePlan({ count: 2, endpoints }),
			rolePlan({ name: 'Web', endpoints }),
		]);
		world.network.refused.add('Worker/Http').add('Worker_IN_0/Http');
		deployment.start();
		await world.settled();
		assert.deepEqual(news('endpoint', 'error'), [
			'error: No port can be had for Worker/Http.',
			'Http open 80 balanced',
			'Worker_IN_0: error: No port can be had for Worker_IN_0/Http.',
			'Worker_IN_0: Inner open 20000',
			'Worker_IN_1: Http open 20001',
			'Worker_IN_1: Inner open 20002',
			'Web_IN_0: Http open 20003',
			'Web_IN_0: Inner open 20004',
		]);
		assert.deepEqual(
			deployment.snapshot.instances.map(each => each.state),
			['ReadyRole', 'ReadyRole', 'ReadyRole'],
		);
	});

	test('disks that cannot be prepared are told and tried again', async () => {
		const run = await startService([rolePlan()]);
		run.world.diskFailures.push('The folder /built/Worker does not exist; build the role first.');
		run.news();
		run.deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await run.world.settled();
		assert.deepEqual(run.news('error', 'restart'), [
			'Worker_IN_0: restart after 0 ms: command',
			'Worker_IN_0: error: The folder /built/Worker does not exist; build the role first.',
			'Worker_IN_0: restart after 0 ms: the disks could not be prepared',
		]);
		assert.equal(run.deployment.snapshot.instances[0]?.state, 'ReadyRole');
	});
});

suite('startup tasks', () => {
	test('a simple task holds up the next step, background and foreground do not', async () => {
		const startupTasks = [task('agent', 'background'), task('install'), task('watcher', 'foreground')];
		const { world, deployment } = await startService([rolePlan({ startupTasks })]);
		const running = () => world.aliveTasks.map(each => each.task.commandLine);
		assert.deepEqual(running(), ['agent', 'install']);
		await world.pass(50 * 3_600_000);
		assert.deepEqual([world.processes.length, deployment.snapshot.instances[0]?.state], [0, 'StartingRole']);
		world.task('install').exit(0);
		await world.settled();
		assert.deepEqual(running(), ['agent', 'watcher']);
		assert.equal(deployment.snapshot.instances[0]?.state, 'ReadyRole');
	});

	test('they run again on every recycle, the old background task is ended before', async () => {
		const startupTasks = [task('exit 0'), task('agent', 'background')];
		const { world, deployment } = await startService([rolePlan({ startupTasks })]);
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await world.settled();
		assert.deepEqual(
			world.taskProcesses.map(each => `${each.task.commandLine} ${each.alive}`),
			['exit 0 false', 'agent false', 'exit 0 false', 'agent true'],
		);
		await deployment.stop();
		assert.deepEqual(world.aliveTasks, []);
	});

	test('what an ended task has left running ends with the life, not before', async () => {
		const { world, deployment } = await startService([rolePlan({ startupTasks: [task('exit 0')] })]);
		const kills = () => world.taskProcesses.map(each => each.kills);
		assert.deepEqual(kills(), [0]);
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await world.settled();
		assert.deepEqual(kills(), [1, 0]);
		await deployment.stop();
		assert.deepEqual(kills(), [1, 1]);
	});

	test('a foreground task keeps the role from recycling and stopping until it ends, and that is said', async () => {
		const { world, deployment, news } = await startService([
			rolePlan({ startupTasks: [task('watcher', 'foreground')] }),
		]);
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await world.pass(3_600_000);
		assert.deepEqual([world.aliveProcesses.length, deployment.snapshot.instances[0]?.state], [0, 'StoppingRole']);
		assert.deepEqual(news('note'), [
			"Worker_IN_0: note: Startup task 1 ('watcher') is a foreground task: the role cannot recycle or stop until it ends.",
		]);
		world.task('watcher').exit(0);
		await world.settled();
		assert.equal(deployment.snapshot.instances[0]?.state, 'ReadyRole');
	});

	test('a simple task that ends otherwise than with 0 or cannot be started keeps the role from starting', async () => {
		for (const commandLine of ['exit 3', 'missing']) {
			const { world, deployment, news } = await startService([rolePlan({ startupTasks: [task(commandLine)] })]);
			assert.equal(world.processes.length, 0);
			const why =
				commandLine === 'missing'
					? "The program 'missing' was not found in the role's folder or on the path"
					: "'exit 3' ended with exit code 3; a simple startup task must end with 0";
			assert.ok(news('error').includes(`Worker_IN_0: error: Startup task 1 failed: ${why}.`));
			await deployment.stop();
		}
	});

	test('a task runs in the folder of the role, with its variables and those of the instance', async () => {
		const startupTasks = [
			{
				...task('exit 0'),
				variables: [
					{ name: 'GREETING', source: { value: 'hi' } },
					{ name: 'ID', source: { xpath: '/RoleEnvironment/CurrentInstance/@id' } },
					{ name: 'WRONG', source: { xpath: '/Nothing/@here' } },
				],
			},
		];
		const { world, news } = await startService([rolePlan({ kind: 'WebRole', workingFolder: 'bin', startupTasks })]);
		const life = world.task('exit 0').task;
		assert.equal(life.folder, '/state/Worker_IN_0/approot/bin');
		assert.deepEqual(life.variables, {
			RoleRoot: '/state/Worker_IN_0',
			RoleName: 'Worker',
			RoleInstanceID: worker,
			RoleDeploymentID: 'd1',
			RdRoleId: `d1.${worker}`,
			RdRoleRoot: '/state/Worker_IN_0/',
			RdRoleResourcesRootPath: '/state/Worker_IN_0/resources/',
			RdRoleLogRootPath: '/state/Worker_IN_0/logs/',
			GREETING: 'hi',
			ID: worker,
			WRONG: '',
		});
		assert.deepEqual(news('note'), [
			"Worker_IN_0: note: The environment variable 'WRONG' is empty: its xpath names nothing in the role environment.",
		]);
	});
});

suite('the limit of OnStop', () => {
	const hangs = { '*': { onStop: 'hangs' } } as const;

	for (const [onStopLimit, words] of [
		[300_000, '5 min'],
		[30_000, '30 s'],
	] as const) {
		test(`after ${words} the process is ended, and the message names OnStop`, async () => {
			const { world, deployment, news } = await startService([rolePlan()], hangs, { onStopLimit });
			deployment.submit({ command: 'stop', instance: worker }, 'stdin');
			await world.pass(onStopLimit - 1);
			assert.equal(world.aliveProcesses.length, 1);
			await world.pass(1);
			assert.equal(world.aliveProcesses.length, 0);
			assert.deepEqual(news('error'), [
				`Worker_IN_0: error: OnStop had not returned after ${words}, the limit for Stopping and OnStop: the process is ended.`,
			]);
			assert.equal(deployment.snapshot.instances[0]?.state, 'StoppedVM');
		});
	}

	test('it is suspended while a debugger is attached and begins anew when it goes', async () => {
		const { world, deployment } = await startService([rolePlan()], hangs);
		world.process(worker).attach(true);
		deployment.submit({ command: 'stop', instance: worker }, 'stdin');
		await world.pass(3_600_000);
		assert.equal(world.aliveProcesses.length, 1);
		world.process(worker).attach(false);
		await world.pass(299_999);
		assert.equal(world.aliveProcesses.length, 1);
		world.process(worker).attach(true);
		await world.pass(3_600_000);
		assert.equal(world.aliveProcesses.length, 1);
		world.process(worker).attach(false);
		await world.pass(300_000);
		assert.equal(world.aliveProcesses.length, 0);
	});

	test('OnStart has no limit; a stop waits for it to return, and no longer than OnStop may take', async () => {
		const { world, deployment, news } = await startService([rolePlan()], { '*': { onStart: 'hangs' } });
		await world.pass(50 * 3_600_000);
		assert.equal(deployment.snapshot.instances[0]?.state, 'BusyRole');
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		news();
		world.process(worker).started();
		await world.settled();
		assert.deepEqual(news('call').slice(0, 4), [
			'Worker_IN_0: OnStart end true',
			'Worker_IN_0: Stopping begin',
			'Worker_IN_0: Stopping end',
			'Worker_IN_0: OnStop begin',
		]);
		deployment.submit({ command: 'stop', instance: worker }, 'stdin');
		await world.pass(300_000);
		assert.deepEqual([world.aliveProcesses.length, deployment.snapshot.instances[0]?.state], [0, 'StoppedVM']);
	});
});

suite('the recycle loop', () => {
	test('at once, then 1, 2, 5, 15, 30 and 30 s; CyclingRole when it goes on; named as ours', async () => {
		const { world, deployment, news } = await startService([rolePlan()], { '*': { onStart: 'false' } });
		await world.pass(100_000);
		const delays = deployment.journal.entries.flatMap(entry => (entry.event === 'restart' ? [entry.delay] : []));
		assert.deepEqual(delays, [0, 1_000, 2_000, 5_000, 15_000, 30_000, 30_000, 30_000]);
		const states = deployment.journal.entries.flatMap(entry =>
			entry.event === 'state' && entry.text.startsWith('Recycling') ? [entry.state] : [],
		);
		assert.deepEqual(states, [
			'RestartingRole',
			'RestartingRole',
			'RestartingRole',
			...Array.from({ length: 5 }, () => 'CyclingRole'),
		]);
		assert.match(deployment.snapshot.instances[0]?.text ?? '', /starts again in 30 s \(a delay of Rolewright's own\)/);
		news();
		deployment.submit({ command: 'recycle', instance: worker }, 'stdin');
		await world.settled();
		assert.ok(news('process').includes('Worker_IN_0: host started'), 'a person need not wait for the delay');
	});

	test('a life that was Ready for long enough makes the failures before it forgotten', async () => {
		const { world, deployment } = await startService();
		const crashAfter = async (milliseconds: number) => {
			await world.pass(milliseconds);
			world.process(worker).exit(1);
			await world.settled();
			return deployment.journal.entries.flatMap(entry => (entry.event === 'restart' ? [entry.delay] : [])).at(-1);
		};
		assert.deepEqual([await crashAfter(10), await crashAfter(10)], [0, 1_000]);
		await world.pass(1_000);
		assert.deepEqual([await crashAfter(60_000), await crashAfter(10)], [0, 1_000]);
	});

	test('the restart tells the chain, with the place in the code and the entries it speaks of', async () => {
		const { deployment } = await startService([rolePlan()], { '*#1': { run: 'throws' } });
		const { entries } = deployment.journal;
		const restart = entries.find(entry => entry.event === 'restart');
		assert.deepEqual(restart?.event === 'restart' && restart.cause, [
			{
				what: 'unhandled exception in Run',
				detail: 'System.InvalidOperationException: boom',
				file: 'WorkerRole.cs',
				line: 12,
				n: entries.find(entry => entry.event === 'call' && entry.call === 'Run' && entry.phase === 'end')?.n,
			},
			{
				what: 'the host process ended',
				detail: 'exit code 4',
				n: entries.find(entry => entry.event === 'process' && entry.phase === 'ended')?.n,
			},
		]);
	});
});

suite('status checks', () => {
	test('every 15 s; Busy takes it out of rotation until a check says otherwise', async () => {
		const { world, news } = await startService([rolePlan()], { '*': { status: 'Busy' } });
		news();
		await world.pass(14_999);
		assert.deepEqual(news(), []);
		await world.pass(1);
		assert.deepEqual(news(), [
			'Worker_IN_0: StatusCheck begin',
			'Worker_IN_0: StatusCheck end "Busy"',
			'Worker_IN_0: BusyRole',
			'Worker_IN_0: rotation out',
		]);
		await world.pass(60_000);
		assert.deepEqual(news(), []);
		world.process(worker).say({ type: 'status', status: 'Ready' });
		assert.deepEqual(news('state', 'rotation'), ['Worker_IN_0: ReadyRole', 'Worker_IN_0: rotation in']);
	});

	test('no answer is taken as busy and left alone; under a debugger it means nothing', async () => {
		const { world, news, deployment } = await startService([rolePlan()], { '*': { status: 'none' } });
		world.process(worker).attach(true);
		await world.pass(3_600_000);
		assert.equal(deployment.snapshot.instances[0]?.state, 'ReadyRole');
		world.process(worker).attach(false);
		news();
		await world.pass(3_600_000);
		assert.deepEqual(news(), ['Worker_IN_0: BusyRole', 'Worker_IN_0: rotation out']);
		assert.equal(world.processes.length, 1);
	});
});

suite('debuggers', () => {
	test('a life waits, goes on when attached or given up, and so does the next life', async () => {
		const { world, deployment, news } = await startService([rolePlan()], {}, { debug: new Set([worker]) });
		await world.pass(3_600_000);
		assert.deepEqual(news('debugger', 'call'), ['Worker_IN_0: debugger waiting']);
		assert.equal(deployment.snapshot.instances[0]?.debugger, 'waiting');
		world.process(worker).attach(true);
		assert.deepEqual(news('debugger', 'call').slice(0, 2), [
			'Worker_IN_0: debugger attached',
			'Worker_IN_0: OnStart begin',
		]);
		deployment.submit({ command: 'recycle', instance: worker }, 'editor');
		await world.settled();
		assert.equal(deployment.snapshot.instances[0]?.debugger, 'waiting');
		deployment.goOn(worker);
		assert.deepEqual([deployment.snapshot.instances[0]?.state, world.processes.length], ['ReadyRole', 2]);
		deployment.setDebug(worker, false);
		deployment.submit({ command: 'recycle', instance: worker }, 'editor');
		await world.settled();
		assert.equal(deployment.snapshot.instances[0]?.debugger, 'none');
	});

	test('a program that waits is not Ready before the debugger is there', async () => {
		const entry = { kind: 'program', commandLine: 'node worker.js', readyOnStart: true } as const;
		const { world, deployment } = await startService(
			[rolePlan({ entry })],
			{ '*': { program: true } },
			{ debug: new Set([worker]) },
		);
		assert.equal(deployment.snapshot.instances[0]?.state, 'StartingRole');
		world.process(worker).attach(true);
		assert.equal(deployment.snapshot.instances[0]?.state, 'ReadyRole');
	});
});

suite('stop of a deployment', () => {
	test('suspend and resume stop and start every instance', async () => {
		const { world, deployment } = await startService([rolePlan({ count: 2 })]);
		deployment.submit({ command: 'suspend' }, 'stdin');
		await world.settled();
		assert.deepEqual([deployment.snapshot.status, world.aliveProcesses.length], ['Suspended', 0]);
		deployment.submit({ command: 'resume' }, 'stdin');
		await world.settled();
		assert.deepEqual([deployment.snapshot.status, world.aliveProcesses.length], ['Running', 2]);
	});

	test('stop is orderly and resolves when every process has ended; a second one ends them at once', async () => {
		const { world, deployment } = await startService([rolePlan({ startupTasks: [task('watcher', 'foreground')] })], {
			'*': { onStop: 'hangs' },
		});
		let ended = false;
		const stopped = deployment.stop().then(() => {
			ended = true;
		});
		await world.pass(60_000);
		assert.deepEqual([ended, deployment.snapshot.status], [false, 'Deleting']);
		void deployment.stop();
		await stopped;
		assert.deepEqual([world.aliveProcesses, world.aliveTasks, world.clock.pending], [[], [], 0]);
		assert.equal(deployment.snapshot.status, 'Stopped');
	});

	test('a stop before the first start, and while the ports are claimed, leaves nothing', async () => {
		const early = newService([rolePlan()]);
		await early.deployment.stop();
		assert.equal(early.deployment.snapshot.status, 'Stopped');
		const during = newService([rolePlan({ endpoints: [endpoint('Http', 'input', 80)] })]);
		during.deployment.start();
		await during.deployment.stop();
		await during.world.settled();
		assert.deepEqual([during.world.processes.length, during.world.network.claimed.size], [0, 0]);
		assert.ok(during.world.network.closed);
	});

	test('late words of a stopping role change nothing', async () => {
		const { world, deployment, news } = await startService([rolePlan()], { '*': { onStop: 'hangs' } });
		deployment.submit({ command: 'stop', instance: worker }, 'stdin');
		const role = world.process(worker);
		news();
		role.say({ type: 'requestRecycle' });
		role.say({ type: 'status', status: 'Busy' });
		role.end('Run');
		role.stopReturns();
		role.say({ type: 'output', stream: 'stdout', text: 'after the end' });
		await world.settled();
		assert.deepEqual(news('process', 'state', 'restart', 'output'), [
			'Worker_IN_0: host ended 0',
			'Worker_IN_0: StoppedVM',
		]);
	});
});

suite('commands', () => {
	test('what cannot be done is answered with a sentence and changes nothing', async () => {
		const { world, deployment, news } = await startService();
		news();
		deployment.submit({ command: 'start', instance: worker }, 'stdin');
		deployment.submit({ command: 'recycle', instance: 'Worker_IN_7' }, 'stdin');
		deployment.submit({ command: 'set', role: 'Web', setting: 'A', value: 'b' }, 'stdin');
		deployment.submit({ command: 'set', role: 'Worker', setting: 'Greetings', value: 'b' }, 'stdin');
		deployment.submit({ command: 'resume' }, 'stdin');
		await world.settled();
		assert.deepEqual(news('error'), [
			'Worker_IN_0: error: Worker_IN_0 is running already.',
			"error: There is no instance 'Worker_IN_7'; the instances are Worker_IN_0.",
			"error: There is no role 'Web'; the roles are Worker.",
			"error: Role 'Worker' has no setting 'Greetings'; its settings are Greeting. Declare it in the definition first.",
			'error: The deployment is not suspended; nothing is to resume.',
		]);
		assert.equal(world.processes.length, 1);
	});

	test('what may be asked of an instance now is in the snapshot', async () => {
		const { world, deployment } = await startService();
		const can = () => deployment.snapshot.instances[0]?.can;
		assert.deepEqual(can(), { start: false, stop: true, recycle: true });
		deployment.submit({ command: 'stop', instance: worker }, 'editor');
		await world.settled();
		assert.deepEqual(can(), { start: true, stop: false, recycle: false });
	});

	test('status tells every instance with its process and its endpoints', async () => {
		const { deployment } = await startService([rolePlan({ endpoints: [endpoint('Inner', 'internal')] })]);
		deployment.submit({ command: 'status' }, 'stdin');
		const entry = deployment.journal.entries.at(-1);
		assert.deepEqual(entry?.event === 'status' && [entry.deployment, entry.instances], [
			'Running',
			[
				{
					instance: worker,
					state: 'ReadyRole',
					text: 'Ready',
					life: 1,
					pid: 100,
					endpoints: [{ endpoint: 'Inner', protocol: 'http', address: '127.0.0.1', port: 20_000 }],
				},
			],
		]);
	});
});

function steps(from: number, to: number): readonly string[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap(step => [
		`Worker_IN_0: step ${step} begin`,
		`Worker_IN_0: step ${step} end`,
	]);
}
