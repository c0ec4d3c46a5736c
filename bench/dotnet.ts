import { appendFile, cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Deployment } from '../src/lifecycle/deployment/deployment';
import type { JournalEntry } from '../src/lifecycle/journal/journal';
import { findDotnet } from '../src/node/dotnet/program';
import { type HostReserve, hostReserve } from '../src/node/dotnet/reserve';
import { startChannelHost } from '../src/node/hosts/channelHost';
import { hostChannel } from '../src/node/hosts/hostChannel';
import { outputOf } from '../src/node/hosts/programOutput';
import { roleHosts } from '../src/node/hosts/roleHosts';
import { childEnvironment } from '../src/node/processes/childEnvironment';
import { createWorld } from '../src/node/world';
import { build, copyFixture, files, type Life, openWorkshop, says, type Workshop } from '../test/processes/dotnetRole';
import { rolePlan, servicePlan } from '../test/support/fakeService';
import { type Measured, median } from './measure';

/** A C# role: from the order to recycle, and from a saved edit, to OnStart; beside them the bare runtime and a bare build. */
export async function measureDotnet(): Promise<readonly Measured[]> {
	const dotnet = findDotnet();
	if (dotnet === undefined) {
		console.log('The .NET SDK is not installed, so C# roles are not measured.');
		return [];
	}
	const workshop = await openWorkshop();
	try {
		const project = await copyFixture(workshop.folder, 'Net472Role');
		const bare = await bareStart(workshop);
		return [
			{
				what: 'recycle a C# role with a host in reserve: from the order to OnStart',
				milliseconds: await recycle(workshop, 'reserve'),
				bound: 60,
			},
			{
				what: 'recycle a C# role without one: from the order to OnStart',
				milliseconds: await recycle(workshop, 'none'),
				bound: Math.round(bare + 60),
			},
			{ what: 'beside them: a bare start of the same host, to OnStart', milliseconds: bare },
			{
				what: 'beside them: dotnet starts and ends a program that does nothing',
				milliseconds: await medianOf(5, () => timed(() => outputOf(dotnet, [files.host]))),
			},
			{
				what: 'edit a C# role: from the saved file to OnStart, build included',
				milliseconds: await edit(workshop, project),
				bound: 800,
			},
			{
				what: 'beside it: a bare dotnet build of the same edit',
				milliseconds: await bareBuild(dotnet, project),
			},
		];
	} finally {
		await workshop.close();
	}
}

const onStart = says('OnStart begins');

/** Without a fabric: the process, its hello, its life, and the role up to OnStart. */
function bareStart(workshop: Workshop): Promise<number> {
	return medianOf(9, async () => {
		let life: Life | undefined;
		const time = await timed(async () => {
			life = await workshop.start('Net472Role', '');
			await life.until(onStart);
		});
		await life?.until(says('Run begins'));
		await (life && end(life));
		return time;
	});
}

/** In the real world and with the whole of the fabric; where a host waits, it is given the time to be ready. */
async function recycle(workshop: Workshop, kept: 'reserve' | 'none'): Promise<number> {
	const role = await workshop.built('Net472Role');
	const stateFolder = path.join(workshop.folder, `recycles ${kept}`);
	await mkdir(stateFolder);
	const channel = hostChannel();
	const world = createWorld({ distFolder: path.dirname(path.dirname(files.targets)), stateFolder });
	const reserve = kept === 'reserve' ? hostReserve() : noReserve;
	const roles = roleHosts({ channel, distFolder: '', dotnet: files, reserve });
	const entry = { kind: 'assembly', assembly: path.basename(role.assembly) } as const;
	const settings = { Behaviour: '', Color: 'red' };
	const plan = servicePlan([rolePlan({ entry, code: role.folder, settings })], { stateFolder });
	const deployment = new Deployment(plan, { ...world, roles }, { onStopLimit: 60_000, debug: new Set() });
	const first = heard(deployment, 'Run');
	deployment.start();
	await first;
	const time = await medianOf(9, async () => {
		await reserve.filled();
		const started = heard(deployment, 'OnStart');
		const running = heard(deployment, 'Run');
		const taken = await timed(() => {
			deployment.submit({ command: 'recycle', instance: 'Worker_IN_0' }, 'stdin');
			return started;
		});
		await running;
		return taken;
	});
	await deployment.stop();
	await reserve.dispose();
	await world.dispose();
	await channel.close();
	return time;
}

const noReserve: HostReserve = {
	start: (start, life, told) => startChannelHost({ ...start, life }, told),
	filled: async () => {},
	waiting: () => [],
	dispose: async () => {},
};

/** The next begin of this call. */
function heard({ journal }: Deployment, call: 'OnStart' | 'Run'): Promise<void> {
	return new Promise((resolve, reject) => {
		const listening = journal.onEntry((entry: JournalEntry) => {
			if (entry.event === 'error') {
				reject(new Error(entry.text));
			} else if (entry.event === 'call' && entry.call === call && entry.phase === 'begin') {
				listening.dispose();
				resolve();
			}
		});
	});
}

function edit(workshop: Workshop, project: string): Promise<number> {
	const approot = path.join(workshop.folder, 'approot');
	return medianOf(7, async () => {
		await change(project);
		let life: Life | undefined;
		const time = await timed(async () => {
			const built = await build(workshop.folder, project);
			if (built.outcome !== 'built') {
				throw new Error(`The sample was not built: ${JSON.stringify(built)}`);
			}
			await rm(approot, { recursive: true, force: true });
			await cp(path.dirname(built.assembly), approot, { recursive: true });
			const usual = await workshop.lifeOf('Net472Role', '');
			life = await workshop.start('Net472Role', '', { folders: { ...usual.folders, approot } });
			await life.until(onStart);
		});
		await (life && end(life));
		return time;
	});
}

/** As somebody types it in a terminal, after a first one that restores. */
async function bareBuild(dotnet: string, project: string): Promise<number> {
	const args = [
		'build',
		project,
		`-p:CustomAfterMicrosoftCommonTargets=${files.targets}`,
		`-p:RolewrightFacades=${files.facades}/`,
	];
	return medianOf(3, async () => {
		await change(project);
		return timed(() => outputOf(dotnet, args, { env: childEnvironment() }));
	});
}

function change(project: string): Promise<void> {
	return appendFile(path.join(path.dirname(project), 'WorkerRole.cs'), '// edited\n');
}

async function end(life: Life): Promise<void> {
	life.send({ type: 'stop', raiseStopping: true });
	await life.ended();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** After one run that is not counted. */
async function medianOf(runs: number, work: () => Promise<number>): Promise<number> {
	await work();
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		times.push(await work());
	}
	return median(times);
}
